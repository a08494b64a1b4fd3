namespace CwmpShield.Core.Udp;

/// <summary>Attribute types of RFC 3489 11.2, RFC 5389 18.2 and TR-069 Annex G that are known here. Below 0x8000 a receiver must understand them.</summary>
internal static class StunAttribute
{
    public const ushort MappedAddress = 0x0001;
    public const ushort ResponseAddress = 0x0002;
    public const ushort ChangeRequest = 0x0003;
    public const ushort SourceAddress = 0x0004;
    public const ushort ChangedAddress = 0x0005;
    public const ushort UserName = 0x0006;
    public const ushort MessageIntegrity = 0x0008;
    public const ushort ErrorCode = 0x0009;
    public const ushort UnknownAttributes = 0x000A;
    public const ushort ReflectedFrom = 0x000B;
    public const ushort Realm = 0x0014;
    public const ushort Nonce = 0x0015;
    public const ushort XorMappedAddress = 0x0020;
    public const ushort Fingerprint = 0x8028;
    public const ushort ConnectionRequestBinding = 0xC001;
    public const ushort BindingChange = 0xC002;

    /// <summary>Whether a request may have it without being told of an unknown attribute. What belongs into answers is passed over.</summary>
    public static bool IsKnown(ushort type) => type is >= 0x8000 or (>= MappedAddress and <= ReflectedFrom) or Realm or Nonce or XorMappedAddress;
}
