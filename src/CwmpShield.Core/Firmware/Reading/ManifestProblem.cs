using System.Globalization;

namespace CwmpShield.Core.Firmware;

/// <summary>One thing that is wrong with a manifest, and where.</summary>
/// <param name="File">File name as it was given.</param>
/// <param name="Line">1-based line; 0 for the file as a whole.</param>
/// <param name="Column">1-based column in characters; 0 for the file as a whole.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Hint">What to do; empty when that is plain.</param>
public sealed record ManifestProblem(string File, int Line, int Column, string Message, string Hint = "")
{
    /// <inheritdoc/>
    public override string ToString()
    {
        var place = Line > 0 ? string.Create(CultureInfo.InvariantCulture, $"{File}:{Line}:{Column}") : File;
        return Hint.Length > 0 ? $"{place}: error: {Message} ({Hint})" : $"{place}: error: {Message}";
    }
}

/// <summary>What came of reading a manifest.</summary>
/// <param name="Manifest">The manifest; null when anything is wrong with it.</param>
/// <param name="Problems">Everything that is wrong, at most 100 things.</param>
public sealed record ManifestReadResult(ArtefactManifest? Manifest, IReadOnlyList<ManifestProblem> Problems);
