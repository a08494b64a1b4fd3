using System.Text.Json;
using System.Text.Json.Nodes;
using CwmpShield.Core.Identity.Impersonation;
using CwmpShield.Core.Identity.Rotation;
using CwmpShield.Core.Rules.Loading;

namespace CwmpShield.Core.Rules;

/// <summary>JSON Schema (2020-12) of rule files, for editors. Made from the words that the loader knows; the loader stays the authority.</summary>
public static class RuleSchema
{
    private const string Kebab = "^[a-z0-9]+(-[a-z0-9]+)*$";
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>The schema.</summary>
    public static string Text()
    {
        var definitions = new JsonObject
        {
            ["scalar"] = Types("string", "number", "boolean", "null"),
            ["texts"] = AnyOf(Ref("scalar"), new JsonObject { ["type"] = "array", ["items"] = Ref("scalar") }),
            ["flag"] = Types("boolean"),
            ["number"] = Types("integer"),
            ["name"] = new JsonObject { ["type"] = "string", ["pattern"] = Kebab, ["maxLength"] = 64 },
            ["list"] = AnyOf(Ref("texts"), Types("null"), Map(new() { ["file"] = Ref("scalar") }, "file")),
            ["device"] = Map(Keys("texts", "oui", "product-class", "serial", "not-serial", "group", "not-group", "status", "software-version")),
            ["test"] = Map(Predicates()),
            ["where"] = Where(),
            ["rule"] = Rule(),
            ["exception"] = Exception(),
            ["class"] = Map(new() { ["title"] = Ref("scalar"), ["paths"] = Ref("texts"), ["vendor"] = Ref("texts"), ["except"] = Ref("texts"), ["includes"] = Ref("texts") }),
        };
        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "CwmpShield rule file",
            ["type"] = "object",
            ["required"] = new JsonArray("cwmpshield"),
            ["additionalProperties"] = false,
            ["properties"] = new JsonObject
            {
                ["cwmpshield"] = new JsonObject { ["const"] = 1 },
                ["version"] = Ref("scalar"),
                ["mode"] = Enumeration("enforce", "observe"),
                ["defaults"] = Map(new() { ["unknown-rpc"] = Enumeration("deny", "observe", "forward") }),
                ["lists"] = MapOf("list"),
                ["site"] = MapOf("list"),
                ["classes"] = MapOf("class"),
                ["rules"] = ArrayOf("rule"),
                ["exceptions"] = ArrayOf("exception"),
            },
            ["$defs"] = definitions,
        };
        return schema.ToJsonString(Indented);
    }

    private static JsonObject Rule() => Map(
        new()
        {
            ["id"] = Ref("name"),
            ["title"] = Ref("scalar"),
            ["severity"] = Enumeration("info", "low", "medium", "high", "critical"),
            ["maturity"] = Enumeration("sandbox", "incubating", "stable"),
            ["why"] = Ref("scalar"),
            ["references"] = Ref("texts"),
            ["tags"] = Ref("texts"),
            ["on"] = AnyOf(Enumeration([.. MessageSelector.AllWords]), new JsonObject { ["type"] = "array", ["items"] = Enumeration([.. MessageSelector.AllWords]) }),
            ["where"] = Ref("where"),
            ["then"] = Enumeration("deny", "quarantine", "hold", "neutralise", "observe"),
            ["neutralise"] = Enumeration("characters", "empty"),
            ["fault"] = Ref("number"),
        },
        "id", "title", "severity", "on", "then");

    private static JsonObject Exception() => Map(
        new()
        {
            ["rule"] = Ref("texts"),
            ["device"] = AnyOf(Ref("device"), Enumeration("any")),
            ["until"] = Ref("scalar"),
            ["ticket"] = Ref("scalar"),
            ["reason"] = Ref("scalar"),
            ["parameter"] = Parameter(),
        },
        "rule", "device", "until", "ticket");

    private static JsonObject Where()
    {
        var conditions = new JsonObject
        {
            ["parameter"] = Parameter(),
            ["value"] = Ref("test"),
            ["sibling"] = Ref("test"),
            ["argument"] = Ref("test"),
            ["command-key"] = Ref("test"),
            ["url"] = Map(Merge(
                Keys("texts", "scheme", "not-scheme", "host", "not-host", "port", "not-port", "in", "not-in"),
                Keys("scalar", "of", "path", "not-path", "query", "not-query"),
                Keys("flag", "userinfo", "present", "unreadable"))),
            ["file-type"] = Ref("texts"),
            ["not-file-type"] = Ref("texts"),
            ["transfer"] = Map(Merge(Keys("texts", "kind"), Keys("flag", "username", "password"))),
            ["artefact"] = Artefact(),
            ["direction"] = Enumeration("acs-to-cpe", "cpe-to-acs"),
            ["rpc"] = Map(Keys("texts", "in", "not-in")),
            ["device"] = Ref("device"),
            ["strength"] = AnyOf(Ref("texts"), Map(Keys("scalar", "below", "at-least"))),
            ["event"] = Ref("texts"),
            ["credential"] = AnyOf(Enumeration([.. CredentialFlawName.All]), new JsonObject { ["type"] = "array", ["items"] = Enumeration([.. CredentialFlawName.All]), ["minItems"] = 1 }),
            ["signal"] = AnyOf(Enumeration([.. SignalName.All]), new JsonObject { ["type"] = "array", ["items"] = Enumeration([.. SignalName.All]), ["minItems"] = 1 }),
            ["source"] = Map(Keys("texts", "within", "not-within")),
            ["time"] = Map(Merge(Keys("scalar", "from", "to", "zone"), Keys("texts", "days"))),
            ["session"] = Map(Merge(Keys("texts", "ordered-before"), Keys("flag", "first-bootstrap", "known-transfer", "read-before"))),
            ["count"] = Map(Merge(Keys("texts", "of"), Keys("number", "more-than")), "more-than"),
            ["rate"] = Map(Merge(Keys("scalar", "per", "within"), Keys("number", "more-than")), "per", "more-than", "within"),
            ["tr064"] = Ref("flag"),
            ["not"] = Ref("where"),
            ["any-of"] = new JsonObject { ["type"] = "array", ["items"] = Ref("where"), ["minItems"] = 1 },
        };
        return Map(conditions);
    }

    private static JsonObject Parameter() => Map(Merge(
        Keys("texts", "class", "path", "not-class", "not-path", "use", "notification"),
        Keys("scalar", "access-list-lacks", "violates"),
        Keys("flag", "ancestors", "unknown", "read-only", "hidden")));

    private static JsonObject Artefact()
    {
        var reason = Enumeration([.. Conditions.ArtefactCondition.ReasonWords]);
        return Map(new()
        {
            ["unsigned"] = Ref("flag"),
            ["of"] = Enumeration("url", "image"),
            ["reason"] = AnyOf(reason, new JsonObject { ["type"] = "array", ["items"] = reason.DeepClone() }),
        });
    }

    private static JsonObject Predicates()
    {
        var predicates = Merge(
            Keys("texts", "in", "not-in", "within", "not-within", "host-in", "host-not-in", "tag"),
            Keys("scalar", "name", "matches", "not-matches"),
            Keys("number", "less-than", "greater-than", "longer-than", "shorter-than"),
            Keys("flag", "is", "absent", "empty", "unreadable", "contains-shell-metacharacters", "contains-control-characters", "contains-markup"));
        predicates["as"] = Enumeration([.. ValueTestCompiler.KindNames]);
        return predicates;
    }

    private static JsonObject Keys(string definition, params ReadOnlySpan<string> keys)
    {
        var properties = new JsonObject();
        foreach (var key in keys)
        {
            properties[key] = Ref(definition);
        }

        return properties;
    }

    private static JsonObject Merge(params ReadOnlySpan<JsonObject> parts)
    {
        var merged = new JsonObject();
        foreach (var part in parts)
        {
            foreach (var (key, value) in part)
            {
                merged[key] = value!.DeepClone();
            }
        }

        return merged;
    }

    private static JsonObject Map(JsonObject properties, params string[] required)
    {
        var map = new JsonObject { ["type"] = "object", ["additionalProperties"] = false, ["properties"] = properties };
        if (required.Length > 0)
        {
            map["required"] = new JsonArray([.. required.Select(r => (JsonNode)r)]);
        }

        return map;
    }

    private static JsonObject MapOf(string definition) => new() { ["type"] = new JsonArray("object", "null"), ["additionalProperties"] = Ref(definition) };

    private static JsonObject ArrayOf(string definition) => new() { ["type"] = new JsonArray("array", "null"), ["items"] = Ref(definition) };

    private static JsonObject Ref(string definition) => new() { ["$ref"] = $"#/$defs/{definition}" };

    private static JsonObject Types(params string[] types) => new() { ["type"] = new JsonArray([.. types.Select(t => (JsonNode)t)]) };

    private static JsonObject Enumeration(params string[] words) => new() { ["enum"] = new JsonArray([.. words.Select(w => (JsonNode)w)]) };

    private static JsonObject AnyOf(params JsonNode[] options) => new() { ["anyOf"] = new JsonArray(options) };
}
