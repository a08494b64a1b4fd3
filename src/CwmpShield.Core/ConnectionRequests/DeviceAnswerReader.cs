using System.Buffers.Text;
using System.Text;

namespace CwmpShield.Core.ConnectionRequests;

/// <summary>
/// Reads the head of a device's HTTP answer. Lenient where embedded servers are sloppy and no harm follows (bare line feeds, odd
/// reason phrases); nothing of it is ever passed on.
/// </summary>
public static class DeviceAnswerReader
{
    private const int MaxHeaders = 64;
    private const int MaxChallenge = 4096;

    /// <summary>Reads the head at the start of <paramref name="bytes"/>.</summary>
    public static DeviceAnswerState Read(ReadOnlySpan<byte> bytes, out DeviceAnswer? answer)
    {
        answer = null;
        if (!StartsLikeHttp(bytes))
        {
            return DeviceAnswerState.Broken;
        }

        var rest = bytes;
        if (!TryTakeLine(ref rest, out var line))
        {
            return DeviceAnswerState.Incomplete;
        }

        if (!TryReadStatus(line, out var status, out var isPersistent))
        {
            return DeviceAnswerState.Broken;
        }

        var head = new Head { IsPersistent = isPersistent };
        for (var count = 0; count <= MaxHeaders; count++)
        {
            if (!TryTakeLine(ref rest, out line))
            {
                return DeviceAnswerState.Incomplete;
            }

            if (line.IsEmpty)
            {
                answer = new DeviceAnswer(status, head.Challenges, BodyLength(status, head), bytes.Length - rest.Length);
                return DeviceAnswerState.Complete;
            }

            head.Take(line);
        }

        return DeviceAnswerState.Broken;
    }

    private static bool StartsLikeHttp(ReadOnlySpan<byte> bytes)
    {
        var mark = "HTTP/1."u8;
        return bytes.Length < mark.Length ? mark.StartsWith(bytes) : bytes.StartsWith(mark);
    }

    private static bool TryReadStatus(ReadOnlySpan<byte> line, out int status, out bool isPersistent)
    {
        status = 0;
        isPersistent = line.Length > 7 && line[7] == (byte)'1';
        return line.Length >= 12 && line[8] == (byte)' '
            && Utf8Parser.TryParse(line.Slice(9, 3), out status, out var used) && used == 3
            && status is >= 100 and <= 599 && (line.Length == 12 || line[12] == (byte)' ');
    }

    private static int BodyLength(int status, Head head) =>
        !head.IsPersistent || head.IsCoded ? -1 : status == 204 ? 0 : head.Length;

    private static bool TryTakeLine(ref ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> line)
    {
        var end = bytes.IndexOf((byte)'\n');
        line = end < 0 ? default : bytes[..end].TrimEnd((byte)'\r');
        if (end >= 0)
        {
            bytes = bytes[(end + 1)..];
        }

        return end >= 0;
    }

    private sealed class Head
    {
        private bool hasLength;

        public List<string> Challenges { get; } = [];

        public bool IsPersistent { get; set; }

        public bool IsCoded { get; private set; }

        public int Length { get; private set; } = -1;

        public void Take(ReadOnlySpan<byte> line)
        {
            var colon = line.IndexOf((byte)':');
            if (colon <= 0)
            {
                return;
            }

            var name = line[..colon];
            var value = line[(colon + 1)..].Trim(" \t"u8);
            if (Ascii.EqualsIgnoreCase(name, "WWW-Authenticate"u8))
            {
                TakeChallenge(value);
            }
            else if (Ascii.EqualsIgnoreCase(name, "Connection"u8))
            {
                // Whatever else it says: where it does not say keep-alive plainly, the connection is not used again.
                IsPersistent = Ascii.EqualsIgnoreCase(value, "keep-alive"u8);
            }
            else if (Ascii.EqualsIgnoreCase(name, "Transfer-Encoding"u8))
            {
                IsCoded = true;
            }
            else if (Ascii.EqualsIgnoreCase(name, "Content-Length"u8))
            {
                TakeLength(value);
            }
        }

        private void TakeChallenge(ReadOnlySpan<byte> value)
        {
            if (value.Length <= MaxChallenge)
            {
                Challenges.Add(Encoding.UTF8.GetString(value));
            }
        }

        private void TakeLength(ReadOnlySpan<byte> value)
        {
            var isNumber = Utf8Parser.TryParse(value, out int length, out var used) && used == value.Length && length >= 0;
            Length = isNumber && !(hasLength && length != Length) ? length : -1;
            hasLength = true;
        }
    }
}
