using System.CommandLine;
using CwmpShield.Core.Firmware;
using CwmpShield.Core.Firmware.Reading;

namespace CwmpShield.Cli.Artefacts;

/// <summary>The manifest as a file that verbs read and write.</summary>
internal static class ManifestDocument
{
    /// <summary><c>--manifest FILE</c>.</summary>
    public static Option<string> Option() => new("--manifest", "-m")
    {
        Description = "The manifest.",
        HelpName = "FILE",
        DefaultValueFactory = _ => "artefacts.json",
    };

    /// <summary>Reads the manifest; what is wrong goes to <paramref name="error"/>, and null comes back.</summary>
    public static ArtefactManifest? Read(string path, TextWriter error)
    {
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > ManifestReader.MaxBytes })
            {
                error.WriteLine($"{path}: error: larger than {ManifestReader.MaxBytes >> 20} MiB");
                return null;
            }

            var read = ManifestReader.Read(path, File.ReadAllBytes(path));
            foreach (var problem in read.Problems)
            {
                error.WriteLine(problem);
            }

            return read.Manifest;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            error.WriteLine($"{path}: error: {problem.Message}");
            return null;
        }
    }

    /// <summary>Writes the manifest whole or not at all, after reading it back; false with what is wrong.</summary>
    public static bool Write(string path, ArtefactManifest manifest, TextWriter error)
    {
        var bytes = ManifestWriter.Write(manifest);
        var read = ManifestReader.Read(path, bytes);
        if (read.Manifest is null)
        {
            foreach (var problem in read.Problems)
            {
                error.WriteLine($"not written: {problem.Message}{(problem.Hint.Length > 0 ? $" ({problem.Hint})" : "")}");
            }

            return false;
        }

        try
        {
            var draft = path + ".new";
            File.WriteAllBytes(draft, bytes);
            File.Move(draft, path, overwrite: true);
            return true;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            error.WriteLine($"{path}: error: {problem.Message}");
            return false;
        }
    }
}
