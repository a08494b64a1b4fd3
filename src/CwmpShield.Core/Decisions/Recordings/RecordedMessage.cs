using System.Globalization;
using System.IO.Compression;
using System.Text;
using CwmpShield.Core.Cwmp;

namespace CwmpShield.Core.Decisions.Recordings;

/// <summary>One HTTP message as it was recorded from the wire, or a bare body.</summary>
public sealed record RecordedMessage
{
    private const int MaxBytes = 64 << 20;

    /// <summary>The way it went; null for a bare body.</summary>
    public Direction? Direction { get; init; }

    /// <summary>The decoded body; empty when there is none.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Content-Type header, null when absent.</summary>
    public string? ContentType { get; init; }

    /// <summary>SOAPAction header, null when absent.</summary>
    public string? SoapAction { get; init; }

    /// <summary>Request path, empty when it is no request.</summary>
    public string Path { get; init; } = "";

    /// <summary>Status of a response; 0 otherwise.</summary>
    public int Status { get; init; }

    /// <summary>Reads a recording; false with a reason when it is cut short or its coding is not known.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> recorded, out RecordedMessage message, out string problem)
    {
        message = new RecordedMessage { Body = recorded };
        problem = "";
        var head = HeadOf(recorded.Span);
        if (head.Length == 0)
        {
            return true;
        }

        var lines = Encoding.Latin1.GetString(recorded.Span[..head.Length]).ReplaceLineEndings("\n").Split('\n');
        var isResponse = lines[0].StartsWith("HTTP/", StringComparison.Ordinal);
        var words = lines[0].Split(' ');
        message = new RecordedMessage
        {
            Direction = isResponse ? Cwmp.Direction.AcsToCpe : Cwmp.Direction.CpeToAcs,
            ContentType = Header(lines, "Content-Type"),
            SoapAction = Header(lines, "SOAPAction"),
            Path = isResponse || words.Length < 2 ? "" : words[1],
            Status = isResponse && words.Length > 1 && int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var status) ? status : 0,
        };
        return TryBody(recorded[head.After..], lines, ref message, out problem);
    }

    private static bool TryBody(ReadOnlyMemory<byte> body, string[] lines, ref RecordedMessage message, out string problem)
    {
        problem = "";
        if (Header(lines, "Transfer-Encoding") is { } coding && coding.Contains("chunked", StringComparison.OrdinalIgnoreCase))
        {
            if (!TryDechunk(body.Span, out body))
            {
                problem = "chunked body cut short";
                return false;
            }
        }
        else if (int.TryParse(Header(lines, "Content-Length"), NumberStyles.None, CultureInfo.InvariantCulture, out var length))
        {
            if (length > body.Length)
            {
                problem = "body shorter than its Content-Length";
                return false;
            }

            body = body[..length];
        }

        switch (Header(lines, "Content-Encoding")?.Trim().ToLowerInvariant())
        {
            case null or "" or "identity":
                message = message with { Body = body };
                return true;
            case "gzip" or "x-gzip" when TryInflate(body, s => new GZipStream(s, CompressionMode.Decompress), out var plain):
            case "deflate" when TryInflate(body, s => new ZLibStream(s, CompressionMode.Decompress), out plain):
                message = message with { Body = plain };
                return true;
            default:
                problem = "content coding not known, or not valid";
                return false;
        }
    }

    /// <summary>Length of the head and where the body begins; nothing for a bare body.</summary>
    private static (int Length, int After) HeadOf(ReadOnlySpan<byte> recorded)
    {
        if (!recorded.StartsWith("HTTP/1."u8) && !recorded.StartsWith("POST "u8) && !recorded.StartsWith("GET "u8))
        {
            return default;
        }

        var crlf = recorded.IndexOf("\r\n\r\n"u8);
        var lf = recorded.IndexOf("\n\n"u8);
        return crlf >= 0 && (lf < 0 || crlf < lf) ? (crlf, crlf + 4) : lf >= 0 ? (lf, lf + 2) : (recorded.Length, recorded.Length);
    }

    private static string? Header(string[] lines, string name)
    {
        foreach (var line in lines.AsSpan(1))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0 && line.AsSpan(0, colon).Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return line[(colon + 1)..].Trim();
            }
        }

        return null;
    }

    private static bool TryDechunk(ReadOnlySpan<byte> chunked, out ReadOnlyMemory<byte> body)
    {
        using var joined = new MemoryStream();
        body = default;
        while (true)
        {
            var end = chunked.IndexOf("\n"u8);
            if (end < 0)
            {
                return false;
            }

            var size = Encoding.Latin1.GetString(chunked[..end]).Split(';')[0].Trim();
            chunked = chunked[(end + 1)..];
            if (!int.TryParse(size, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var length) || length < 0 || length > chunked.Length)
            {
                return false;
            }

            if (length == 0)
            {
                body = joined.ToArray();
                return true;
            }

            joined.Write(chunked[..length]);
            chunked = chunked[length..];
            chunked = chunked.StartsWith("\r\n"u8) ? chunked[2..] : chunked.StartsWith("\n"u8) ? chunked[1..] : chunked;
        }
    }

    private static bool TryInflate(ReadOnlyMemory<byte> body, Func<Stream, Stream> open, out ReadOnlyMemory<byte> plain)
    {
        plain = default;
        try
        {
            using var inflater = open(new MemoryStream(body.ToArray()));
            using var output = new MemoryStream();
            var buffer = new byte[16 << 10];
            for (var read = inflater.Read(buffer); read > 0; read = inflater.Read(buffer))
            {
                output.Write(buffer, 0, read);
                if (output.Length > MaxBytes)
                {
                    return false;
                }
            }

            plain = output.ToArray();
            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }
}
