using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Identity;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace CwmpShield.Core.Tests.Identity;

public sealed class NamePatternTests
{
    private const string Full = "{oui}-{product-class}-{serial}";

    [Theory]
    [InlineData(Full, "001122-HGW-SN1", "001122", "HGW", "SN1")]
    [InlineData(Full, "001122-HGW%2D2000-SN%2F1", "001122", "HGW-2000", "SN/1")]
    [InlineData(Full, "00aabb-HGW-SN1", "00aabb", "HGW", "SN1")]
    [InlineData(Full, "001122--SN1", "001122", "", "SN1")]
    [InlineData(Full, "001122-B%C3%BCro-SN1", "001122", "Büro", "SN1")]
    [InlineData("{oui}-{serial}", "001122-SN1", "001122", null, "SN1")]
    [InlineData("{serial}", "8KA8WA1151100043", null, null, "8KA8WA1151100043")]
    [InlineData("cpe.{serial}.devices.example.net", "cpe.SN1.devices.example.net", null, null, "SN1")]
    [InlineData("urn:dev:ops:{oui}-{product-class}-{serial}", "urn:dev:ops:001122-HGW-SN1", "001122", "HGW", "SN1")]
    public void Reads_a_name(string pattern, string text, string? oui, string? productClass, string serial) =>
        Assert.Equal(new DeviceName(oui, productClass, serial), Pattern(pattern).Match(text));

    [Theory]
    [InlineData(Full, "")]
    [InlineData(Full, "001122-HGW-")]
    [InlineData(Full, "001122-SN1")]
    [InlineData(Full, "001122-HGW-2000-SN1")]
    [InlineData(Full, "001122-HGW-SN1-")]
    [InlineData(Full, "001122-HGW-SN1 ")]
    [InlineData(Full, "001122-HGW-SN.1")]
    [InlineData(Full, "001122-HGW-SN%2")]
    [InlineData(Full, "001122-HGW-SN%zz")]
    [InlineData(Full, "001122-HGW-%FF")]
    [InlineData(Full, "001122-HGW-SN1%00")]
    [InlineData(Full, "001122-HG%0AW-SN1")]
    [InlineData(Full, "001122-HGW-%C2%85SN1")]
    [InlineData(Full, "00112-HGW-SN1")]
    [InlineData(Full, "00112G-HGW-SN1")]
    [InlineData(Full, "001122-HGW-SN*")]
    [InlineData("{serial}.example.net", "SN1.example.net.evil.org")]
    [InlineData("{serial}.example.net", "SN1.EXAMPLE.net")]
    [InlineData("{serial}.example.net", "a.SN1.example.net")]
    public void Refuses_what_does_not_fit(string pattern, string text) => Assert.Null(Pattern(pattern).Match(text));

    [Fact]
    public void Refuses_fields_beyond_the_schema()
    {
        Assert.NotNull(Pattern("{serial}").Match(new string('A', 64)));
        Assert.Null(Pattern("{serial}").Match(new string('A', 65)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{oui}")]
    [InlineData("{serial}{oui}")]
    [InlineData("{serial}-{serial}")]
    [InlineData("{oui}-{oui}-{serial}")]
    [InlineData("{serial}cpe")]
    [InlineData("{oui}_{serial}")]
    [InlineData("{mac}-{serial}")]
    [InlineData("{Serial}")]
    [InlineData("{serial")]
    [InlineData("a{{serial}}")]
    public void Refuses_a_pattern_that_could_be_read_two_ways(string pattern)
    {
        Assert.False(NamePattern.TryParse(pattern, out _, out var error));
        Assert.NotEmpty(error);
    }

    [Fact]
    public void Reads_back_every_name_that_TR_069_writes() => Prop.ForAll<NonNull<string>, NonNull<string>>((productClass, serial) =>
    {
        var device = new DeviceId("001122", Field(productClass.Get), "s" + Field(serial.Get));
        var name = Pattern(device.ProductClass.Length == 0 ? "{oui}-{serial}" : Full).Match(device.ToString());
        return name is not null && name.Names(device) && !name.Names(device with { SerialNumber = device.SerialNumber + "x" });
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Theory]
    [InlineData("cn:{serial}", "cn", true)]
    [InlineData("cn:{serial}", "san", false)]
    [InlineData("san:{serial}", "san", true)]
    [InlineData("san:{serial}", "cn", false)]
    public void Looks_where_the_subject_pattern_says(string text, string place, bool isFound)
    {
        Assert.True(SubjectPattern.TryParse(text, out var pattern, out _));
        var facts = Certificates.Facts(commonNames: place is "cn" ? ["SN1"] : [], alternativeNames: place is "san" ? ["SN1"] : []);
        Assert.Equal(isFound, pattern!.Match(facts).Any());
    }

    [Theory]
    [InlineData("{serial}")]
    [InlineData("CN:{serial}")]
    [InlineData("dn:{serial}")]
    [InlineData("cn:")]
    public void Refuses_a_subject_pattern_without_place_or_pattern(string text) => Assert.False(SubjectPattern.TryParse(text, out _, out _));

    private static string Field(string text) => string.Concat(text.Where(c => !char.IsSurrogate(c) && !char.IsControl(c)).Take(60));

    private static NamePattern Pattern(string text)
    {
        Assert.True(NamePattern.TryParse(text, out var pattern, out var error), error);
        return pattern!;
    }
}
