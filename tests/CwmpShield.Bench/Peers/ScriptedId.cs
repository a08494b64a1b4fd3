using System.Text;

namespace CwmpShield.Bench.Peers;

/// <summary>The <c>cwmp:ID</c> of a message: found in what has come, and put into what goes.</summary>
internal static class ScriptedId
{
    private static readonly byte[] Hole = Encoding.ASCII.GetBytes(CwmpScript.IdHole);

    /// <summary>The identifier of a message.</summary>
    /// <exception cref="BenchException">There is none of eight characters.</exception>
    public static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> message)
    {
        var start = message.IndexOf(":ID"u8);
        var rest = start < 0 ? [] : message[start..];
        var id = rest[(rest.IndexOf((byte)'>') + 1)..];
        return id.IndexOf((byte)'<') == Hole.Length ? id[..Hole.Length] : throw new BenchException("a message has no cwmp:ID of eight characters");
    }

    /// <summary>Where the identifier of one of the script's own messages stands.</summary>
    public static int PlaceIn(ReadOnlySpan<byte> message) => message.IndexOf(Hole);

    /// <summary>Puts an identifier into one of the script's own messages.</summary>
    public static void Put(Span<byte> message, ReadOnlySpan<byte> id) => id.CopyTo(message[message.IndexOf(Hole)..]);
}
