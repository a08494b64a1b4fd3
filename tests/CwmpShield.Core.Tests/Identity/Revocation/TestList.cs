using System.Formats.Asn1;
using System.Security.Cryptography;
using CwmpShield.Core.Identity.Revocation;

namespace CwmpShield.Core.Tests.Identity.Revocation;

/// <summary>Writes revocation lists, good ones and odd ones.</summary>
internal sealed record TestList(TestAuthority Authority)
{
    private static readonly Asn1Tag Extensions0 = new(TagClass.ContextSpecific, 0);

    public DateTimeOffset ThisUpdate { get; init; } = TestAuthority.Now.AddHours(-1);

    public DateTimeOffset? NextUpdate { get; init; } = TestAuthority.Now.AddDays(1);

    public IReadOnlyList<byte[]> Serials { get; init; } = [];

    /// <summary>Written raw in each entry, after its date.</summary>
    public Action<AsnWriter>? EntryExtensions { get; init; }

    public IReadOnlyList<(string Oid, bool IsCritical, byte[] Value)> Extensions { get; init; } = [];

    public int Version { get; init; } = 1;

    public string Algorithm { get; init; } = TestAuthority.Sha256Ecdsa;

    public string? InnerAlgorithm { get; init; }

    public HashAlgorithmName Hash { get; init; } = HashAlgorithmName.SHA256;

    /// <summary>Signs instead of the authority's own key.</summary>
    public ECDsa? Signer { get; init; }

    public byte[]? IssuerName { get; init; }

    public byte[] ToDer()
    {
        var content = Content();
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteEncodedValue(content);
            WriteAlgorithm(writer, Algorithm);
            writer.WriteBitString((Signer ?? Authority.Key).SignData(content, Hash, DSASignatureFormat.Rfc3279DerSequence));
        }

        return writer.Encode();
    }

    public RevocationList Read()
    {
        Assert.True(Authority.Reader().TryRead(ToDer(), TestAuthority.Now, out var list, out var reason), reason);
        return list!;
    }

    public static byte[] Der(Action<AsnWriter> write)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        write(writer);
        return writer.Encode();
    }

    private byte[] Content() => Der(writer =>
    {
        using var sequence = writer.PushSequence();
        writer.WriteInteger(Version);
        WriteAlgorithm(writer, InnerAlgorithm ?? Algorithm);
        writer.WriteEncodedValue(IssuerName ?? Authority.Name);
        writer.WriteUtcTime(ThisUpdate);
        if (NextUpdate is { } next)
        {
            writer.WriteUtcTime(next);
        }

        WriteEntries(writer);
        if (Extensions.Count > 0)
        {
            using var outer = writer.PushSequence(Extensions0);
            using var inner = writer.PushSequence();
            foreach (var extension in Extensions)
            {
                WriteExtension(writer, extension.Oid, extension.IsCritical, extension.Value);
            }
        }
    });

    private void WriteEntries(AsnWriter writer)
    {
        if (Serials.Count == 0)
        {
            return;
        }

        using var entries = writer.PushSequence();
        foreach (var serial in Serials)
        {
            using var entry = writer.PushSequence();
            writer.WriteInteger(serial);
            writer.WriteUtcTime(ThisUpdate);
            EntryExtensions?.Invoke(writer);
        }
    }

    public static void WriteExtension(AsnWriter writer, string oid, bool isCritical, byte[] value)
    {
        using var extension = writer.PushSequence();
        writer.WriteObjectIdentifier(oid);
        if (isCritical)
        {
            writer.WriteBoolean(true);
        }

        writer.WriteOctetString(value);
    }

    private static void WriteAlgorithm(AsnWriter writer, string oid)
    {
        using var algorithm = writer.PushSequence();
        writer.WriteObjectIdentifier(oid);
    }
}
