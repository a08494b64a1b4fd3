using System.Buffers.Binary;

namespace CwmpShield.Core.Udp;

/// <summary>Writes the answer to one request into a buffer of <see cref="StunMessage.MaxAnswer"/> bytes.</summary>
internal ref struct StunWriter
{
    public const int IntegrityLength = AttributeHeader + StunIntegrity.Length;
    public const int FingerprintLength = AttributeHeader + StunFingerprint.Length;

    private const int AttributeHeader = 4;

    private readonly Span<byte> buffer;
    private readonly bool classic;
    private readonly bool fingerprint;
    private int length = StunMessage.HeaderLength;

    public StunWriter(in StunRequest request, Span<byte> buffer)
    {
        this.buffer = buffer[..StunMessage.MaxAnswer];
        classic = request.IsClassic;
        fingerprint = request.HasFingerprint;
        this.buffer.Clear();
        BinaryPrimitives.WriteUInt16BigEndian(this.buffer, StunMessage.BindingResponse);
        request.Transaction.CopyTo(this.buffer[4..]);
    }

    /// <summary>Tells where the request came from.</summary>
    public void Mapped(in StunEndpoint source)
    {
        var value = Attribute(classic ? StunAttribute.MappedAddress : StunAttribute.XorMappedAddress, StunAddress.Length(source.Address));
        StunAddress.Write(value, source.Address, source.Port);
        if (!classic)
        {
            StunAddress.Mask(value, buffer.Slice(4, 16));
        }
    }

    /// <summary>Adds an address if the message stays within <paramref name="room"/> bytes.</summary>
    public void Address(ushort type, in StunEndpoint endpoint, int room)
    {
        var size = StunAddress.Length(endpoint.Address);
        if (length + AttributeHeader + size <= room)
        {
            StunAddress.Write(Attribute(type, size), endpoint.Address, endpoint.Port);
        }
    }

    /// <summary>Makes it an error. The phrase may be empty; nobody reads it here.</summary>
    public void Error(int code)
    {
        BinaryPrimitives.WriteUInt16BigEndian(buffer, StunMessage.BindingError);
        var value = Attribute(StunAttribute.ErrorCode, 4);
        value[2] = (byte)(code / 100);
        value[3] = (byte)(code % 100);
    }

    /// <summary>Names the attributes that were not understood. RFC 3489 11.2.10 fills up by repeating one, which RFC 5389 readers take as well.</summary>
    public void Unknown(ReadOnlySpan<byte> types)
    {
        var even = (types.Length + 3) & ~3;
        var value = Attribute(StunAttribute.UnknownAttributes, even);
        types.CopyTo(value);
        if (even > types.Length)
        {
            types[^2..].CopyTo(value[types.Length..]);
        }
    }

    /// <summary>Signs what is there.</summary>
    public void Integrity(ReadOnlySpan<byte> key, bool filled)
    {
        var before = length;
        var value = Attribute(StunAttribute.MessageIntegrity, StunIntegrity.Length);
        Span<byte> text = stackalloc byte[StunMessage.MaxAnswer + 64];
        buffer[..before].CopyTo(text);
        StunIntegrity.Compute(text, before, key, filled, value);
    }

    /// <summary>Ends the message and returns its bytes.</summary>
    public int Finish()
    {
        if (fingerprint)
        {
            var before = length;
            var value = Attribute(StunAttribute.Fingerprint, StunFingerprint.Length);
            BinaryPrimitives.WriteUInt32BigEndian(value, StunFingerprint.Compute(buffer[..before]));
        }

        return length;
    }

    private Span<byte> Attribute(ushort type, int size)
    {
        BinaryPrimitives.WriteUInt16BigEndian(buffer[length..], type);
        BinaryPrimitives.WriteUInt16BigEndian(buffer[(length + 2)..], (ushort)size);
        var value = buffer.Slice(length + AttributeHeader, size);
        length += AttributeHeader + size;
        BinaryPrimitives.WriteUInt16BigEndian(buffer[2..], (ushort)(length - StunMessage.HeaderLength));
        return value;
    }
}
