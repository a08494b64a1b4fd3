using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Drifting;
using CwmpShield.Gateway.Tests.Storage;

namespace CwmpShield.Gateway.Tests.Drifting;

public sealed class ExpectationRowTests
{
    private static readonly DateTimeOffset At = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(StoreEngine.Sqlite)]
    [InlineData(StoreEngine.Postgresql)]
    public async Task Keeps_of_each_name_what_was_expected_last(StoreEngine engine)
    {
        using var lab = await RegistryLab.OpenAsync(engine);
        await PutAsync(lab, Value("Device.A", "1"), Value("Device.B", "2") with { Shown = "two", Since = At, Seen = At, Drift = DriftKind.Value });
        await PutAsync(lab, Value("Device.B", "3"), Value("Device.C", "4"), Value("Device.B", "5"));
        await PutAsync(lab);

        var kept = await lab.Store.ReadAsync(commands => ExpectationRows.OfDeviceAsync(commands, RegistryLab.Device), default);
        Assert.Equal([Value("Device.A", "1"), Value("Device.B", "5"), Value("Device.C", "4")], kept.OrderBy(one => one.Name, StringComparer.Ordinal));
    }

    private static Expectation Value(string name, string mac) => new() { Name = name, Form = "string", Same = mac, Mac = mac, OrderedAt = At };

    private static ValueTask<int> PutAsync(RegistryLab lab, params Expectation[] expected) => lab.Store.WriteAsync(
        async commands =>
        {
            await ExpectationRows.PutAsync(commands, RegistryLab.Device, expected);
            return 0;
        },
        default);
}
