using System.Buffers.Binary;
using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Storage.Secrets;

namespace CwmpShield.Gateway.Mirror;

/// <summary>What a URL of the mirror stands for.</summary>
/// <param name="Order">Number of the order in the store; it names the device and the artefact.</param>
/// <param name="Expires">From when on it is good for nothing, whole seconds.</param>
/// <param name="HasCredential">Whether the order carries the one-time user and password, so that they are asked for.</param>
/// <param name="KeyId">The master key that it is sealed under.</param>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
internal readonly record struct LinkTicket(long Order, DateTimeOffset Expires, bool HasCredential, string KeyId);

/// <summary>
/// Makes and reads the opaque part of a URL: 43 unreserved characters, sealed under a key of the master key, so that every node reads
/// what another has given and nothing is looked up for a stranger's guess. The one-time password follows from it and is stored nowhere.
/// A ticket lives as long as its master key is in the ring.
/// </summary>
internal sealed class LinkTickets(KeyRing ring)
{
    /// <summary>Characters of a ticket.</summary>
    public const int TextLength = 43;

    private const byte Plain = 1;
    private const byte WithCredential = 2;
    private const int PayloadLength = 14;
    private const int SealLength = 18;
    private const int PasswordLength = 18;

    private readonly ConcurrentDictionary<string, Keys> keys = new(StringComparer.Ordinal);

    /// <summary>A ticket under the newest key.</summary>
    public LinkTicket New(long order, DateTimeOffset expires, bool hasCredential) => new(order, expires, hasCredential, ring.Newest.Id);

    /// <summary>The text of a ticket.</summary>
    public string Write(LinkTicket ticket)
    {
        Span<byte> bytes = stackalloc byte[PayloadLength + SealLength];
        Payload(ticket, bytes);
        Seal(KeysOf(ticket).Seal, bytes[..PayloadLength], bytes[PayloadLength..]);
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

        if (bytes[0] is not (Plain or WithCredential) || SealerOf(bytes) is not { } key)
        {
            return false;
        }

        var seconds = (long)BinaryPrimitives.ReadUInt32BigEndian(bytes[9..]) << 8 | bytes[13];
        ticket = new LinkTicket(BinaryPrimitives.ReadInt64BigEndian(bytes[1..]), DateTimeOffset.FromUnixTimeSeconds(seconds), bytes[0] == WithCredential, key);
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
        Seal(KeysOf(ticket).Password, payload, password);
        return Base64Url.EncodeToString(password);
    }

    /// <summary>The key that a ticket is sealed under; null for none of the ring.</summary>
    private string? SealerOf(ReadOnlySpan<byte> bytes)
    {
        Span<byte> expected = stackalloc byte[SealLength];
        foreach (var key in ring.Keys)
        {
            Seal(KeysOf(key).Seal, bytes[..PayloadLength], expected);
            if (CryptographicOperations.FixedTimeEquals(expected, bytes[PayloadLength..]))
            {
                return key.Id;
            }
        }

        return null;
    }

    private Keys KeysOf(LinkTicket ticket) => KeysOf(ring.Find(ticket.KeyId) ?? ring.Newest);

    private Keys KeysOf(MasterKey key) => keys.GetOrAdd(key.Id, static (_, master) => new Keys(master.Derive("mirror link"), master.Derive("mirror password")), key);

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

    private sealed record Keys(byte[] Seal, byte[] Password);
}
