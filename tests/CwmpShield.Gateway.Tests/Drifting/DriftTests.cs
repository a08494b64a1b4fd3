using CwmpShield.Core.Audit;
using CwmpShield.Gateway.Drifting;
using CwmpShield.Gateway.Tests.Doubles;

namespace CwmpShield.Gateway.Tests.Drifting;

/// <summary>What was ordered, against what the device reports later.</summary>
public sealed class DriftTests
{
    [Fact]
    public async Task Finds_a_value_that_differs_tells_it_once_and_clears_it_when_it_fits_again()
    {
        await using var lab = await DriftLab.StartAsync();
        await lab.SetAsync((DriftSoap.Dns, "string", "192.0.2.53,192.0.2.54"));
        await lab.ReadAsync((DriftSoap.Dns, "string", "203.0.113.9"));

        var drift = Assert.Single(await lab.OpenAsync());
        Assert.Equal((DriftSoap.Dns, DriftKind.Value, "192.0.2.53,192.0.2.54", "203.0.113.9"), (drift.Name, drift.Kind, drift.Expected, drift.Observed));
        var found = (await lab.RecordsAsync(1))[0];
        Assert.Equal((DriftAction.Found, DriftSoap.Dns, "00D09E-HGW-1", "unique-certificate"), (found.Action, found.Subject, found.Device, found.Strength));
        Assert.Equal([DriftKind.Value], found.Reasons);
        Assert.Equal(["ordered", "observed"], found.Parameters.Select(one => one.Name));
        Assert.Equal(drift.ExpectedMac, found.Parameters[0].Mac);
        await lab.Lab.CountsAsync("cwmpshield_drift_total", DriftKind.Value);
        Assert.DoesNotContain("00D09E", lab.Lab.Metrics().Split('\n').First(line => line.StartsWith("cwmpshield_drift_total{", StringComparison.Ordinal)), StringComparison.Ordinal);

        await lab.ReadAsync((DriftSoap.Dns, "string", "203.0.113.9"));
        await lab.ReadAsync((DriftSoap.Dns, "string", "192.0.2.53, 192.0.2.54"));

        Assert.Empty(await lab.OpenAsync());
        Assert.Equal([DriftAction.Found, DriftAction.Cleared], (await lab.RecordsAsync(2)).Select(one => one.Action));
        await lab.Lab.CountsAsync("cwmpshield_drift_cleared_total", DriftKind.Value);
    }

    [Fact]
    public async Task Names_the_order_whose_value_is_gone_by_the_same_hash()
    {
        await using var lab = await DriftLab.StartAsync();
        await lab.SetAsync((DriftSoap.Ssid, "string", "Home"));
        await lab.ReadAsync((DriftSoap.Ssid, "string", "Evil"));

        var order = (await lab.Lab.LedgerAsync(record => record is { Kind: AuditKind.OrderIntent, Message: "SetParameterValues" }, 1))[0];
        Assert.Equal(order.Parameters[0].Mac, (await lab.OpenAsync())[0].ExpectedMac);
    }

    [Theory]
    [InlineData("boolean", "1", "boolean", "true")]
    [InlineData("string", "true", "boolean", "1")]
    [InlineData("unsignedInt", "5", "unsignedInt", "005")]
    [InlineData("dateTime", "2026-11-22T03:29:07Z", "dateTime", "2026-11-22T04:29:07+01:00")]
    [InlineData("string", "AA-BB-CC-DD-EE-FF", "string", "aa:bb:cc:dd:ee:ff")]
    [InlineData("hexBinary", "DEADBEEF", "hexBinary", "deadbeef")]
    [InlineData("string", "2001:DB8::1, 192.0.2.1", "string", "2001:db8:0::1,192.0.2.1")]
    [InlineData("string", "http://ACS.example", "string", "HTTP://acs.example/")]
    public async Task Finds_none_in_another_spelling_of_the_same_value(string orderedType, string ordered, string reportedType, string reported)
    {
        await using var lab = await DriftLab.StartAsync();
        await lab.SetAsync((DriftSoap.Ssid, orderedType, ordered));
        await lab.ReadAsync((DriftSoap.Ssid, reportedType, reported));

        Assert.Empty(await lab.OpenAsync());
        Assert.Equal(1, (await lab.StoredAsync()).Rows);
    }

