using CwmpShield.Core.Identity;
using Xunit;

namespace CwmpShield.Core.Tests.Identity;

public sealed class CertificateClaimTests
{
    private static readonly string[] Patterns =
        ["cn:{oui}-{product-class}-{serial}", "cn:{oui}-{serial}", "san:{serial}.cpe.example.net"];

    [Fact]
    public void Claims_nothing_without_a_certificate() => Assert.Equal(new CertificateClaim(CertificateKind.None, null), Claim(null));

    [Fact]
    public void Claims_the_device_that_the_common_name_spells() => Assert.Equal(
        new CertificateClaim(CertificateKind.Unique, new DeviceName("001122", "HGW", "SN1")),
        Claim(Certificates.Facts(["001122-HGW-SN1"])));

    [Fact]
    public void Puts_the_parts_of_agreeing_names_together() => Assert.Equal(
        new CertificateClaim(CertificateKind.Unique, new DeviceName("001122", null, "SN1")),
        Claim(Certificates.Facts(["001122-SN1"], ["SN1.cpe.example.net", "other.example.org"])));

    [Fact]
    public void Refuses_names_of_different_devices()
    {
        Assert.Equal(IdentityReason.CertificateNamesDisagree, Refusal(Certificates.Facts(["001122-HGW-SN1"], ["SN2.cpe.example.net"])));
        Assert.Equal(IdentityReason.CertificateNamesDisagree, Refusal(Certificates.Facts([], ["SN1.cpe.example.net", "SN2.cpe.example.net"])));
    }

    [Fact]
    public void Refuses_names_that_can_be_read_two_ways_whoever_read_them()
    {
        Assert.Equal(IdentityReason.CertificateNameInvalid, Refusal(Certificates.Facts(["001122-HGW-SN1", "001122-HGW-SN1"])));
        Assert.Equal(IdentityReason.CertificateNameInvalid, Refusal(Certificates.Facts(["HGW generic", "001122-HGW-SN1"])));
        Assert.Equal(IdentityReason.CertificateNameInvalid, Refusal(Certificates.Facts(["001122-HGW-SN1\0"])));
        Assert.Equal(IdentityReason.CertificateNameInvalid, Refusal(Certificates.Facts(["001122-HGW-SN1"], ["*.cpe.example.net"])));
    }

    [Fact]
    public void Knows_a_shared_certificate_whatever_else_it_names()
    {
        Assert.Equal(CertificateKind.Shared, Claim(Certificates.Facts(["HGW generic"]))!.Kind);
        Assert.Equal(CertificateKind.Shared, Claim(Certificates.Facts(["HGW generic"], ["SN1.cpe.example.net"]))!.Kind);
    }

    [Theory]
    [InlineData("Router")]
    [InlineData("hgw GENERIC")]
    [InlineData("001122-HGW-2000-SN1")]
    public void Claims_no_device_by_a_name_that_fits_no_pattern(string name) =>
        Assert.Equal(CertificateKind.Unnamed, Claim(Certificates.Facts([name]))!.Kind);

    private static CertificateClaim? Claim(CertificateFacts? facts)
    {
        Assert.True(Read(facts, out var claim, out var reason), reason);
        return claim;
    }

    private static string Refusal(CertificateFacts facts)
    {
        Assert.False(Read(facts, out var claim, out var reason));
        Assert.Null(claim);
        return reason;
    }

    private static bool Read(CertificateFacts? facts, out CertificateClaim? claim, out string reason)
    {
        var patterns = Patterns.Select(text => SubjectPattern.TryParse(text, out var pattern, out _) ? pattern! : throw new InvalidOperationException()).ToList();
        return CertificateClaim.TryRead(facts, patterns, ["HGW generic"], out claim, out reason);
    }
}
