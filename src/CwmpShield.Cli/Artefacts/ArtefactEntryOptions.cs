using System.CommandLine;
using System.Globalization;
using CwmpShield.Core.DataModel.Values;
using CwmpShield.Core.Firmware;

namespace CwmpShield.Cli.Artefacts;

/// <summary>Options that describe an artefact but its hash and size.</summary>
internal sealed class ArtefactEntryOptions
{
    private readonly Option<string?> name = new("--name") { Description = "Name; the file's own without its ending where none is given." };
    private readonly Option<string> version = new("--version") { Description = "Version, exactly as the device will inform it.", Required = true };
    private readonly Option<string[]> types = Many("--file-type", "FileType of orders: 1, 3, \"X 001122 Modem\", deployment-unit.", "1");
    private readonly Option<string> oui = new("--oui") { Description = "OUI of the models.", Required = true };
    private readonly Option<string[]> classes = Many("--product-class", "Product class; every one of the OUI where none is given.");
    private readonly Option<string[]> hardware = Many("--hardware-version", "Hardware version as the device informs it; every one where none is given.");
    private readonly Option<string[]> urls = Many("--url", "URL, or pattern, that serves it; FILE|URL where that is one.");
    private readonly Option<string[]> from = Many("--from", "Versions that it may replace, such as \">=1.0 <1.3\"; every one where none is given.");
    private readonly Option<string[]> targets = Many("--target-file-name", "TargetFileName that orders may give beside none and the file's own.");
    private readonly Option<string> uuid = new("--uuid") { Description = "UUID of a deployment unit.", DefaultValueFactory = _ => "" };
    private readonly Option<string?> notBefore = new("--not-before") { Description = "From when on it may be ordered: 2026-12-01T00:00:00Z." };
    private readonly Option<string?> notAfter = new("--not-after") { Description = "Until when." };
    private readonly Option<string?> ring = new("--ring") { Description = "Name of the ring that it is limited to, with --ring-percent or --ring-group." };
    private readonly Option<int> percent = new("--ring-percent") { Description = "Share of devices in the ring." };
    private readonly Option<string[]> groups = Many("--ring-group", "Group of devices in the ring.");
    private readonly Option<int> successes = new("--ring-successes") { Description = "Successes after which every device may have it; 0 keeps it to the ring." };
    private readonly Option<int> failures = new("--ring-max-failures") { Description = "Share of failures above which the rollout stops, in percent.", DefaultValueFactory = _ => 10 };

    /// <summary>Adds the options to <paramref name="command"/>.</summary>
    public static ArtefactEntryOptions AddTo(Command command)
    {
        var options = new ArtefactEntryOptions();
        foreach (var option in (Option[])[
            options.name, options.version, options.types, options.oui, options.classes, options.hardware, options.urls, options.from, options.targets, options.uuid,
            options.notBefore, options.notAfter, options.ring, options.percent, options.groups, options.successes, options.failures])
        {
            command.Options.Add(option);
        }

        return options;
    }

    /// <summary>The artefact without hash and size; null with what is wrong. What the manifest's reader checks, it checks when the manifest is written.</summary>
    public Artefact? Read(ParseResult result, string source)
    {
        var error = result.InvocationConfiguration.Error;
        var served = Urls(result.GetValue(urls) is { Length: > 0 } given ? given : ArtefactFile.IsUrl(source) ? [source] : [], error);
        var ranges = Ranges(result.GetValue(from)!, error);
        if (served is null || ranges is null)
        {
            return null;
        }

        if (!TryInstant(result.GetValue(notBefore), out var begins) || !TryInstant(result.GetValue(notAfter), out var ends))
        {
            error.WriteLine("--not-before and --not-after take an instant such as 2026-12-01T00:00:00Z");
            return null;
        }

        var kinds = result.GetValue(types)!;
        return new Artefact
        {
            Name = result.GetValue(name) ?? Path.GetFileNameWithoutExtension(source.TrimEnd('/')),
            Version = result.GetValue(version)!,
            FileTypes = [.. kinds],
            Sha256 = "",
            Size = 0,
            Models = [new ArtefactModel(result.GetValue(oui)!.ToUpperInvariant(), [.. result.GetValue(classes)!], [.. result.GetValue(hardware)!])],
            Urls = [.. served],
            From = [.. ranges],
            TargetFileNames = [.. result.GetValue(targets)!],
            Uuid = result.GetValue(uuid)!,
            IsFirmware = Artefact.IsOfFirmware(kinds),
            NotBefore = begins,
            NotAfter = ends,
            Ring = result.GetValue(ring) is { } ringName ? Ring(result, ringName) : null,
        };
    }

    private static List<ArtefactUrl>? Urls(string[] texts, TextWriter error)
    {
        List<ArtefactUrl> served = [];
        foreach (var text in texts)
        {
            if (!ArtefactUrl.TryParse(text, out var url))
            {
                error.WriteLine($"--url {text}: not a URL that every reader takes the same way");
                return null;
            }

            served.Add(url!);
        }

        return served;
    }

    private static List<VersionRange>? Ranges(string[] texts, TextWriter error)
    {
        List<VersionRange> ranges = [];
        foreach (var text in texts)
        {
            if (!VersionRange.TryParse(text, out var range))
            {
                error.WriteLine($"--from {text}: bounds such as \">=1.2 <2.0\", or a version");
                return null;
            }

            ranges.Add(range!);
        }

        return ranges;
    }

    private RolloutRing Ring(ParseResult result, string ringName) => new()
    {
        Name = ringName,
        Percent = result.GetValue(percent),
        Groups = [.. result.GetValue(groups)!],
        Successes = result.GetValue(successes),
        MaxFailurePercent = result.GetValue(failures),
    };

    private static bool TryInstant(string? text, out DateTimeOffset? instant)
    {
        instant = null;
        if (text is null)
        {
            return true;
        }

        var read = DateTimeOffset.TryParseExact(text, "yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at);
        instant = at;
        return read;
    }

    private static Option<string[]> Many(string option, string description, params string[] otherwise) => new(option) { Description = description, DefaultValueFactory = _ => otherwise };
}
