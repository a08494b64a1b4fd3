using CwmpShield.Core.Identity.Revocation;
using FsCheck;
using FsCheck.Fluent;

namespace CwmpShield.Core.Tests.Identity.Revocation;

/// <summary>Serial numbers keep their value.</summary>
public sealed class CertificateSerialTests
{
    [Fact]
    public void Keeps_every_number_and_its_order()
    {
        var property = Prop.ForAll<byte[], byte[]>((left, right) =>
        {
            if (left is not { Length: > 0 and <= 20 } || right is not { Length: > 0 and <= 20 })
            {
                return true;
            }

            var (a, b) = (TestAuthority.Serial(left), TestAuthority.Serial(right));
            var (x, y) = (new System.Numerics.BigInteger(left, true, true), new System.Numerics.BigInteger(right, true, true));
            return new System.Numerics.BigInteger(a.ToOctets(), isUnsigned: false, isBigEndian: true) == x
                && Math.Sign(a.CompareTo(b)) == Math.Sign(x.CompareTo(y))
                && (a == b) == (x == y)
                && CertificateSerial.TryParse(a.ToString(), out var parsed) && parsed == a;
        });
        property.Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    [Fact]
    public void Accepts_twenty_octets_behind_a_leading_zero() =>
        Assert.True(CertificateSerial.TryRead([0, .. Enumerable.Repeat((byte)0xFF, 20)], out _));

    [Fact]
    public void Refuses_more_than_twenty_octets_and_none_at_all()
    {
        Assert.False(CertificateSerial.TryRead([.. Enumerable.Repeat((byte)1, 21)], out _));
        Assert.False(CertificateSerial.TryRead([], out _));
        Assert.False(CertificateSerial.TryParse("", out _));
        Assert.False(CertificateSerial.TryParse("0x12", out _));
    }
}
