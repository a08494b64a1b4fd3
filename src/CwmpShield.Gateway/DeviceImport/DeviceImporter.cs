using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.DeviceImport;

/// <summary>
/// Imports devices from lines, some thousand in a transaction. A line that is wrong is reported and left out. Whenever the process ends, each
/// line is in the registry as a whole or not at all, and the store knows behind which one to go on.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="registry">Its registry.</param>
/// <param name="options">How to import.</param>
/// <param name="time">Clock.</param>
public sealed class DeviceImporter(Store store, StoredDeviceRegistry registry, ImportOptions options, TimeProvider time)
{
    private const int Tries = 10;
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(1);

    // Whoever else wants to write, a gateway for instance, gets in between two transactions: for a tenth of the time that one takes.
    private const int Share = 10;
    private static readonly TimeSpan LeastGap = TimeSpan.FromMilliseconds(5);

    private readonly RowReader reader = new(options.AllowWeak);
    private readonly DeviceBatch batch = new(registry.Seal, options.Update, time.GetUtcNow());
    private readonly LineFields fields = new();
    private readonly List<ImportRow> rows = [];
    private readonly List<LineProblem> problems = [];
    private ImportSummary summary = new();
    private CsvLine? header;

    /// <summary>Imports what <paramref name="open"/> gives, which is opened twice when an earlier run is resumed.</summary>
    /// <param name="open">Opens the input.</param>
    /// <param name="report">Where lines that were left out are reported, in their order, before their transaction is committed.</param>
    /// <param name="progress">Told after each transaction: what came of it so far, and how many bytes were read.</param>
    /// <param name="cancellationToken">Stops the import behind a transaction.</param>
    /// <exception cref="ImportException">The header is wrong, or the file is another one than was begun.</exception>
    /// <exception cref="RegistryUnavailableException">The store could not be written for ten seconds.</exception>
    public async Task<ImportSummary> RunAsync(
        Func<Stream> open, ImportReport report, Action<ImportSummary, long>? progress, CancellationToken cancellationToken)
    {
        await using var stream = open();
        using var lines = new ByteLines(stream);
        if (await PlaceAsync(cancellationToken) is { } place)
        {
            await ResumeAsync(open, lines, place, report, cancellationToken);
        }
        else
        {
            await ReadHeaderAsync(lines, cancellationToken);
        }

        while (await lines.ReadAsync(cancellationToken) is { } line)
        {
            Take(line.Span, lines);
            if (rows.Count + problems.Count >= options.BatchSize)
            {
                var began = TimeProvider.System.GetTimestamp();
                await CommitAsync(lines, report, cancellationToken);
                progress?.Invoke(summary, lines.Position);
                var gap = TimeProvider.System.GetElapsedTime(began) / Share;
                await Task.Delay(gap > LeastGap ? gap : LeastGap, TimeProvider.System, cancellationToken);
            }
        }

        await CommitAsync(lines, report, cancellationToken);
        await store.WriteAsync(
            async commands =>
            {
                await ImportProgressRows.RemoveAsync(commands, options.Path);
                return true;
            },
            cancellationToken);
        progress?.Invoke(summary, lines.Position);
        return summary;
    }

    private async Task<ImportPlace?> PlaceAsync(CancellationToken cancellationToken) => options is { Resume: true, Path.Length: > 0 }
        ? await store.ReadAsync(commands => ImportProgressRows.FindAsync(commands, options.Path), cancellationToken)
        : null;

    private async Task ResumeAsync(Func<Stream> open, ByteLines lines, ImportPlace place, ImportReport report, CancellationToken cancellationToken)
    {
        await using (var again = open())
        {
            using var first = new ByteLines(again);
            await ReadHeaderAsync(first, cancellationToken);
        }

        if (!await lines.SkipAsync(place.Bytes, place.Line, place.Hash, cancellationToken))
        {
            throw new ImportException(
                $"{options.Path} is not the file of which {place.Line} lines were imported: it has changed in what was read. Without --resume it is imported from its beginning; what is in the registry already stays as it is.");
        }

        await report.KeepUpToAsync(place.Line, cancellationToken);
        summary = place.Summary with { ResumedAfter = place.Line };
    }

    private async Task ReadHeaderAsync(ByteLines lines, CancellationToken cancellationToken)
    {
        if (options.Format != ImportFormat.Csv)
        {
            return;
        }

        var line = await lines.ReadAsync(cancellationToken) ?? default;
        header = CsvLine.Header(line.Span, out var problem);
        if (problem is not null)
        {
            throw new ImportException(problem.In(options.Path.Length > 0 ? options.Path : "-"));
        }
    }

    private void Take(ReadOnlySpan<byte> line, ByteLines lines)
    {
        // A byte-order mark, as some editors leave it.
        line = lines.Number == 1 && line.StartsWith("\uFEFF"u8) ? line[3..] : line;
        if (line.IsEmpty && !lines.Oversized)
        {
            return;
        }

        summary = summary with { Lines = summary.Lines + 1 };
        fields.Clear();
        var problem = lines.Oversized ? new LineProblem(lines.Number, "", $"a line of at most {ByteLines.MaxLength / 1024} KiB")
            : header is not null ? header.Read(line, lines.Number, fields)
            : JsonLine.Read(line, lines.Number, fields);
        if (problem is not null)
        {
            problems.Add(problem);
        }
        else if (reader.Read(fields, lines.Number, out var wrong) is { } row)
        {
            rows.Add(row);
        }
        else
        {
            problems.AddRange(wrong);
        }
    }

    private async Task CommitAsync(ByteLines lines, ImportReport report, CancellationToken cancellationToken)
    {
        for (var tried = 1; ; tried++)
        {
            try
            {
                // Nobody stops in the middle: a transaction that has begun is ended.
                summary = await store.WriteAsync(commands => WriteAsync(commands, lines, report), CancellationToken.None);
                rows.Clear();
                problems.Clear();
                cancellationToken.ThrowIfCancellationRequested();
                return;
            }
            catch (RegistryUnavailableException) when (tried < Tries)
            {
                await Task.Delay(BetweenTries, time, cancellationToken);
            }
        }
    }

    private async ValueTask<ImportSummary> WriteAsync(StoreCommands commands, ByteLines lines, ImportReport report)
    {
        await BulkInsert.PrepareAsync(commands);
        var outcome = await batch.WriteAsync(commands, rows);
        List<LineProblem> wrong = [.. problems.Concat(outcome.Problems).OrderBy(problem => problem.Line)];
        var next = summary with
        {
            Added = summary.Added + outcome.Added,
            Updated = summary.Updated + outcome.Updated,
            Unchanged = summary.Unchanged + outcome.Unchanged,
            Weak = summary.Weak + outcome.Weak,
            LeftOut = summary.LeftOut + wrong.DistinctBy(problem => problem.Line).Count(),
        };
        if (options.Path.Length > 0)
        {
            await ImportProgressRows.PutAsync(commands, options.Path, new ImportPlace(lines.Position, lines.Hash, lines.Number, next), time.GetUtcNow());
        }

        await report.WriteAsync(wrong);
        return next;
    }
}

/// <summary>The input as a whole cannot be imported; the message says why, and where.</summary>
public sealed class ImportException : Exception
{
    /// <summary>With a message for the operator.</summary>
    public ImportException(string message)
        : base(message)
    {
    }
}
