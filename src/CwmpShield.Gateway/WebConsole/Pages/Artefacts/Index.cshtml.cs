using CwmpShield.Core.Firmware;
using CwmpShield.Gateway.Firmware;
using Microsoft.AspNetCore.Mvc;

namespace CwmpShield.Gateway.WebConsole.Pages;

/// <summary>The files that devices may be given, and who vouches for them.</summary>
internal sealed class ArtefactsModel(ArtefactHolder holder, TimeProvider time) : ConsolePage
{
    private const int MaxRows = 500;
    private const int MaxText = 128;

    /// <summary>Part of a name, a version or a SHA-256.</summary>
    public string Q { get; private set; } = "";

    /// <summary>What vouches for files.</summary>
    public ArtefactTrust Trust => holder.Current;

    /// <summary>The artefacts that fit.</summary>
    public IReadOnlyList<Artefact> Rows { get; private set; } = [];

    /// <summary>How many fit.</summary>
    public int Found { get; private set; }

    /// <summary>When the page was made.</summary>
    public DateTimeOffset Now { get; private set; }

    /// <summary>Finds them.</summary>
    public IActionResult OnGet(string? q)
    {
        (Q, Now) = (q?.Trim() ?? "", time.GetUtcNow());
        if (Q.Length > MaxText)
        {
            return BadRequest();
        }

        var all = Trust.Manifest?.Manifest.Artefacts ?? [];
        var found = all.Where(one => Q.Length == 0
            || one.Name.Contains(Q, StringComparison.OrdinalIgnoreCase)
            || one.Version.Contains(Q, StringComparison.OrdinalIgnoreCase)
            || one.Sha256.StartsWith(Q, StringComparison.OrdinalIgnoreCase)).ToList();
        (Rows, Found) = ([.. found.Take(MaxRows)], found.Count);
        return Page();
    }

    /// <summary>Word and tone of how an artefact stands.</summary>
    public (string Word, string Tone) StateOf(Artefact one) =>
        Trust.WithdrawnBecause(one) is not null ? ("withdrawn", "bad")
        : one.NotBefore > Now ? ("not yet", "quiet")
        : one.NotAfter <= Now ? ("over", "quiet")
        : one.Ring is { } ring ? ($"ring {ring.Name}", "info")
        : ("may be given", "good");
}
