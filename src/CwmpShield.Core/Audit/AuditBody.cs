using System.Globalization;
using System.Text.Json;

namespace CwmpShield.Core.Audit;

/// <summary>Holds a record's bytes against what stands beside them, member by member, without making a record of them.</summary>
public static class AuditBody
{
    private const int Unknown = 30;
    private static readonly byte[][] Members =
    [
        [.. "v"u8], [.. "node"u8], [.. "seq"u8], [.. "at"u8], [.. "kind"u8], [.. "session"u8], [.. "device"u8], [.. "model"u8], [.. "source"u8], [.. "strength"u8],
        [.. "message"u8], [.. "verdict"u8], [.. "reasons"u8], [.. "rules"u8], [.. "actor"u8], [.. "count"u8],
    ];

    /// <summary>Longest and shortest time that can be written, Unix milliseconds.</summary>
    private const long MaxTime = 253_402_300_799_999;

    /// <summary>
    /// Whether the bytes are a record of this node and place, written as <see cref="AuditJson"/> does, with these columns. False is no
    /// verdict: texts that the store keeps in another way need a closer look.
    /// </summary>
    /// <param name="body">The bytes.</param>
    /// <param name="node">Node.</param>
    /// <param name="sequence">Place.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="tally">Receives what records are counted by and the columns do not have.</param>
    public static bool Matches(ReadOnlySpan<byte> body, string node, long sequence, AuditColumns columns, out AuditTally tally)
    {
        ArgumentNullException.ThrowIfNull(columns);
        tally = new AuditTally("", 1);
        try
        {
            var json = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = 8 });
            var last = -1;
            var found = 0;
            json.Read();
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var member = Place(json.ValueSpan);
                if (member <= last)
                {
                    return false;
                }

                last = member == Unknown ? last : member;
                json.Read();
                found |= 1 << member;
                if (!IsEqual(ref json, member, node, sequence, columns, ref tally))
                {
                    return false;
                }

                json.Skip();
            }

            return json.TokenType == JsonTokenType.EndObject && !json.Read() && HasAll(found, columns);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
        {
            return false;
        }
    }

    private static int Place(ReadOnlySpan<byte> name)
    {
        for (var i = 0; i < Members.Length; i++)
        {
            if (name.SequenceEqual(Members[i]))
            {
                return i;
            }
        }

        return Unknown;
    }

    private static bool IsEqual(ref Utf8JsonReader json, int member, string node, long sequence, AuditColumns columns, ref AuditTally tally)
    {
        switch (member)
        {
            case 0:
                return json.GetInt32() == 1;
            case 1:
                return json.ValueTextEquals(node);
            case 2:
                return json.GetInt64() == sequence;
            case 3:
                return IsTime(json.ValueSpan, columns.At);
            case 9:
                tally = tally with { Strength = json.GetString() ?? "" };
                return true;
            case 12:
                return IsFirst(ref json, columns.Reason);
            case 13:
                return IsFirst(ref json, columns.Rule);
            case 15:
                tally = tally with { Count = json.GetInt64() };
                return true;
            case Unknown:
                return true;
            default:
                return json.ValueTextEquals(Column(member, columns));
        }
    }

    private static string Column(int member, AuditColumns columns) => member switch
    {
        4 => columns.Kind,
        5 => columns.Session,
        6 => columns.Device,
        7 => columns.Model,
        8 => columns.Source,
        10 => columns.Message,
        11 => columns.Verdict,
        _ => columns.Actor,
    };

    private static bool IsFirst(ref Utf8JsonReader json, string word)
    {
        if (json.TokenType != JsonTokenType.StartArray)
        {
            return false;
        }

        json.Read();
        var isFirst = json.TokenType == JsonTokenType.String && json.ValueTextEquals(word);
        while (json.TokenType != JsonTokenType.EndArray)
        {
            json.Skip();
            json.Read();
        }

        return isFirst;
    }

    private static bool IsTime(ReadOnlySpan<byte> text, long milliseconds)
    {
        Span<byte> written = stackalloc byte[24];
        return milliseconds is >= 0 and <= MaxTime
            && DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).UtcDateTime.TryFormat(written, out var length, AuditJson.TimeFormat, CultureInfo.InvariantCulture)
            && text.SequenceEqual(written[..length]);
    }

    /// <summary>Members that are not there are empty columns; refusal follows from the kind.</summary>
    private static bool HasAll(int found, AuditColumns columns)
    {
        bool Fits(int member, string column) => (found & (1 << member)) != 0 || column.Length == 0;
        const int always = 0b11111;
        return (found & always) == always
            && Fits(5, columns.Session) && Fits(6, columns.Device) && Fits(7, columns.Model) && Fits(8, columns.Source) && Fits(10, columns.Message)
            && Fits(11, columns.Verdict) && Fits(12, columns.Reason) && Fits(13, columns.Rule) && Fits(14, columns.Actor)
            && columns.IsRefusal == AuditRecord.Refuses(AuditKindName.Parse(columns.Kind));
    }
}

/// <summary>What records are counted by beside their columns.</summary>
/// <param name="Strength">Strength of the identity.</param>
/// <param name="Count">How many events the record stands for.</param>
public readonly record struct AuditTally(string Strength, long Count);
