using System.Text;

namespace CwmpShield.Core.Firmware.Reading;

/// <summary>Collects problems of one JSON document, and turns offsets into lines and columns.</summary>
internal sealed class JsonPlace(string file, ReadOnlyMemory<byte> bytes)
{
    private const int MaxProblems = 100;

    private readonly List<ManifestProblem> problems = [];

    /// <summary>What is wrong so far.</summary>
    public IReadOnlyList<ManifestProblem> Problems => problems;

    /// <summary>The document.</summary>
    public ReadOnlySpan<byte> Bytes => bytes.Span;

    /// <summary>Notes a problem at an offset; negative for the file as a whole. Beyond a hundred nothing more is noted.</summary>
    public void Add(long offset, string message, string hint = "")
    {
        if (problems.Count >= MaxProblems)
        {
            return;
        }

        if (offset < 0)
        {
            problems.Add(new ManifestProblem(file, 0, 0, message, hint));
            return;
        }

        var before = bytes.Span[..(int)Math.Min(offset, bytes.Length)];
        var column = before[(before.LastIndexOf((byte)'\n') + 1)..];
        problems.Add(new ManifestProblem(file, before.Count((byte)'\n') + 1, Encoding.UTF8.GetCharCount(column) + 1, message, hint));
    }
}
