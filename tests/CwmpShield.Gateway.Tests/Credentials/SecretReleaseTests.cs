using System.Text.Json;
using CwmpShield.Core.Identity;
using CwmpShield.Gateway.Inspection;
using CwmpShield.Gateway.Tests.Doubles;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using static CwmpShield.Gateway.Tests.Doubles.CredentialLab;

namespace CwmpShield.Gateway.Tests.Credentials;

/// <summary>Subscribers' secrets with the rules that ship: who gets them, and that no record shows them.</summary>
public sealed class SecretReleaseTests : IDisposable
{
    private const string Sip = "InternetGatewayDevice.Services.VoiceService.1.VoiceProfile.1.Line.1.SIP.AuthPassword";
    private const string Secret = "s3cret-of-the-line";
    private readonly DirectoryInfo rules = Directory.CreateTempSubdirectory("cwmpshield-release-");

    public SecretReleaseTests()
    {
        foreach (var file in Directory.EnumerateFiles(RecordedSession.InRepository("rules"), "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(rules.FullName, Path.GetRelativePath(RecordedSession.InRepository("rules"), file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    public void Dispose() => rules.Delete(recursive: true);

    [Theory]
    [InlineData(Sip)]
    [InlineData("Device.PPP.Interface.1.Password")]
    [InlineData("Device.WiFi.AccessPoint.1.Security.KeyPassphrase")]
    public async Task Refuses_a_secret_to_a_device_below_the_site_s_strength_with_9001_and_reports_it(string name)
    {
        await using var lab = await StartAsync();
        var feed = lab.Lab.Services.GetRequiredService<DecisionFeed>().Watch();

        Assert.Equal(204, (await lab.OrderAsync(Set((name, Secret)), id => SetResponse(id))).Status);

        Assert.Equal("9001", lab.Acs.Server.Received.Last().FaultCode);
        await lab.Lab.CountsAsync("cwmpshield_refusals_total", "subscriber-secret-weak-identity");
        var seen = new List<DecisionEvent>();
        while (feed.TryRead(out var one))
        {
            seen.Add(one);
        }

        Assert.Contains(seen, one => one is { Strength: IdentityStrength.PasswordOverTls, Decision.Forwards: false });
    }

    [Fact]
    public async Task Lets_a_secret_pass_to_the_strength_that_the_site_has_lowered_it_to()
    {
        var site = Path.Combine(rules.FullName, "site.yaml");
        await File.WriteAllTextAsync(
            site,
            (await File.ReadAllTextAsync(site)).Replace("subscriber-secret-strength: unique-certificate", "subscriber-secret-strength: password-over-tls", StringComparison.Ordinal));
        await using var lab = await StartAsync();

        var order = await lab.OrderAsync(Set((Sip, Secret)), id => SetResponse(id));

        Assert.Equal("SetParameterValues", order.Method);
        Assert.Contains(Secret, order.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gives_a_device_of_a_shared_user_a_password_of_its_own_where_an_exception_lets_it()
    {
        await File.WriteAllTextAsync(Path.Combine(rules.FullName, "exceptions.yaml"), """
            cwmpshield: 1
            exceptions:
              - rule: management-secret-weak-identity
                device: { group: north }
                parameter: { class: [management-secrets, connection-request-credentials] }
                until: 2099-12-31
                ticket: CHG-1201
            """);
        await using var lab = await StartAsync();
        await ShareAsync(lab, "9", "north");
        await ShareAsync(lab, "10", "south");
        (string, string)[] own = [("Device.ManagementServer.Username", "00D09E-HGW-9"), ("Device.ManagementServer.Password", "0wn-Secret-of-9")];

        Assert.Equal("9001", await FaultAsync(lab, "10", own));
        Assert.Equal("9001", await FaultAsync(lab, "9", own[0]));
        Assert.Equal("9001", await FaultAsync(lab, "9", own[1]));
        Assert.Equal(200, await lab.LogInAsync("pw-fleet", "fleet", "9"));
        Assert.Equal("", await FaultAsync(lab, "9", own));

        Assert.Equal(200, await lab.LogInAsync("0wn-Secret-of-9", "00D09E-HGW-9", "9"));
        Assert.Equal(403, await lab.LogInAsync("pw-fleet", "fleet", "9"));
        Assert.Equal(200, await lab.LogInAsync("pw-fleet", "fleet", "10"));
    }

    [Fact]
    public async Task Empties_the_secret_that_a_listed_model_answers_with()
    {
        var site = Path.Combine(rules.FullName, "site.yaml");
        await File.AppendAllTextAsync(site, $"\n  emptied-secret-models: [{Lab.ProductClass}]\n");
        await using var lab = await StartAsync();

        await lab.OrderAsync(id => Soap.GetParameterValues(id, "Device.WiFi."), id => Answer(id, "Device.WiFi.AccessPoint.1.Security.KeyPassphrase"));

        var told = lab.Acs.Server.Received.Last().Body;
        Assert.Contains("KeyPassphrase", told, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Device.ManagementServer.Password", "00D09E-HGW-7", "management-credential-weak")]
    [InlineData("Device.ManagementServer.ConnectionRequestPassword", "00D09EHGW7", "management-credential-weak")]
    [InlineData("Device.ManagementServer.Username", "8", "management-credential-of-another")]
    public async Task Refuses_by_rule_a_password_of_the_device_s_own_names_and_the_name_of_another_device(string name, string value, string rule)
    {
        await using var lab = await StartAsync();
        var feed = lab.Lab.Services.GetRequiredService<DecisionFeed>().Watch();

        Assert.Equal(204, (await lab.OrderAsync(Set((name, value)), id => SetResponse(id))).Status);

        Assert.Contains(rule, RulesOf(feed));
        Assert.Equal("current:pw7", await lab.StatesAsync());
    }

    [Fact]
    public async Task Records_a_password_that_another_device_has_too()
    {
        await using var lab = await StartAsync();
        await lab.Registry.AddAsync(new Gateway.Storage.DeviceDraft { Device = Device("9"), Secret = Password(Secret) }, default);
        var feed = lab.Lab.Services.GetRequiredService<DecisionFeed>().Watch();

        Assert.Equal("SetParameterValues", (await lab.OrderAsync(Set(("Device.ManagementServer.Password", Secret)), id => SetResponse(id))).Method);

        Assert.Contains("management-credential-reused", RulesOf(feed));
    }

    [Fact]
    public async Task Shows_no_secret_in_log_metrics_events_or_held_orders()
    {
        var log = new LogLines();
        await using var lab = await StartAsync(log);
        var feed = lab.Lab.Services.GetRequiredService<DecisionFeed>().Watch();

        await lab.OrderAsync(Set((Sip, Secret)), id => SetResponse(id));
        await lab.OrderAsync(Set(("Device.ManagementServer.Username", "00D09E-HGW-7"), ("Device.ManagementServer.Password", Secret)), id => SetResponse(id));
        await lab.OrderAsync(id => Soap.GetParameterValues(id, Sip), id => Answer(id, Sip));
        await lab.OrderAsync(id => Soap.GetParameterValues(id, "Device.WiFi."), id => Answer(id, "Device.WiFi.AccessPoint.1.Security.KeyPassphrase"));
        await lab.LogInAsync(Secret, "00D09E-HGW-7");
        await lab.LogInAsync(Secret + "-wrong");

        var events = new List<string>();
        while (feed.TryRead(out var one))
        {
            events.Add(JsonSerializer.Serialize(one));
        }

        var held = new Gateway.Storage.HeldOrderStore(lab.Lab.Store);
        var waiting = JsonSerializer.Serialize(await held.ListAsync(0, 100, null, true, default));
        Assert.Contains("line-password-read", waiting, StringComparison.Ordinal);
        Assert.Contains(events, one => one.Contains("secret-answered", StringComparison.Ordinal));
        Assert.Contains(log.All, line => line.Contains("proven", StringComparison.Ordinal));
        foreach (var record in events.Concat(log.All).Append(waiting).Append(lab.Lab.Metrics()))
        {
            Assert.DoesNotContain(Secret, record, StringComparison.Ordinal);
            Assert.DoesNotContain(Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(Secret)), record, StringComparison.Ordinal);
        }

        // Nor does the store hold it in clear.
        await lab.Lab.StopAsync();
        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(lab.Lab.Tls.Path("registry.db"))!, "registry.db*"))
        {
            Assert.Equal(-1, (await File.ReadAllBytesAsync(file)).AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(Secret)));
        }
    }

    private static List<string> RulesOf(System.Threading.Channels.ChannelReader<DecisionEvent> feed)
    {
        var found = new List<string>();
        while (feed.TryRead(out var one))
        {
            found.AddRange(one.Decision.Hits.Select(hit => hit.RuleId));
        }

        return found;
    }

    private static string Answer(string id, string name) => Soap.Envelope(
        id,
        $"""<cwmp:GetParameterValuesResponse><ParameterList soap-enc:arrayType="cwmp:ParameterValueStruct[1]"><ParameterValueStruct><Name>{name}</Name><Value xsi:type="xsd:string">{Secret}</Value></ParameterValueStruct></ParameterList></cwmp:GetParameterValuesResponse>""");

    private Task<CredentialLab> StartAsync(LogLines? log = null) => CredentialLab.StartAsync(
        rulesFolder: rules.FullName,
        configure: builder =>
        {
            if (log is not null)
            {
                builder.Logging.SetMinimumLevel(LogLevel.Trace);
                builder.Logging.AddProvider(log);
            }
        });

    private static ValueTask<Gateway.Storage.AddResult> ShareAsync(CredentialLab lab, string serial, string group) => lab.Registry.AddAsync(
        new Gateway.Storage.DeviceDraft
        {
            Device = Device(serial),
            Groups = [group],
            SharedUser = "fleet",
            SharedSecret = Password("pw-fleet"),
            MigrationUntil = DateTimeOffset.MaxValue,
        },
        default);

    /// <summary>What the ACS was told of an order; empty where the device took it.</summary>
    private static async Task<string> FaultAsync(CredentialLab lab, string serial, params (string Name, string Value)[] values)
    {
        lab.Acs.Order(Set(values));
        await using var device = await lab.DeviceAsync("fleet", "pw-fleet", serial);
        await device.InformAsync();
        var order = await device.EmptyAsync();
        if (order.Body.Length > 0)
        {
            await device.PostAsync(SetResponse(order.Id));
        }

        await lab.Lab.QuietAsync();
        return order.Body.Length > 0 ? "" : lab.Acs.Server.Received.Last().FaultCode ?? "";
    }
}
