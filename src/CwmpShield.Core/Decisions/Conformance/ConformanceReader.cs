using System.Globalization;
using System.Net;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Identity;
using CwmpShield.Core.Identity.Impersonation;
using CwmpShield.Core.Identity.Rotation;
using CwmpShield.Core.Rules;
using CwmpShield.Core.Rules.Conditions;
using CwmpShield.Core.Rules.Loading;
using CwmpShield.Core.Rules.Yaml;

namespace CwmpShield.Core.Decisions.Conformance;

/// <summary>Reads conformance files.</summary>
public static class ConformanceReader
{
    private static readonly string[] Verdicts = ["deny", "hold", "quarantine", "neutralise", "observe", "forward"];
    private static readonly DateTimeOffset DefaultInstant = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Every case of the file, or of the files of the directory but site.yaml, and everything that is wrong with them.</summary>
    public static (IReadOnlyList<ConformanceCase> Cases, IReadOnlyList<RuleDiagnostic> Problems) Read(string path)
    {
        var bag = new DiagnosticBag();
        List<ConformanceCase> cases = [];
        var files = Directory.Exists(path)
            ? Directory.EnumerateFiles(path, "*.yaml").Where(f => Path.GetFileName(f) is not ("site.yaml" or ['.', ..])).Order(StringComparer.Ordinal)
            : Enumerable.Repeat(path, 1);
        foreach (var file in files)
        {
            if (RuleFiles.ReadOne(file, Path.GetFileName(file), RuleFileKind.Pack, bag) is { } read && YamlReader.Read(read.Name, read.Text, bag) is { } root)
            {
                cases.AddRange(ReadFile(root, bag, new CaseArtefacts(Path.GetDirectoryName(Path.GetFullPath(file))!, bag)));
            }
        }

        return (cases, bag.Items);
    }

    private static IEnumerable<ConformanceCase> ReadFile(YamlNode root, DiagnosticBag bag, CaseArtefacts artefacts)
    {
        if (MapReader.Over(root, bag, "a conformance file") is not { } map)
        {
            return [];
        }

        var rule = map.RequireText("rule", "a conformance file");
        var items = map.Require("cases", "a conformance file") is YamlList list ? list.Items : [];
        var model = CaseModel.Read(map.Take("model"), bag);
        var trust = artefacts.Read(map.Take("artefacts"));
        map.Done();
        return [.. items.Select(i => ReadCase(i, rule, bag, artefacts, trust)).OfType<ConformanceCase>().Select(c => c with { Model = model })];
    }

    private static ConformanceCase? ReadCase(YamlNode node, string rule, DiagnosticBag bag, CaseArtefacts artefacts, Firmware.ArtefactTrust? ofFile)
    {
        if (MapReader.Over(node, bag, "a case") is not { } map)
        {
            return null;
        }

        var name = map.RequireText("name", "a case");
        var expected = map.Require("expect", "a case") is null ? null : map.Word("expect", Verdicts);
        var traits = ReadTraits(map, null);
        IReadOnlyList<YamlNode> session = map.Take("session") is YamlList list ? list.Items : [];
        var result = new ConformanceCase
        {
            File = node.File,
            Line = node.Line,
            Rule = rule,
            Name = name,
            Expect = Parse(expected),
            Rules = map.Has("rules") ? [.. map.Texts("rules").Select(t => t.Value)] : null,
            NotRules = map.Has("not-rules") ? [.. map.Texts("not-rules").Select(t => t.Value)] : null,
            Reasons = [.. map.Texts("reasons").Select(t => t.Value)],
            At = ReadInstant(map),
            Artefacts = map.Take("artefacts") is { } own ? artefacts.Read(own) : ofFile,
            Source = map.Text("source") is { } source && IPAddress.TryParse(source, out var address) ? address : null,
            Session = [.. session.Select(s => ReadStep(s, traits, bag)).OfType<CaseMessage>()],
            Message = ReadMessage(map, traits),
        };
        map.Done();
        return result;
    }

    private static Verdict Parse(string? word) => Enum.TryParse<Verdict>(word, ignoreCase: true, out var verdict) ? verdict : Verdict.Deny;

    private static CaseMessage? ReadMessage(MapReader map, DeviceTraits traits) =>
        CaseBody.Read(map, "1", traits.Device ?? new DeviceId("001122", "HGW", "")) is { } raw
            ? new CaseMessage { Raw = raw, Traits = traits, DeviceIsNew = map.Flag("first-seen") ?? false, Signals = ReadSignals(map), Credentials = ReadFlaws(map) }
            : null;

    private static CredentialFlaw ReadFlaws(MapReader map) =>
        map.Take("credential") is { } node ? CredentialCondition.Read(node, map.Bag) : CredentialFlaw.None;

    private static Signal ReadSignals(MapReader map) => map.Take("signals") is { } node ? SignalCondition.Read(node, map.Bag) : Signal.None;

    private static CaseMessage? ReadStep(YamlNode node, DeviceTraits session, DiagnosticBag bag)
    {
        if (MapReader.Over(node, bag, "a step") is not { } map)
        {
            return null;
        }

        var message = ReadMessage(map, ReadTraits(map, session));
        var order = map.Text("order");
        var answered = map.Take("answered");
        IEnumerable<(string, string)> values = answered is YamlMap ? CaseParameters.Pairs(map, "answered").Select(p => (p.Key, p.Value)) : [];
        RawMessage? answer = order is not null && answered is YamlMap or YamlText { Value: "ok" } ? CaseBody.Answer(order!, values) : null;
        var times = (int)(map.Number("times", 1, 100_000) ?? 1);
        map.Done();
        return message is null ? null : message with { Answer = answer, Times = times };
    }

    private static DeviceTraits ReadTraits(MapReader map, DeviceTraits? otherwise)
    {
        var strength = IdentityStrength.UniqueCertificate;
        if (map.Text("strength") is { } word && !StrengthName.TryParse(word, out strength))
        {
            map.Bag.Add(map.Take("strength")!, DiagnosticCode.UnknownWord, "no such strength", $"one of: {string.Join(", ", StrengthName.All)}");
        }

        if (map.Take("device") is not { } node || MapReader.Over(node, map.Bag, "\"device\"") is not { } device)
        {
            return otherwise ?? new DeviceTraits { Strength = strength, Status = DeviceStatus.Active };
        }

        var traits = new DeviceTraits
        {
            Device = new DeviceId(device.Text("oui") ?? "001122", device.Text("product-class") ?? "HGW", device.Text("serial") ?? "1"),
            Groups = [.. device.Texts("group").Select(t => t.Value)],
            SoftwareVersion = device.Text("software-version") ?? "",
            HighestSoftwareVersion = device.Text("highest-software-version") ?? "",
            HardwareVersion = device.Text("hardware-version") ?? "",
            Strength = strength,
            Status = StatusName.Read(device.Word("status", [.. StatusName.All]) ?? StatusName.Of(DeviceStatus.Active)),
        };
        device.Done();
        return traits;
    }

    private static DateTimeOffset ReadInstant(MapReader map)
    {
        if (map.Text("at") is not { } text)
        {
            return DefaultInstant;
        }

        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant))
        {
            return instant;
        }

        map.Bag.Add(map.Take("at")!, DiagnosticCode.BadTime, "\"at\" must be an instant such as 2026-11-22T12:00:00Z");
        return DefaultInstant;
    }
}
