using System.Text.Json;

namespace CwmpShield.Gateway.DeviceImport;

/// <summary>Where lines that were left out are reported: a file of JSON lines, or a writer that people read.</summary>
public sealed class ImportReport : IDisposable
{
    private readonly string name;
    private readonly string? path;
    private TextWriter writer;
    private long last;

    private ImportReport(string name, string? path, TextWriter writer) => (this.name, this.path, this.writer) = (name, path, writer);

    /// <summary>Reports to people, as compilers do.</summary>
    /// <param name="name">What the input is called.</param>
    /// <param name="writer">Where to.</param>
    public static ImportReport To(string name, TextWriter writer) => new(name, null, writer);

    /// <summary>Reports to a file, one JSON object a line; what it held is kept until it is known what is resumed.</summary>
    /// <param name="path">The file.</param>
    /// <param name="append">Whether an earlier run may be resumed.</param>
    public static ImportReport InFile(string path, bool append) => new("", path, new StreamWriter(path, append));

    /// <inheritdoc/>
    public void Dispose()
    {
        if (path is not null)
        {
            writer.Dispose();
        }
    }

    /// <summary>Reports problems, and sees to it that they are written. Those of a line that was reported before are left out.</summary>
    internal async ValueTask WriteAsync(IReadOnlyList<LineProblem> problems)
    {
        foreach (var problem in problems.Where(problem => problem.Line > last))
        {
            await writer.WriteLineAsync(path is null ? problem.In(name) : problem.ToJson());
        }

        last = problems.Count > 0 ? Math.Max(last, problems[^1].Line) : last;
        await writer.FlushAsync();
    }

    /// <summary>Takes back what was reported behind a line: a run that was killed may not have committed it.</summary>
    internal async Task KeepUpToAsync(long line, CancellationToken cancellationToken)
    {
        last = line;
        if (path is null)
        {
            return;
        }

        await writer.DisposeAsync();
        var kept = (await File.ReadAllLinesAsync(path, cancellationToken)).Where(text => Number(text) <= line);
        await File.WriteAllLinesAsync(path, kept, cancellationToken);
        writer = new StreamWriter(path, append: true);
    }

    private static long Number(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.GetProperty("line").GetInt64();
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            // Half a line of a run that was killed.
            return long.MaxValue;
        }
    }
}