    [Theory]
    [InlineData("InternetGatewayDevice.IPPingDiagnostics.DiagnosticsState", "Requested", "Complete")]
    [InlineData("InternetGatewayDevice.LANDevice.1.WLANConfiguration.1.X_VENDOR_Reset", "1", "0")]
    [InlineData("InternetGatewayDevice.LANDevice.1.WLANConfiguration.1.Channel", "6", "11")]
    [InlineData("Device.Ethernet.Interface.1.Stats.BytesSent", "0", "12")]
    public async Task Finds_none_in_what_changes_by_nature(string name, string ordered, string reported)
    {
        await using var lab = await DriftLab.StartAsync();
        await lab.SetAsync((name, "string", ordered));
        await lab.ReadAsync((name, "string", reported));

        Assert.Empty(await lab.OpenAsync());
    }

    [Fact]
    public async Task Finds_none_in_what_DHCP_gives_unless_an_order_says_that_it_does_not()
    {
        await using var lab = await DriftLab.StartAsync();
        await lab.SetAsync((DriftSoap.Dns, "string", "192.0.2.53"));
        await lab.ReadAsync((DriftSoap.Dns, "string", "198.51.100.1"), (DriftSoap.Addressing, "string", "DHCP"));
        Assert.Empty(await lab.OpenAsync());

        await lab.SetAsync((DriftSoap.Addressing, "string", "Static"));
        await lab.ReadAsync((DriftSoap.Dns, "string", "198.51.100.1"), (DriftSoap.Addressing, "string", "DHCP"));
        Assert.Equal([DriftSoap.Addressing, DriftSoap.Dns], (await lab.OpenAsync()).Select(one => one.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Expects_what_was_ordered_last()
    {
        await using var lab = await DriftLab.StartAsync();
        await lab.SetAsync((DriftSoap.Ssid, "string", "Home"));
        await lab.ReadAsync((DriftSoap.Ssid, "string", "Evil"));
        await lab.SetAsync((DriftSoap.Ssid, "string", "Evil"));
        await lab.ReadAsync((DriftSoap.Ssid, "string", "Evil"));

        Assert.Empty(await lab.OpenAsync());
        Assert.Equal(DriftAction.OrderedAgain, (await lab.RecordsAsync(2))[1].Action);
    }

    [Fact]
    public async Task Expects_nothing_of_an_order_that_the_device_refused_or_that_was_never_let_go()
    {
        await using var lab = await DriftLab.StartAsync();
        await lab.SessionAsync([(id => DriftSoap.Set(id, (DriftSoap.Ssid, "string", "Home")), id => Soap.Fault(id, 9003))]);

        Assert.Equal(0, (await lab.StoredAsync()).Rows);
    }

    [Fact]
    public async Task Waits_for_the_next_session_where_the_device_has_accepted_but_not_applied()
    {
        await using var lab = await DriftLab.StartAsync();
        await lab.SessionAsync(
        [
            (id => DriftSoap.Set(id, (DriftSoap.Ssid, "string", "Home")), id => DriftSoap.SetDone(id, status: 1)),
            (id => Soap.GetParameterValues(id), id => DriftSoap.Values(id, (DriftSoap.Ssid, "string", "Old"))),
        ]);
        Assert.Empty(await lab.OpenAsync());

        await lab.ReadAsync((DriftSoap.Ssid, "string", "Old"));
        Assert.Single(await lab.OpenAsync());
    }

    [Fact]
    public async Task Tells_a_change_that_the_device_itself_reports_from_one_that_it_hides()
    {
        await using var lab = await DriftLab.StartAsync();
        await lab.SetAsync((DriftSoap.Ssid, "string", "Home"));
        await lab.SessionAsync([], inform: DriftSoap.Inform("1", "4 VALUE CHANGE", DriftSoap.Ssid, "Mine"));

        Assert.Equal(DriftKind.LocalChange, Assert.Single(await lab.OpenAsync()).Kind);
        await lab.Lab.CountsAsync("cwmpshield_drift_total", DriftKind.LocalChange);
    }

    [Fact]
    public async Task Listens_only_to_the_device_that_was_ordered()
    {
        await using var lab = await DriftLab.StartAsync();
        await lab.SetAsync((DriftSoap.Ssid, "string", "Home"));
        await lab.SessionAsync([(id => Soap.GetParameterValues(id), id => DriftSoap.Values(id, (DriftSoap.Ssid, "string", "Other")))], serial: "2");

        Assert.Empty(await lab.OpenAsync());
        Assert.Empty(await lab.OpenAsync("2"));
    }
}
