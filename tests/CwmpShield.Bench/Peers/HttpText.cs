using System.Buffers.Text;
using System.Text;

namespace CwmpShield.Bench.Peers;

/// <summary>As much of HTTP/1.1 as a device of a measurement needs.</summary>
internal static class HttpText
{
    /// <summary>The status of an answer's head.</summary>
    public static int Status(ReadOnlySpan<byte> head) =>
        head.StartsWith("HTTP/1.1 "u8) && Utf8Parser.TryParse(head[9..], out int status, out _) ? status : throw new BenchException("an answer is not HTTP/1.1");

    /// <summary>Content-Length of a head.</summary>
    public static int Length(ReadOnlySpan<byte> head) =>
        Utf8Parser.TryParse(Value(head, "content-length"), out int length, out _) ? length : throw new BenchException("an answer comes without Content-Length:\n" + Encoding.ASCII.GetString(head));

    /// <summary>The value of a header, empty where there is none.</summary>
    public static ReadOnlySpan<byte> Value(ReadOnlySpan<byte> head, string name)
    {
        foreach (var range in head.Split("\r\n"u8))
        {
            var line = head[range];
            if (line.Length > name.Length + 1 && line[name.Length] == (byte)':' && Ascii.EqualsIgnoreCase(line[..name.Length], name))
            {
                return line[(name.Length + 1)..].Trim((byte)' ');
            }
        }

        return [];
    }
}
