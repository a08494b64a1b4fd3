using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Identity;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace CwmpShield.Gateway.Tests.Doubles;

/// <summary>
/// A gateway behind a proxy that says where everybody comes from, with a door for certificates and one for passwords. Devices 1 to 3
/// have certificates; 7 and 8 have passwords; M1 to M9 share the user <c>fleet</c> for the time being.
/// </summary>
internal sealed class ThrottleLab : IAsyncDisposable
{
    private ThrottleLab(Lab lab) => Lab = lab;

    public Lab Lab { get; }

    public static async Task<ThrottleLab> StartAsync(
        ScriptedAcs server, ThrottleOptions? throttle = null, ImpersonationOptions? impersonation = null, string? rules = null, Action<WebApplicationBuilder>? configure = null)
    {
        GatewayOptions Options(GatewayOptions plain) => plain with
        {
            Throttle = throttle ?? new ThrottleOptions(),
            Impersonation = impersonation ?? new ImpersonationOptions(),
            Listeners =
            [
                Behind(plain.Listeners[0]),
                Behind(plain.Listeners[0]) with
                {
                    Name = "passwords",

                    // Guesses at one time are for the throttle to count, not for the cap on handshakes to close.
                    Limits = plain.Listeners[0].Limits with { MaxHandshakesPerAddress = 64 },
                    ClientCertificates = ClientCertificatePolicy.None,
                    Identity = new ListenerIdentityOptions { Require = IdentityRequirement.Credential, Challenge = HttpChallenge.Basic, UserPattern = "{serial}" },
                },
                Behind(plain.Listeners[0]) with
                {
                    Name = "cutover",
                    ClientCertificates = ClientCertificatePolicy.None,
                    Identity = new ListenerIdentityOptions { Mode = IdentityMode.Observe, Require = IdentityRequirement.Credential },
                },
            ],
        };
        var lab = rules is null ? await Lab.StartAsync(server, Options, configure) : await Lab.StartWithRulesAsync(server, rules, Options);
        var registry = lab.Services.GetRequiredService<IDeviceRegistry>();
        foreach (var serial in new[] { "7", "8" })
        {
            await registry.AddAsync(new DeviceDraft { Device = Id(serial), Secret = new StoredSecret.Password(Encoding.UTF8.GetBytes("pw" + serial)) }, default);
        }

        for (var i = 1; i <= 9; i++)
        {
            var draft = new DeviceDraft
            {
                Device = Id(string.Create(CultureInfo.InvariantCulture, $"M{i}")),
                SharedUser = "fleet",
                SharedSecret = i == 1 ? new StoredSecret.Password(Encoding.UTF8.GetBytes("pwfleet")) : null,
                MigrationUntil = new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero),
            };
            await registry.AddAsync(draft, default);
        }

        return new ThrottleLab(lab);
    }

    public static DeviceId Id(string serial) => new(Lab.Oui, Lab.ProductClass, serial);

    /// <summary>A device that logs in by password; wrong when <paramref name="password"/> is.</summary>
    public async Task<ScriptedDevice> PasswordAsync(string serial, string from, string? user = null, string? password = null)
    {
        var device = await ScriptedDevice.ConnectAsync(Lab.Door("passwords"), null, serial, tls: true, from: from);
        device.Headers = $"Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user ?? serial}:{password ?? "pw" + (user ?? serial)}"))}\r\n";
        return device;
    }

    public Task<ScriptedDevice> CertificateAsync(string serial, string from, X509Certificate2? certificate = null) =>
        ScriptedDevice.ConnectAsync(Lab.Door(), certificate ?? Lab.CertificateOf(serial), serial, from: from);

    /// <summary>A device at the door where identity is only observed.</summary>
    public Task<ScriptedDevice> ObservedAsync(string serial, string from) => ScriptedDevice.ConnectAsync(Lab.Door("cutover"), null, serial, tls: true, from: from);

    /// <summary>One wrong log-in; what came of it.</summary>
    public async Task<DeviceSaw> GuessAsync(string user, string from)
    {
        await using var guess = await PasswordAsync(user, from, password: "guess");
        return await guess.PostAsync(Soap.Inform(user));
    }

    /// <summary>The status that the registry has for a device.</summary>
    public async Task<DeviceStatus> StatusAsync(string serial) =>
        (await Lab.Services.GetRequiredService<IDeviceRegistry>().FindAsync(Id(serial), default))!.Device.Status;

    public ValueTask DisposeAsync() => Lab.DisposeAsync();

    private static ListenerOptions Behind(ListenerOptions listener) => listener with { ProxyProtocol = true, TrustedProxies = ["127.0.0.1"] };
}
