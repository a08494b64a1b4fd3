using System.Text;
using CwmpShield.Core.Wire;

namespace CwmpShield.Core.Tests.Wire;

/// <summary>Bodies for the tests of the reader.</summary>
internal static class Bodies
{
    public const string Open = """<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:c="urn:dslforum-org:cwmp-1-0">""";

    public const string Close = "</s:Envelope>";

    public static string WithBody(string content) => $"{Open}<s:Body>{content}</s:Body>{Close}";

    public static string WithValue(string value) => WithBody($"<c:Reboot><CommandKey>{value}</CommandKey></c:Reboot>");

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    public static SoapEnvelope Read(byte[] body, string? contentType = null)
    {
        var read = SoapReader.TryRead(body, contentType, SoapLimits.FromDevice, out var envelope, out var error);
        Assert.True(read, $"{error.Reason} at {error.Line}:{error.Column}: {error.Detail}");
        return envelope!;
    }

    public static SoapEnvelope Read(string body) => Read(Utf8(body));

    /// <summary>The text that the reader finds for the value in <see cref="WithValue"/>.</summary>
    public static string ReadValue(string value) => Read(WithValue(value)).Body.Children[0].Text;

    public static string? Refusal(byte[] body, string? contentType = null, SoapLimits? limits = null)
    {
        var read = SoapReader.TryRead(body, contentType, limits ?? SoapLimits.FromDevice, out var envelope, out var error);
        Assert.Equal(read, envelope is not null);
        return read ? null : error.Reason;
    }

    public static string? Refusal(string body, SoapLimits? limits = null) => Refusal(Utf8(body), limits: limits);
}
