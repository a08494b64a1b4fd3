using System.Text.Json;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.DeviceImport;

/// <summary>Where an import stands: written in the transaction of the lines, so that it is true whenever the process ends.</summary>
internal static class ImportProgressRows
{
    /// <summary>How far the import of a file has come, null when none is under way.</summary>
    public static async ValueTask<ImportPlace?> FindAsync(StoreCommands commands, string path) => (await commands.QueryAsync(
        "SELECT bytes, sha256, line, counts FROM import_progress WHERE path = @path",
        reader => new ImportPlace(reader.GetInt64(0), reader.GetString(1), reader.GetInt64(2), JsonSerializer.Deserialize<ImportSummary>(reader.GetString(3))!),
        ("@path", path))).SingleOrDefault();

    /// <summary>Notes how far it has come.</summary>
    public static async ValueTask PutAsync(StoreCommands commands, string path, ImportPlace place, DateTimeOffset now) => await commands.ExecuteAsync(
        """
        INSERT INTO import_progress (path, bytes, sha256, line, counts, at) VALUES (@path, @bytes, @hash, @line, @counts, @at)
        ON CONFLICT (path) DO UPDATE SET bytes = excluded.bytes, sha256 = excluded.sha256, line = excluded.line, counts = excluded.counts, at = excluded.at
        """,
        ("@path", path),
        ("@bytes", place.Bytes),
        ("@hash", place.Hash),
        ("@line", place.Line),
        ("@counts", JsonSerializer.Serialize(place.Summary)),
        ("@at", now.ToUnixTimeMilliseconds()));

    /// <summary>Forgets it: the import has ended, or begins anew.</summary>
    public static async ValueTask RemoveAsync(StoreCommands commands, string path) =>
        await commands.ExecuteAsync("DELETE FROM import_progress WHERE path = @path", ("@path", path));
}

/// <summary>A place in a file.</summary>
/// <param name="Bytes">Bytes before it.</param>
/// <param name="Hash">SHA-256 of those bytes.</param>
/// <param name="Line">Number of the last line before it.</param>
/// <param name="Summary">What came of the lines before it.</param>
internal sealed record ImportPlace(long Bytes, string Hash, long Line, ImportSummary Summary);
