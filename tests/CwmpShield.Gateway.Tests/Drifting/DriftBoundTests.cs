using System.Globalization;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Tests.Doubles;

namespace CwmpShield.Gateway.Tests.Drifting;

/// <summary>What hostile reports, secrets and a store that is down can do: nothing.</summary>
public sealed class DriftBoundTests
{
    private static readonly string[] Secrets = ["horse", "staple", "12345", "54321"];

    [Fact]
    public async Task Stores_and_shows_no_secret_and_takes_no_mask_for_a_change()
    {
        await using var lab = await DriftLab.StartAsync();
        await lab.SetAsync((DriftSoap.Passphrase, "string", "correct horse"), (DriftSoap.Passphrase + "2", "string", "12345"));
        await lab.ReadAsync((DriftSoap.Passphrase, "string", ""), (DriftSoap.Passphrase + "2", "string", "********"));
        Assert.Empty(await lab.OpenAsync());

        await lab.ReadAsync((DriftSoap.Passphrase, "string", "battery staple"), (DriftSoap.Passphrase + "2", "string", "54321"));
        Assert.All(await lab.OpenAsync(), one => Assert.Equal((null, null), (one.Expected, one.Observed)));
        Assert.Equal(2, (await lab.OpenAsync()).Count);
        var told = string.Concat((await lab.RecordsAsync(2)).SelectMany(one => one.Parameters).Select(one => one.Value)) + (await lab.StoredAsync()).Text;
        Assert.All(Secrets, secret => Assert.DoesNotContain(secret, told, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Keeps_the_newest_orders_of_a_device_and_no_more()
    {
        await using var lab = await DriftLab.StartAsync(plain => plain with { Drift = new DriftOptions { MaxParameters = 3 } });
        await lab.SetAsync([.. Enumerable.Range(1, 3).Select(i => Value(i, "a"))]);
        await lab.SetAsync(Value(4, "a"), Value(2, "b"));

        Assert.Equal([2, 3, 4], (await lab.StoredAsync()).Text.Split('\n').Select(line => line["Device.X_A_".Length] - (int)'0').Order());
    }

    [Fact]
    public async Task Remembers_nothing_because_a_device_reports_it_and_records_a_bounded_number()
    {
        await using var lab = await DriftLab.StartAsync();
        await lab.SetAsync([.. Enumerable.Range(1, 100).Select(i => Value(i, "a"))]);
        var hostile = Enumerable.Range(1, 3000).Select(i => Value(i, "b")).ToArray();
        await lab.SessionAsync([.. Enumerable.Range(0, 3).Select(round => ((Func<string, string>)(id => Soap.GetParameterValues(id, "InternetGatewayDevice.")), (Func<string, string>)(id => DriftSoap.Values(id, hostile))))]);

        Assert.Equal(100, (await lab.StoredAsync()).Rows);
        Assert.Equal(100, (await lab.OpenAsync()).Count);
        var records = await lab.RecordsAsync(33);
        Assert.Equal(33, records.Count);
        Assert.Equal(68, records[^1].Count);
    }

    [Fact]
    public async Task Lets_the_session_go_on_where_the_store_cannot_be_written_and_counts_it()
    {
        await using var lab = await DriftLab.StartAsync();
        await lab.SetAsync(Value(1, "a"));
        lab.Acs.Order(id => Soap.GetParameterValues(id));
        await using var device = await lab.Lab.DeviceAsync();
        await device.InformAsync();
        var order = await device.EmptyAsync();
        using (await lab.Lab.LockedStoreAsync())
        {
            Assert.Equal(204, (await device.PostAsync(DriftSoap.Values(order.Id, Value(1, "b")))).Status);
        }

        Assert.Contains("cwmpshield_drift_missed_total 1", lab.Lab.Metrics(), StringComparison.Ordinal);
    }

    private static (string Name, string Type, string Value) Value(int number, string value) => (string.Create(CultureInfo.InvariantCulture, $"Device.X_A_{number}"), "string", value);
}
