using System.Data.Common;
using System.Globalization;

namespace CwmpShield.Gateway.Storage.Secrets;

/// <summary>A table of the store with a column of seals. Its rows are walked in the order of their keys.</summary>
/// <param name="Name">Its name.</param>
/// <param name="KeyColumns">Columns of its key, a number first where it has two.</param>
/// <param name="OwnerOf">The owner that its seals are made for, out of the key.</param>
/// <param name="PurposeOf">The purpose that its seals are made for, out of the key.</param>
internal sealed record SealedTable(
    string Name, IReadOnlyList<string> KeyColumns, Func<SealedKey, long> OwnerOf, Func<SealedKey, string> PurposeOf)
{
    /// <summary>Every table that holds seals.</summary>
    public static IReadOnlyList<SealedTable> All { get; } =
    [
        new("store_key", ["name"], _ => 0, key => StoreKeyRows.Purpose(key.Text)),
        new("shared_user", ["id"], key => key.Number, _ => SharedUserRows.Purpose),
        new("device_secret", ["device_id", "purpose"], key => key.Number, key => key.Text),
    ];

    private string Columns => string.Join(", ", KeyColumns);

    /// <summary>Rows behind <paramref name="after"/> whose seals do not begin with <paramref name="head"/>.</summary>
    public ValueTask<IReadOnlyList<SealedRow>> OthersAsync(StoreCommands commands, SealedKey after, byte[] head, int most) => commands.QueryAsync(
        $"""
        SELECT {Columns}, sealed FROM {Name}
         WHERE sealed IS NOT NULL AND ({Columns}) > ({string.Join(", ", KeyColumns.Select(Place))}) AND substr(sealed, 1, {head.Length.ToString(CultureInfo.InvariantCulture)}) <> @head
         ORDER BY {Columns} LIMIT {most.ToString(CultureInfo.InvariantCulture)}
        """,
        reader => new SealedRow(KeyOf(reader), reader.GetFieldValue<byte[]>(KeyColumns.Count)),
        ("@number", after.Number),
        ("@text", after.Text),
        ("@head", head));

    /// <summary>Puts a seal in the place of another, unless that has changed meanwhile.</summary>
    public async ValueTask<bool> ReplaceAsync(StoreCommands commands, SealedRow row, byte[] seal) => await commands.ExecuteAsync(
        $"UPDATE {Name} SET sealed = @new WHERE {string.Join(" AND ", KeyColumns.Select(column => $"{column} = {Place(column)}"))} AND sealed = @old",
        ("@new", seal),
        ("@number", row.Key.Number),
        ("@text", row.Key.Text),
        ("@old", row.Sealed)) == 1;

    /// <summary>How many seals there are of each key. Seals of the first version say no key: null.</summary>
    public async ValueTask<IReadOnlyList<(string? Key, long Seals)>> CountAsync(StoreCommands commands)
    {
        var heads = await commands.QueryAsync(
            $"""
            SELECT CASE WHEN substr(sealed, 1, 1) = @version THEN substr(sealed, 2, 8) ELSE substr(sealed, 1, 1) END, count(*)
              FROM {Name} WHERE sealed IS NOT NULL GROUP BY 1
            """,
            reader => (Head: reader.GetFieldValue<byte[]>(0), Seals: reader.GetInt64(1)),
            ("@version", SecretSeal.Versioned));
        return [.. heads.Select(one => (one.Head.Length == 1 ? null : Convert.ToHexStringLower(one.Head), one.Seals))];
    }

    private static string Place(string column) => column is "name" or "purpose" ? "@text" : "@number";

    private SealedKey KeyOf(DbDataReader reader)
    {
        var key = new SealedKey(0, "");
        for (var i = 0; i < KeyColumns.Count; i++)
        {
            key = Place(KeyColumns[i]) is "@text" ? key with { Text = reader.GetString(i) } : key with { Number = reader.GetInt64(i) };
        }

        return key;
    }
}

/// <summary>Key of a row: a number, a word or both.</summary>
/// <param name="Number">The number, 0 where it has none.</param>
/// <param name="Text">The word, empty where it has none.</param>
internal readonly record struct SealedKey(long Number, string Text);

/// <summary>A row with its seal.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Sealed">Its seal.</param>
internal readonly record struct SealedRow(SealedKey Key, byte[] Sealed);
