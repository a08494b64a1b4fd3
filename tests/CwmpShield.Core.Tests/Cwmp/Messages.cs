using System.Buffers;
using System.Text;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Wire;

namespace CwmpShield.Core.Tests.Cwmp;

/// <summary>Builds, reads and compares messages for the tests.</summary>
internal static class Messages
{
    public const string Declarations = """
        xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:e="http://schemas.xmlsoap.org/soap/encoding/"
        xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:cwmp="urn:dslforum-org:cwmp-1-2"
        """;

    public static string Envelope(string entry, string headers = """<cwmp:ID s:mustUnderstand="1">7</cwmp:ID>""") =>
        $"<s:Envelope {Declarations}><s:Header>{headers}</s:Header><s:Body>{entry}</s:Body></s:Envelope>";

    public static CwmpMessage ReadOrder(string entry, string headers = "") => Read(Envelope(entry, headers), Direction.AcsToCpe);

    public static CwmpMessage ReadReport(string entry, string headers = "") => Read(Envelope(entry, headers), Direction.CpeToAcs);

    public static CwmpMessage Read(string xml, Direction direction) => Read(Encoding.UTF8.GetBytes(xml), direction);

    public static CwmpMessage Read(ReadOnlyMemory<byte> body, Direction direction)
    {
        var read = TryRead(body, direction, out var message, out var error);
        Assert.True(read, $"{error.Reason} at {error.Line}:{error.Column}: {error.Detail}");
        return message!;
    }

    public static bool TryRead(ReadOnlyMemory<byte> body, Direction direction, out CwmpMessage? message, out WireError error)
    {
        message = null;
        return SoapReader.TryRead(body, null, SoapLimits.FromDevice, out var envelope, out error)
            && CwmpMessageReader.TryRead(envelope!, direction, out message, out error);
    }

    /// <summary>The reason for which an order is refused; null when it is read.</summary>
    public static string? RefusalOfOrder(string entry, string headers = "") => Refusal(Envelope(entry, headers), Direction.AcsToCpe);

    /// <summary>The reason for which a device's message is refused; null when it is read.</summary>
    public static string? RefusalOfReport(string entry, string headers = "") => Refusal(Envelope(entry, headers), Direction.CpeToAcs);

    public static string? Refusal(string xml, Direction direction) =>
        TryRead(Encoding.UTF8.GetBytes(xml), direction, out _, out var error) ? null : error.Reason;

    public static byte[] Bytes(CwmpMessage message)
    {
        var output = new ArrayBufferWriter<byte>();
        CwmpMessageWriter.Write(message, output);
        return output.WrittenSpan.ToArray();
    }

    public static string Written(CwmpMessage message) => Encoding.UTF8.GetString(Bytes(message));

    /// <summary>A message as text that shows all of its meaning and nothing of its spelling.</summary>
    public static string Meaning(CwmpMessage message)
    {
        var text = new StringBuilder();
        text.AppendLine($"{message.Direction} {message.Rpc} {message.Role} {message.Name} id={message.Id} hold={message.HoldRequests}");
        text.AppendLine($"{message.CommandKey}|{message.ParameterKey}|{message.Device}|{message.Manufacturer}|{message.NextLevel}");
        text.AppendJoin('|', message.Events).AppendLine();
        text.AppendJoin('\n', message.Parameters.Select(p => $"{p.Name} {p.Use} {p.Value ?? "(none)"} {p.Type} {p.Notification} {string.Join(',', p.AccessList ?? [])}")).AppendLine();
        text.AppendJoin('\n', message.Transfers).AppendLine();
        text.AppendLine(message.Fault is { } f ? $"{f.Code} {f.Text} {string.Join('|', f.Parameters)}" : "");
        foreach (var header in message.Envelope.Headers)
        {
            Append(text, header, 0);
        }

        Append(text, message.Envelope.Body, 0);
        return text.ToString();
    }

    private static void Append(StringBuilder text, SoapElement element, int depth)
    {
        text.Append(' ', depth).Append($"{{{element.Namespace}}}{element.LocalName} [{element.Text}]");
        foreach (var attribute in element.Attributes)
        {
            var value = attribute.ValueNamespace.Length > 0 ? attribute.Value[(attribute.Value.IndexOf(':', StringComparison.Ordinal) + 1)..] : attribute.Value;
            text.Append($" {{{attribute.Namespace}}}{attribute.LocalName}={{{attribute.ValueNamespace}}}{value}");
        }

        text.AppendLine();
        foreach (var child in element.Children)
        {
            Append(text, child, depth + 1);
        }
    }
}
