using System.Text.Json;

namespace CwmpShield.Gateway.DeviceImport;

/// <summary>Lines of JSON: one flat object each; groups and keys may be arrays of strings.</summary>
internal static class JsonLine
{
    private const int MaxItems = 64;

    /// <summary>Reads one line into <paramref name="fields"/>; the problem, or null when there is none.</summary>
    public static LineProblem? Read(ReadOnlySpan<byte> line, long number, LineFields fields)
    {
        var name = "";
        try
        {
            var reader = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = 2 });
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return new LineProblem(number, "", "a JSON object on one line");
            }

            Span<bool> seen = stackalloc bool[DeviceFieldName.Count];
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                name = reader.GetString()!;
                if (!DeviceFieldName.TryFind(name, out var field))
                {
                    return new LineProblem(number, name.Length <= 32 && !name.Any(char.IsControl) ? name : "", $"one of {DeviceFieldName.All}");
                }

                if (field != DeviceField.Ignored && seen[(int)field])
                {
                    return new LineProblem(number, name, "each property once");
                }

                seen[(int)field] = true;
                reader.Read();
                if (Value(ref reader, field, fields) is { } wrong)
                {
                    return new LineProblem(number, name, wrong);
                }
            }

            return reader.Read() ? new LineProblem(number, "", "nothing behind the object") : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            var place = error is JsonException { BytePositionInLine: { } at } ? $" (byte {at + 1})" : "";
            return new LineProblem(number, name.Length <= 32 && !name.Any(char.IsControl) ? name : "", $"JSON, one flat object a line{place}");
        }
    }

    private static string? Value(ref Utf8JsonReader reader, DeviceField field, LineFields fields)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                fields[field] = reader.GetString();
                return null;
            case JsonTokenType.Null:
                return null;
            case JsonTokenType.StartArray when field is DeviceField.Groups or DeviceField.BoundKeys or DeviceField.Ignored:
                return List(ref reader, field, fields);
            case JsonTokenType.True or JsonTokenType.False or JsonTokenType.Number when field == DeviceField.Ignored:
                return null;
            default:
                return "a string";
        }
    }

    private static string? List(ref Utf8JsonReader reader, DeviceField field, LineFields fields)
    {
        var items = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.String || items.Count == MaxItems)
            {
                return $"an array of at most {MaxItems} strings";
            }

            items.Add(reader.GetString()!);
        }

        fields[field] = string.Join(' ', items);
        return null;
    }
}
