using System.Globalization;
using CwmpShield.Core.Firmware;

namespace CwmpShield.Cli.Artefacts;

/// <summary>An artefact as verbs print it.</summary>
internal sealed record ArtefactView
{
    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>Version.</summary>
    public required string Version { get; init; }

    /// <summary>FileTypes.</summary>
    public required IReadOnlyList<string> FileTypes { get; init; }

    /// <summary>SHA-256.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    /// <summary>Models, one text each.</summary>
    public required IReadOnlyList<string> Models { get; init; }

    /// <summary>URLs and patterns.</summary>
    public required IReadOnlyList<string> Urls { get; init; }

    /// <summary>Versions that it may replace.</summary>
    public required IReadOnlyList<string> From { get; init; }

    /// <summary>Who signed the file itself.</summary>
    public required IReadOnlyList<string> SignedBy { get; init; }

    /// <summary>From when on.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Until when.</summary>
    public DateTimeOffset? NotAfter { get; init; }

    /// <summary>Ring, in words.</summary>
    public string? Ring { get; init; }

    /// <summary>Why it is withdrawn.</summary>
    public string? Withdrawn { get; init; }

    /// <summary>The view of an artefact.</summary>
    public static ArtefactView Of(Artefact artefact, string? withdrawn = null) => new()
    {
        Name = artefact.Name,
        Version = artefact.Version,
        FileTypes = artefact.FileTypes,
        Sha256 = artefact.Sha256,
        Size = artefact.Size,
        Models = [.. artefact.Models.Select(Text)],
        Urls = [.. artefact.Urls.Select(u => u.Text)],
        From = [.. artefact.From.Select(r => r.ToString())],
        SignedBy = artefact.SignedBy,
        NotBefore = artefact.NotBefore,
        NotAfter = artefact.NotAfter,
        Ring = artefact.Ring is { } ring
            ? string.Create(CultureInfo.InvariantCulture, $"{ring.Name}: {ring.Percent} %{(ring.Groups.IsEmpty ? "" : " and " + string.Join(", ", ring.Groups))}, open after {ring.Successes} successes, stops above {ring.MaxFailurePercent} % failures")
            : null,
        Withdrawn = artefact.WithdrawnBecause ?? withdrawn,
    };

    /// <summary>Prints every field, one a line.</summary>
    public void Print(TextWriter output)
    {
        foreach (var (label, value) in (ReadOnlySpan<(string, string?)>)[
            ("name", Name), ("version", Version), ("file types", string.Join(", ", FileTypes)), ("sha256", Sha256),
            ("size", Size.ToString(CultureInfo.InvariantCulture)), ("models", string.Join("; ", Models)), ("urls", string.Join(" ", Urls)),
            ("from", From.Count == 0 ? "every version" : string.Join(" or ", From)), ("signed by", SignedBy.Count == 0 ? null : string.Join(", ", SignedBy)),
            ("not before", NotBefore?.ToString("u", CultureInfo.InvariantCulture)), ("not after", NotAfter?.ToString("u", CultureInfo.InvariantCulture)),
            ("ring", Ring), ("withdrawn", Withdrawn)])
        {
            if (value is not null)
            {
                output.WriteLine($"{label,-12}{value}");
            }
        }
    }

    private static string Text(ArtefactModel model) =>
        $"{model.Oui} {(model.ProductClasses.IsEmpty ? "*" : string.Join(",", model.ProductClasses))}{(model.HardwareVersions.IsEmpty ? "" : $" hardware {string.Join(",", model.HardwareVersions)}")}";
}
