using System.Text;
using System.Text.Json;

namespace CwmpShield.Core.Firmware.Reading;

/// <summary>
/// Reads a JSON document strictly: UTF-8 without byte-order mark, no comments, no trailing commas, no name twice in an object, nothing after the
/// end; bounded in bytes, depth and nodes.
/// </summary>
internal sealed class JsonTreeReader(JsonPlace place)
{
    private const int MaxDepth = 8;
    private const int MaxNodes = 2_000_000;
    private const int MaxText = 4096;

    private int nodes;

    /// <summary>The document's root; null with a problem when it is not well formed.</summary>
    public JsonNode? Read()
    {
        var reader = new Utf8JsonReader(place.Bytes, new JsonReaderOptions { MaxDepth = MaxDepth, CommentHandling = JsonCommentHandling.Disallow });
        try
        {
            reader.Read();
            var root = Node(ref reader);
            return reader.Read() ? null : root;
        }
        catch (JsonException problem)
        {
            place.Add(OffsetOf(problem), problem.Message.Contains("maximum configured depth", StringComparison.Ordinal) ? $"nested deeper than {MaxDepth}" : "not well-formed JSON", "strict JSON: no comments, no trailing commas");
        }
        catch (InvalidOperationException)
        {
            place.Add(reader.TokenStartIndex, "a text that is not UTF-8, or holds half of a surrogate pair");
        }
        catch (OverflowingDocumentException)
        {
            place.Add(reader.TokenStartIndex, $"more than {MaxNodes} values, or a text of more than {MaxText} bytes");
        }

        return null;
    }

    private JsonNode Node(ref Utf8JsonReader reader)
    {
        if (++nodes > MaxNodes)
        {
            throw new OverflowingDocumentException();
        }

        var offset = reader.TokenStartIndex;
        return reader.TokenType switch
        {
            JsonTokenType.StartObject => Map(ref reader, offset),
            JsonTokenType.StartArray => List(ref reader, offset),
            JsonTokenType.String => new JsonText(offset, Text(ref reader)),
            JsonTokenType.Number => new JsonNumber(offset, reader.TryGetInt64(out var number) ? number : null),
            JsonTokenType.Null => new JsonFlag(offset, null),
            _ => new JsonFlag(offset, reader.GetBoolean()),
        };
    }

    private JsonMap Map(ref Utf8JsonReader reader, long offset)
    {
        List<JsonMember> members = [];
        HashSet<string> names = new(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var (at, name) = (reader.TokenStartIndex, Text(ref reader));
            reader.Read();
            var value = Node(ref reader);
            if (names.Add(name))
            {
                members.Add(new JsonMember(name, at, value));
            }
            else
            {
                place.Add(at, $"\"{name}\" stands twice in this object", "readers differ on which one counts");
            }
        }

        return new JsonMap(offset, members);
    }

    private JsonList List(ref Utf8JsonReader reader, long offset)
    {
        List<JsonNode> items = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(Node(ref reader));
        }

        return new JsonList(offset, items);
    }

    private static string Text(ref Utf8JsonReader reader) =>
        reader.ValueSpan.Length <= MaxText ? reader.GetString()! : throw new OverflowingDocumentException();

    /// <summary>Line and byte of the exception as an offset.</summary>
    private long OffsetOf(JsonException problem)
    {
        var rest = place.Bytes;
        var offset = 0;
        for (var line = problem.LineNumber ?? 0; line > 0 && rest.IndexOf((byte)'\n') is >= 0 and var end; line--)
        {
            offset += end + 1;
            rest = rest[(end + 1)..];
        }

        return offset + (problem.BytePositionInLine ?? 0);
    }

    private sealed class OverflowingDocumentException : Exception;
}
