using System.Globalization;
using System.Text;

namespace CwmpShield.Soak.Rig;

/// <summary>Reads requests as the gateway writes them: with a Content-Length.</summary>
internal sealed class AcsReader(Stream stream)
{
    private byte[] buffer = new byte[8 << 10];
    private int filled;

    /// <summary>The body of the next request; null at the end.</summary>
    public async Task<byte[]?> ReadAsync(CancellationToken cancellation)
    {
        int end;
        while ((end = buffer.AsSpan(0, filled).IndexOf("\r\n\r\n"u8)) < 0)
        {
            if (!await FillAsync(cancellation))
            {
                return null;
            }
        }

        var text = Messages.Between(Encoding.Latin1.GetString(buffer, 0, end + 2), "Content-Length: ", "\r\n");
        var length = text.Length == 0 ? 0 : int.Parse(text, CultureInfo.InvariantCulture);
        while (filled < end + 4 + length)
        {
            if (!await FillAsync(cancellation))
            {
                return null;
            }
        }

        var body = buffer.AsSpan(end + 4, length).ToArray();
        filled -= end + 4 + length;
        buffer.AsSpan(end + 4 + length, filled).CopyTo(buffer);
        return body;
    }

    private async Task<bool> FillAsync(CancellationToken cancellation)
    {
        if (filled == buffer.Length)
        {
            Array.Resize(ref buffer, buffer.Length * 2);
        }

        var read = await stream.ReadAsync(buffer.AsMemory(filled), cancellation);
        filled += read;
        return read > 0;
    }
}
