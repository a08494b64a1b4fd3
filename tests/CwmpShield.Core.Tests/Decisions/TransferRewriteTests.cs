using System.Text;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Decisions;
using CwmpShield.Core.Wire;

namespace CwmpShield.Core.Tests.Decisions;

public sealed class TransferRewriteTests
{
    private static readonly TransferReplacement Mirror = new("https://m/T/f", "u", "p", 7);

    [Fact]
    public void Replaces_where_a_file_is_fetched_and_nothing_else()
    {
        var order = Read("<cwmp:Download><CommandKey>k</CommandKey><FileType>1 Firmware Upgrade Image</FileType><URL>https://o/f</URL><Username>a</Username><Password>b</Password><FileSize>0</FileSize><TargetFileName>t</TargetFileName><DelaySeconds>5</DelaySeconds><SuccessURL>s</SuccessURL><FailureURL>f</FailureURL></cwmp:Download>");

        var rewritten = TransferRewrite.Apply(order, [Mirror])!;

        Assert.Equal(order.Transfers[0] with { Url = "https://m/T/f", Username = "u", FileSize = 7 }, rewritten.Transfers[0]);
        Assert.Equal(Text(order).Replace("https://o/f", "https://m/T/f", StringComparison.Ordinal).Replace(">a<", ">u<", StringComparison.Ordinal)
            .Replace(">b<", ">p<", StringComparison.Ordinal).Replace("<FileSize>0", "<FileSize>7", StringComparison.Ordinal), Text(rewritten));
    }

    [Fact]
    public void Keeps_user_password_and_size_where_nothing_takes_their_place()
    {
        var order = Read("<cwmp:Download><CommandKey>k</CommandKey><FileType>3 Vendor Configuration File</FileType><URL>https://o/f</URL><Username>a</Username><Password>b</Password><FileSize>9</FileSize><TargetFileName/><DelaySeconds>0</DelaySeconds><SuccessURL/><FailureURL/></cwmp:Download>");

        var rewritten = TransferRewrite.Apply(order, [new TransferReplacement("https://m/T/f", null, null, null)])!;

        Assert.Equal(order.Transfers[0] with { Url = "https://m/T/f" }, rewritten.Transfers[0]);
    }

    [Fact]
    public void Replaces_one_deployment_unit_of_several()
    {
        var order = Read("""<cwmp:ChangeDUState><Operations xsi:type="cwmp:InstallOpStruct"><URL>https://o/1</URL><UUID/><Username/><Password/><ExecutionEnvRef/></Operations><Operations xsi:type="cwmp:UninstallOpStruct"><UUID>x</UUID><Version/><ExecutionEnvRef/></Operations><Operations xsi:type="cwmp:UpdateOpStruct"><UUID/><Version/><URL>https://o/2</URL><Username/><Password/></Operations><CommandKey>k</CommandKey></cwmp:ChangeDUState>""");

        var rewritten = TransferRewrite.Apply(order, [null, null, new TransferReplacement("https://m/T/f", null, null, null)])!;

        Assert.Equal(["https://o/1", "", "https://m/T/f"], rewritten.Transfers.Select(transfer => transfer.Url));
        Assert.Equal("https://o/2", TransferRewrite.ElementOf(order, 2)!.Child("URL")!.Text);
        Assert.Null(TransferRewrite.ElementOf(order, 3));
    }

    [Fact]
    public void Gives_nothing_where_the_result_would_not_be_what_was_meant()
    {
        var order = Read("<cwmp:Download><CommandKey>k</CommandKey><FileType>1 Firmware Upgrade Image</FileType><URL>https://o/f</URL><Username/><Password/><FileSize>0</FileSize><TargetFileName/><DelaySeconds>0</DelaySeconds><SuccessURL/><FailureURL/></cwmp:Download>");

        Assert.Null(TransferRewrite.Apply(order, []));
        Assert.Null(TransferRewrite.Apply(order, [new TransferReplacement(new string('u', 5000), null, null, null)]));
    }

    private static CwmpMessage Read(string entry)
    {
        var body = $"""<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:cwmp="urn:dslforum-org:cwmp-1-2"><e:Header><cwmp:ID e:mustUnderstand="1">7</cwmp:ID></e:Header><e:Body>{entry}</e:Body></e:Envelope>""";
        Assert.True(SoapReader.TryRead(Encoding.UTF8.GetBytes(body), "text/xml", SoapLimits.FromAcs, out var envelope, out var wrong), wrong.Reason);
        Assert.True(CwmpMessageReader.TryRead(envelope!, Direction.AcsToCpe, out var message, out wrong), wrong.Reason);
        return message!;
    }

    private static string Text(CwmpMessage message) => Encoding.UTF8.GetString(CwmpMessageWriter.ToBytes(message).Span);
}
