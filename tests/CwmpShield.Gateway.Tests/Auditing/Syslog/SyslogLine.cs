using System.Globalization;
using System.Text.RegularExpressions;

namespace CwmpShield.Gateway.Tests.Auditing.Syslog;

/// <summary>One message as a receiver has it.</summary>
internal sealed partial record SyslogLine(string Kind, string Node, long Sequence, string Hash, string Message, string Raw)
{
    /// <summary>Reads it by RFC 5424; fails where it is none of the gateway's.</summary>
    public static SyslogLine Parse(string line)
    {
        var match = Form.Match(line);
        Assert.True(match.Success, $"no message of the gateway: {line}");
        return new SyslogLine(
            match.Groups["kind"].Value,
            match.Groups["node"].Value,
            long.Parse(match.Groups["sequence"].ValueSpan, CultureInfo.InvariantCulture),
            match.Groups["hash"].Value,
            match.Groups["message"].Value,
            line);
    }

    [GeneratedRegex(
        """^<\d+>1 \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z [^ ]+ cwmpshield - (?<kind>[a-z-]+) \[cwmpshield@32473 node="(?<node>[^"]*)" sequence="(?<sequence>\d+)" hash="(?<hash>[0-9a-f]{64})"( truncated="1")?\] (?<message>.*)$""",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Form { get; }
}
