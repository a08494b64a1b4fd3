using System.Text;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Identity;
using CwmpShield.Core.Identity.Rotation;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Inspection;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Storage.Credentials;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace CwmpShield.Gateway.Tests.Doubles;

/// <summary>A gateway whose devices <c>7</c> and <c>8</c> log in by Basic inside TLS with <c>pw7</c> and <c>pw8</c>, before an ACS that checks them.</summary>
internal sealed class CredentialLab : IAsyncDisposable
{
    private CredentialLab(Lab lab, CheckingAcs acs) => (Lab, Acs) = (lab, acs);

    public Lab Lab { get; }

    public CheckingAcs Acs { get; }

    public IDeviceRegistry Registry => Lab.Services.GetRequiredService<IDeviceRegistry>();

    public static DeviceId Device(string serial) => new(Lab.Oui, Lab.ProductClass, serial);

    public static async Task<CredentialLab> StartAsync(
        bool isDigest = false,
        AcsCredentialMode mode = AcsCredentialMode.None,
        DeviceStatus status = DeviceStatus.Active,
        string? rules = null,
        Func<GatewayOptions, GatewayOptions>? options = null,
        string? rulesFolder = null,
        Action<WebApplicationBuilder>? configure = null)
    {
        var acs = new CheckingAcs(isDigest);
        GatewayOptions Own(GatewayOptions plain)
        {
            var own = plain with
            {
                Acs = plain.Acs with { Credentials = new AcsCredentialOptions { Mode = mode } },
                Listeners =
                [
                    plain.Listeners[0] with
                    {
                        ClientCertificates = ClientCertificatePolicy.Allow,
                        Identity = new ListenerIdentityOptions { Require = IdentityRequirement.Credential, Challenge = HttpChallenge.Basic, UserPattern = "{serial}" },
                    },
                ],
            };
            return options?.Invoke(own) ?? own;
        }

        var lab = rulesFolder is not null
            ? await Lab.StartAsync(
                acs.Server,
                plain => Own(plain with { Rules = plain.Rules with { Path = rulesFolder } }),
                builder =>
                {
                    builder.Services.AddSingleton<InspectMessage>(provider => provider.GetRequiredService<RuleSetHolder>().Inspect);
                    configure?.Invoke(builder);
                })
            : rules is null ? await Lab.StartAsync(acs.Server, Own) : await Lab.StartWithRulesAsync(acs.Server, rules, Own);
        var result = new CredentialLab(lab, acs);
        foreach (var serial in new[] { "7", "8" })
        {
            await result.Registry.AddAsync(new DeviceDraft { Device = Device(serial), Secret = Password("pw" + serial), Status = status }, default);
        }

        return result;
    }

    public static StoredSecret.Password Password(string text) => new(Encoding.UTF8.GetBytes(text));

    public static string Basic(string user, string password) =>
        $"Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"))}\r\n";

    /// <summary>The order that sets parameters.</summary>
    public static Func<string, string> Set(params (string Name, string Value)[] values) => id => Soap.Envelope(
        id,
        $"""<cwmp:SetParameterValues><ParameterList soap-enc:arrayType="cwmp:ParameterValueStruct[{values.Length}]">"""
        + string.Concat(values.Select(one => $"""<ParameterValueStruct><Name>{one.Name}</Name><Value xsi:type="xsd:string">{one.Value}</Value></ParameterValueStruct>"""))
        + "</ParameterList><ParameterKey/></cwmp:SetParameterValues>");

    public static string SetResponse(string id, int status = 0) =>
        Soap.Envelope(id, $"<cwmp:SetParameterValuesResponse><Status>{status}</Status></cwmp:SetParameterValuesResponse>");

    /// <summary>A device that is connected and has not said anything.</summary>
    public async Task<ScriptedDevice> DeviceAsync(string user = "7", string password = "pw7", string serial = "7")
    {
        var device = await ScriptedDevice.ConnectAsync(Lab.Door(), null, serial, tls: true);
        device.Headers = Basic(user, password);
        return device;
    }

    /// <summary>The status of an Inform with this log-in; the session is ended in full where there is one.</summary>
    public async Task<int> LogInAsync(string password, string user = "7", string serial = "7")
    {
        await using var device = await DeviceAsync(user, password, serial);
        var answer = await device.PostAsync(Soap.Inform(serial));
        if (answer.Status == 200)
        {
            Assert.Equal(204, (await device.EmptyAsync()).Status);
        }

        await Lab.QuietAsync();
        return answer.Status;
    }

    /// <summary>The status of an Inform with this log-in; the session is cut, so that it proves nothing.</summary>
    public async Task<int> TryLogInAsync(string password, string user = "7", string serial = "7")
    {
        int status;
        await using (var device = await DeviceAsync(user, password, serial))
        {
            status = (await device.PostAsync(Soap.Inform(serial))).Status;
        }

        foreach (var session in Lab.Sessions.All)
        {
            Lab.Services.GetRequiredService<Gateway.Forwarding.SessionEnding>().Request(session, Gateway.Inspection.SessionOutcome.DeviceGone);
        }

        await Lab.QuietAsync();
        return status;
    }

    /// <summary>A session in which the device gets one order and answers it with <paramref name="answer"/>; null hangs up instead.</summary>
    public async Task<DeviceSaw> OrderAsync(Func<string, string> order, Func<string, string>? answer, string password = "pw7", string user = "7")
    {
        Acs.Order(order);
        DeviceSaw seen;
        await using (var device = await DeviceAsync(user, password))
        {
            await device.InformAsync();
            seen = await device.EmptyAsync();
            if (answer is not null && seen.Body.Length > 0)
            {
                Assert.Equal(204, (await device.PostAsync(answer(seen.Id))).Status);
            }
        }

        if (answer is null)
        {
            foreach (var session in Lab.Sessions.All)
            {
                Lab.Services.GetRequiredService<Gateway.Forwarding.SessionEnding>().Request(session, Gateway.Inspection.SessionOutcome.DeviceGone);
            }
        }

        await Lab.QuietAsync();
        return seen;
    }

    public async Task<RegisteredDevice> RowAsync(string serial = "7") => (await Registry.FindAsync(Device(serial), default))!.Device;

    /// <summary>The states of a credential in words.</summary>
    public async Task<string> StatesAsync(CredentialPurpose purpose = CredentialPurpose.Login)
    {
        var state = await Registry.CredentialAsync((await RowAsync()).Key, purpose, default);
        return string.Join(' ', state.LoginsAt(TimeProvider.System.GetUtcNow()).Select(one =>
            $"{one.Slot.ToString().ToLowerInvariant()}:{(one.Credential.User is { } user ? user + "/" : "")}{Encoding.UTF8.GetString(((StoredSecret.Password)one.Credential.Secret!).Utf8.Span)}"));
    }

    public async ValueTask DisposeAsync()
    {
        await Lab.DisposeAsync();
        await Acs.DisposeAsync();
    }
}
