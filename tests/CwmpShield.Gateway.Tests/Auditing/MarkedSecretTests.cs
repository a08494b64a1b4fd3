using System.Text;
using CwmpShield.Core.Audit;
using CwmpShield.Gateway.Auditing;
using CwmpShield.Gateway.Tests.Doubles;

namespace CwmpShield.Gateway.Tests.Auditing;

/// <summary>Secrets that go through the gateway under a mark that nothing else has are looked for in all that it keeps.</summary>
public sealed class MarkedSecretTests
{
    private const string Mark = "s3cr3tM4rk";

    [Fact]
    public async Task Keeps_no_secret_of_orders_and_answers_in_store_ledger_or_metrics()
    {
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        acs.Order(id => Set(
            id,
            ("InternetGatewayDevice.ManagementServer.ConnectionRequestPassword", Mark + "1"),
            ("InternetGatewayDevice.LANDevice.1.WLANConfiguration.1.PreSharedKey.1.KeyPassphrase", Mark + "2"),
            ("InternetGatewayDevice.X_VENDOR_Blob", Mark + "3"),
            ("InternetGatewayDevice.ManagementServer.UpgradesManaged", Mark + "4@mail"),
            ("InternetGatewayDevice.ManagementServer.URL", $"https://anna:{Mark}5@acs.example/cwmp?token={Mark}6")));
        acs.Order(id => Download(id, $"http://files.example/fw.bin?sig={Mark}9"));
        acs.Order(id => Download(id, $"ftp://anna:{Mark}a/{Mark}b@files.example/fw.bin"));
        acs.Order(id => Soap.GetParameterValues(id));
        await using var lab = await Lab.StartAsync(server);
        await using var device = await lab.DeviceAsync();
        await device.InformAsync();
        Assert.Equal("SetParameterValues", (await device.EmptyAsync()).Method);
        var answered = await device.PostAsync(Soap.Envelope("o1", "<cwmp:SetParameterValuesResponse><Status>0</Status></cwmp:SetParameterValuesResponse>"));
        Assert.Equal("Download", answered.Method);
        Assert.Equal("Download", (await device.PostAsync(Fault("o2"))).Method);
        Assert.Equal("GetParameterValues", (await device.PostAsync(Fault("o3"))).Method);
        await device.PostAsync(Soap.GetParameterValuesResponse("o4", Mark + "d"));
        await lab.LedgerAsync(record => record.Kind == AuditKind.OrderOutcome, 4);
        var metrics = lab.Metrics();
        await lab.StopAsync();

        Assert.DoesNotContain(Mark, metrics, StringComparison.Ordinal);
        foreach (var row in await new LedgerSearch(lab.Store).FindAsync(new LedgerQuery { Limit = 1000 }, default))
        {
            Assert.DoesNotContain(Mark, Encoding.UTF8.GetString(row.Body), StringComparison.Ordinal);
        }

        var kept = "";
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(lab.Tls.Path("registry.db"))!, "registry.db*"))
        {
            using var shared = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var all = new StreamReader(shared, Encoding.Latin1);
            kept += await all.ReadToEndAsync();
        }

        Assert.Contains("http://files.example/fw.bin", kept, StringComparison.Ordinal);
        Assert.DoesNotContain(Mark, kept, StringComparison.Ordinal);
    }

    private static string Fault(string id) => Soap.Fault(id, 9010).Replace("<FaultString>fault<", $"<FaultString>{Mark}c<", StringComparison.Ordinal);

    private static string Set(string id, params (string Name, string Value)[] values) => Soap.Envelope(
        id,
        $"<cwmp:SetParameterValues><ParameterList soap-enc:arrayType=\"cwmp:ParameterValueStruct[{values.Length}]\">"
        + string.Concat(values.Select(one => $"<ParameterValueStruct><Name>{one.Name}</Name><Value xsi:type=\"xsd:string\">{one.Value}</Value></ParameterValueStruct>"))
        + $"</ParameterList><ParameterKey>{Mark}7</ParameterKey></cwmp:SetParameterValues>");

    private static string Download(string id, string url) => Soap.Envelope(
        id,
        $"<cwmp:Download><CommandKey>k</CommandKey><FileType>1 Firmware Upgrade Image</FileType><URL>{url}</URL><Username>anna</Username><Password>{Mark}8</Password>"
        + "<FileSize>0</FileSize><TargetFileName></TargetFileName><DelaySeconds>0</DelaySeconds><SuccessURL></SuccessURL><FailureURL></FailureURL></cwmp:Download>");
}
