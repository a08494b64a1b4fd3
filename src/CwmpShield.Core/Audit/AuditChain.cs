using System.Security.Cryptography;

namespace CwmpShield.Core.Audit;

/// <summary>
/// The chain of one node: each record's hash is SHA-256 over the hash before it and the record's bytes, which name node and place. To
/// change, remove, insert or move a record changes every hash behind it.
/// </summary>
public static class AuditChain
{
    /// <summary>Bytes of a hash.</summary>
    public const int HashLength = 32;

    /// <summary>What the first record of a chain follows: zeros.</summary>
    public static ReadOnlyMemory<byte> Origin { get; } = new byte[HashLength];

    /// <summary>The hash of a record.</summary>
    /// <param name="previous">Hash of the record before it, <see cref="HashLength"/> bytes.</param>
    /// <param name="body">Its bytes.</param>
    /// <param name="hash">Receives it, <see cref="HashLength"/> bytes.</param>
    public static void Hash(ReadOnlySpan<byte> previous, ReadOnlySpan<byte> body, Span<byte> hash)
    {
        Span<byte> joined = stackalloc byte[1024];
        var length = previous.Length + body.Length;
        if (length > joined.Length)
        {
            joined = new byte[length];
        }

        previous.CopyTo(joined);
        body.CopyTo(joined[previous.Length..]);
        SHA256.HashData(joined[..length], hash);
    }
}
