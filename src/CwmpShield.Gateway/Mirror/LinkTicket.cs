using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.Mirror;

/// <summary>What a URL of the mirror stands for.</summary>
/// <param name="Order">Number of the order in the store; it names the device and the artefact.</param>
/// <param name="Expires">From when on it is good for nothing, whole seconds.</param>
/// <param name="HasCredential">Whether the order carries the one-time user and password, so that they are asked for.</param>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
internal readonly record struct LinkTicket(long Order, DateTimeOffset Expires, bool HasCredential);

/// <summary>
/// Makes and reads the opaque part of a URL: 43 unreserved characters, sealed under a key of the master key, so that every node reads
/// what another has given and nothing is looked up for a stranger's guess. The one-time password follows from it and is stored nowhere.
/// </summary>
internal sealed class LinkTickets
{
    /// <summary>Characters of a ticket.</summary>
    public const int TextLength = 43;

    private const byte Plain = 1;
    private const byte WithCredential = 2;
    private const int PayloadLength = 14;
    private const int SealLength = 18;
    private const int PasswordLength = 18;

    private readonly byte[] sealKey;
    private readonly byte[] passwordKey;

    /// <summary>Derives its keys.</summary>
    public LinkTickets(MasterKey key) => (sealKey, passwordKey) = (key.Derive("mirror link"), key.Derive("mirror password"));

    /// <summary>The text of a ticket.</summary>
    public string Write(LinkTicket ticket)
    {
        Span<byte> bytes = stackalloc byte[PayloadLength + SealLength];
        Payload(ticket, bytes);
        Seal(sealKey, bytes[..PayloadLength], bytes[PayloadLength..]);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Reads a text; false for anything that was never given.</summary>
    public bool TryRead(ReadOnlySpan<char> text, out LinkTicket ticket)
    {
        ticket = default;
        Span<byte> bytes = stackalloc byte[PayloadLength + SealLength];
        if (text.Length != TextLength
            || Base64Url.DecodeFromChars(text, bytes, out _, out var length) != System.Buffers.OperationStatus.Done
            || length != bytes.Length)
        {
            return false;
        }

        Span<byte> expected = stackalloc byte[SealLength];
        Seal(sealKey, bytes[..PayloadLength], expected);
        if (!CryptographicOperations.FixedTimeEquals(expected, bytes[PayloadLength..]) || bytes[0] is not (Plain or WithCredential))
        {
            return false;
        }

        var seconds = (long)BinaryPrimitives.ReadUInt32BigEndian(bytes[9..]) << 8 | bytes[13];
        ticket = new LinkTicket(BinaryPrimitives.ReadInt64BigEndian(bytes[1..]), DateTimeOffset.FromUnixTimeSeconds(seconds), bytes[0] == WithCredential);
        return true;
    }

    /// <summary>The user that the order carries; not secret.</summary>
    public static string UserOf(LinkTicket ticket) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"order-{ticket.Order}");

    /// <summary>The password that the order carries: 24 unreserved characters.</summary>
    public string PasswordOf(LinkTicket ticket)
    {
        Span<byte> payload = stackalloc byte[PayloadLength];
        Span<byte> password = stackalloc byte[PasswordLength];
        Payload(ticket, payload);
        Seal(passwordKey, payload, password);
        return Base64Url.EncodeToString(password);
    }

    private static void Payload(LinkTicket ticket, Span<byte> bytes)
    {
        var seconds = ticket.Expires.ToUnixTimeSeconds();
        bytes[0] = ticket.HasCredential ? WithCredential : Plain;
        BinaryPrimitives.WriteInt64BigEndian(bytes[1..], ticket.Order);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[9..], (uint)(seconds >> 8));
        bytes[13] = (byte)seconds;
    }

    private static void Seal(byte[] key, ReadOnlySpan<byte> payload, Span<byte> seal)
    {
        Span<byte> full = stackalloc byte[SHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, payload, full);
        full[..seal.Length].CopyTo(seal);
    }
}
