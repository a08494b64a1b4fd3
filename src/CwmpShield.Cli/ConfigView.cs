using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using CwmpShield.Gateway.Configuration;
using Microsoft.Extensions.Configuration;

namespace CwmpShield.Cli;

/// <summary>The configuration in effect as JSON, without secrets.</summary>
internal static class ConfigView
{
    /// <summary>How it is written.</summary>
    public static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    /// <summary>The view of <paramref name="configuration"/>, which has no errors.</summary>
    public static JsonObject Of(GatewayConfiguration configuration)
    {
        var view = new JsonObject { ["CwmpShield"] = JsonSerializer.SerializeToNode(configuration.Options, Json) };
        foreach (var name in (string[])["ReverseProxy", "Logging"])
        {
            var section = configuration.Source.GetSection(name);
            if (section.Exists())
            {
                view[name] = Section(section);
            }
        }

        Mask("", view);
        return view;
    }

    private static JsonNode? Section(IConfigurationSection section)
    {
        var children = section.GetChildren().ToList();
        return children.Count == 0
            ? section.Value
            : new JsonObject(children.Select(child => KeyValuePair.Create(child.Key, Section(child))));
    }

    private static void Mask(string key, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject section:
                foreach (var (name, value) in section.ToList())
                {
                    Mask(name, value);
                }

                break;
            case JsonArray list:
                foreach (var value in list.ToList())
                {
                    Mask(key, value);
                }

                break;
            case JsonValue value when SecretKeys.IsSecret(key) && value.ToString().Length > 0:
                value.ReplaceWith(SecretKeys.Mask);
                break;
        }
    }
}
