using CwmpShield.Core.Firmware.Reading;

namespace CwmpShield.Core.Firmware.Signing;

/// <summary>A manifest and its signature files as they lie on disk: <c>NAME</c>, and beside it every <c>NAME.…sig</c>, <c>NAME.…p7s</c> and <c>NAME.…pem</c>.</summary>
/// <param name="Manifest">Bytes of the manifest; one byte more than the reader takes tells that it is too large.</param>
/// <param name="Signatures">Signature files by name, at most sixteen, in the order of their names.</param>
public sealed record ManifestFiles(byte[] Manifest, IReadOnlyList<(string File, byte[] Bytes)> Signatures)
{
    private static readonly string[] Endings = [".sig", ".p7s", ".pem"];

    /// <summary>Reads what lies at <paramref name="path"/>, bounded.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public static ManifestFiles Read(string path)
    {
        var manifest = ReadBounded(path, ManifestReader.MaxBytes + 1);
        var directory = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var signatures = Directory.EnumerateFiles(directory, Path.GetFileName(path) + ".*")
            .Where(f => Endings.Contains(Path.GetExtension(f), StringComparer.Ordinal))
            .Order(StringComparer.Ordinal)
            .Take(SignatureCheck.MaxFiles)
            .Select(f => (Path.GetFileName(f), ReadBounded(f, SignatureFile.MaxBytes + 1)))
            .ToList();
        return new ManifestFiles(manifest, signatures);
    }

    private static byte[] ReadBounded(string path, int most)
    {
        // A pipe has no length; opening one waits for whoever writes to it, and what is empty says nothing in any case.
        if ((File.ResolveLinkTarget(path, returnFinalTarget: true) ?? new FileInfo(path)) is FileInfo { Exists: true, Length: 0 })
        {
            return [];
        }

        using var stream = File.OpenRead(path);
        var bytes = new byte[Math.Min(most, Math.Max(0, stream.Length) + 1)];
        var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return bytes[..length];
    }
}
