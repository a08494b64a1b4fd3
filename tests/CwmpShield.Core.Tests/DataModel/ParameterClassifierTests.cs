using CwmpShield.Core.Cwmp;
using CwmpShield.Core.DataModel;
using FsCheck;
using FsCheck.Fluent;

namespace CwmpShield.Core.Tests.DataModel;

public sealed class ParameterClassifierTests
{
    [Theory]
    [InlineData("Device.A.{i}.B", "Device.A.3.B", true)]
    [InlineData("Device.A.{i}.B", "device.a.[x].b", true)]
    [InlineData("Device.A.{i}.B", "Device.A.B.B", false)]
    [InlineData("Device.A.{i}.B", "Device.A.3.B.C", false)]
    [InlineData("Device.*.B", "Device.A.B", true)]
    [InlineData("Device.*.B", "Device.1.B", true)]
    [InlineData("Device.*.B", "Device.A.A.B", false)]
    [InlineData("Device.**.B", "Device.B", true)]
    [InlineData("Device.**.B", "Device.A.1.C.B", true)]
    [InlineData("Device.**.B", "Device.A.1.C.BB", false)]
    [InlineData("**.B", "InternetGatewayDevice.X.B", true)]
    [InlineData("Device.**.B.**.C", "Device.A.B.D.E.C", true)]
    [InlineData("Device.**.B.**.C", "Device.A.D.E.C", false)]
    [InlineData("Device.A.", "Device.A.B.C", true)]
    [InlineData("Device.A.", "Device.A.", true)]
    [InlineData("Device.A.", "Device.AB.C", false)]
    [InlineData("Device.NTPServer*", "Device.NTPServer5", true)]
    [InlineData("Device.*Server*", "Device.MyServerName", true)]
    [InlineData("Device.*Server*", "Device.MySurverName", false)]
    [InlineData("Device.A.1.B", "Device.A.2.B", true)]
    public void Matches_paths(string pattern, string name, bool expected) =>
        Assert.Equal(expected, Match(pattern, name).Exact.Length == 1);

    [Theory]
    [InlineData("Device.DNS.Client.Server.{i}.DNSServer", "Device.DNS.Client.Server.", true)]
    [InlineData("Device.DNS.Client.Server.{i}.DNSServer", "Device.DNS.", true)]
    [InlineData("Device.DNS.Client.Server.{i}.DNSServer", "Device.DNS.Client.Server.1.", true)]
    [InlineData("Device.DNS.Client.Server.{i}.DNSServer", "Device.DHCPv4.", false)]
    [InlineData("InternetGatewayDevice.**.DNSServers", "InternetGatewayDevice.", true)]
    [InlineData("InternetGatewayDevice.**.DNSServers", "InternetGatewayDevice.WANDevice.1.PortMapping.", false)]
    [InlineData("InternetGatewayDevice.**.WANIPConnection.{i}.DNSServers", "InternetGatewayDevice.WANDevice.1.WANIPConnection.", true)]
    public void Knows_what_lies_below_an_object(string pattern, string name, bool expected) =>
        Assert.Equal(expected, Match(pattern, name).Has(0, ancestors: true));

    [Theory]
    [InlineData("InternetGatewayDevice.WANDevice.1.WANIPConnection.1.X_ACME_CustomDNS", true)]
    [InlineData("Device.X_ACME_DNS.Primary", true)]
    [InlineData("Device.X_ACME.DNS.Server1", true)]
    [InlineData("Device.DNS.Primary", false)]
    [InlineData("Device.X_ACME_DNSStatistics.Count", false)]
    [InlineData("Device.X_ACME.Ping.Host", true)]
    [InlineData("Device.X_ACME_Custom_D-NS", true)]
    [InlineData("Device.X_ACME.Pi_ng.Ho_st", true)]
    [InlineData("Device.D_NS.Primary", false)]
    [InlineData("Device.X_ACME_Ping.Target", false)]
    public void Finds_vendor_twins(string name, bool expected)
    {
        var classifier = new ParameterClassifier();
        var target = classifier.Add(new ParameterClass { Name = "dns", VendorWords = ["dns", "ping.host"] });

        Assert.Equal(expected, classifier.Match(ParameterPath.ShapeOf(name)).Has(target, ancestors: false));
    }

    [Theory]
    [InlineData("Device..B")]
    [InlineData("Device.{j}.B")]
    [InlineData("Device. B")]
    [InlineData("")]
    [InlineData("Device.**.A.**.B.**.C")]
    [InlineData("Device.Ä")]
    public void Refuses_patterns_that_cannot_be_read(string pattern) => Assert.False(PathPattern.TryParse(pattern, out _, out _));

    [Fact]
    public void Matches_every_path_by_its_own_text()
    {
        var steps = Gen.Elements("A", "Bc", "D_e", "X_Q-r").ArrayOf().Where(s => s.Length is > 0 and < 20);
        Prop.ForAll(steps.ToArbitrary(), path => Match("Device." + string.Join('.', path), "device." + string.Join('.', path).ToLowerInvariant()).Exact.Length == 1)
            .QuickCheckThrowOnFailure();
    }

    private static ShapeMatch Match(string pattern, string name)
    {
        Assert.True(PathPattern.TryParse(pattern, out var parsed, out var problem), problem);
        var classifier = new ParameterClassifier();
        classifier.Add(parsed!);
        return classifier.Match(ParameterPath.ShapeOf(name));
    }
}
