using System.CommandLine;
using CwmpShield.Core.Rules;

namespace CwmpShield.Cli;

/// <summary><c>cwmpshield init</c>: writes the site.yaml in which an operator states what is theirs.</summary>
internal static class InitCommand
{
    private const string Help = """
        Writes a commented site.yaml from flags, or with --ask from questions. What is not given stays empty, so the rules that need it refuse.

        Example: cwmpshield init --resolvers 192.0.2.53 --acs-urls https://acs.example.net/cwmp --artefact-hosts fw.example.net
        """;

    private static readonly (string List, string Comment, string Example)[] Lists =
    [
        ("resolvers", "DNS servers that devices may be given", "192.0.2.53"),
        ("ntp-servers", "time servers, by name or address", "ntp.example.net"),
        ("acs-urls", "URLs to which ManagementServer.URL may be set", "https://acs.example.net/cwmp"),
        ("artefact-hosts", "hosts from which devices may fetch files, over https", "fw.example.net"),
        ("upload-sinks", "URLs to which devices may upload; /* at the end for everything below", "https://logs.example.net/*"),
        ("telemetry-sinks", "hosts that may receive bulk data, syslog, MQTT and the like", "telemetry.example.net"),
        ("management-networks", "networks from which devices are managed", "192.0.2.0/24"),
        ("provider-networks", "the operator's own networks: next hops, device addresses", "198.51.100.0/22"),
        ("sip-registrars", "SIP proxies and registrars", "sip.example.net"),
        ("sip-domains", "domains of telephone lines, in their sip: addresses, besides the registrars' names", "example.net"),
        ("provider-pages", "hosts of pages that the device's own user interface links to", "www.example.net"),
        ("allowed-vendor-rpcs", "vendor methods that may pass, by name", "X_00D09E_Ping"),
        ("stun-servers", "STUN servers for connection requests", "stun.example.net"),
        ("xmpp-servers", "XMPP servers for connection requests", "xmpp.example.net"),
        ("vpn-endpoints", "far ends of tunnels", "vpn.example.net"),
        ("diagnostic-targets", "hosts that diagnostics may talk to", "speed.example.net"),
    ];

    /// <summary>Creates the verb.</summary>
    public static Command Create()
    {
        var output = new Option<string>("--out", "-o") { Description = "File to write; - for standard output.", DefaultValueFactory = _ => Path.Combine("rules", "site.yaml") };
        var force = new Option<bool>("--force") { Description = "Overwrite the file." };
        var ask = new Option<bool>("--ask") { Description = "Ask for each list that no flag gives." };
        var mode = new Option<string>("--mode") { Description = "enforce, or observe to record only.", DefaultValueFactory = _ => "enforce" };
        mode.AcceptOnlyFromAmong("enforce", "observe");
        var json = RuleArguments.AsJson();
        var command = new Command("init", Help) { output, force, ask, mode, json };
        var options = Lists.Select(l => new Option<string[]>("--" + l.List) { Description = l.Comment, AllowMultipleArgumentsPerToken = true }).ToArray();
        options.ToList().ForEach(command.Options.Add);
        command.SetAction(result =>
        {
            var items = options.Select((o, i) => result.GetValue(o) is { Length: > 0 } given ? given : result.GetValue(ask) ? Ask(Lists[i].Comment, Lists[i].Example) : []).ToArray();
            return Write(Compose(result.GetValue(mode)!, items), result.GetValue(output)!, result.GetValue(force), result.GetValue(json), result.InvocationConfiguration);
        });
        return command;
    }

    private static string[] Ask(string comment, string example)
    {
        Console.Error.Write($"{comment} (e.g. {example}; several with spaces; empty for none): ");
        return (Console.ReadLine() ?? "").Split([' ', ',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    private static string Compose(string mode, string[][] items)
    {
        var text = new System.Text.StringBuilder("cwmpshield: 1\n\n# What is the operator's own; docs/rules.md says how each list is used.\n");
        text.Append("# enforce: rules act. observe: rules only record.\n").Append("mode: ").Append(mode).Append("\n\nsite:\n");
        for (var i = 0; i < Lists.Length; i++)
        {
            text.Append("  # ").Append(Lists[i].Comment).Append(", e.g. ").Append(Lists[i].Example).Append('\n');
            text.Append("  ").Append(Lists[i].List).Append(": [").AppendJoin(", ", items[i].Select(Quoted)).Append("]\n");
        }

        return text.Append("""
              # what a device must have proven before it is told a secret; the packs' own words, unless said here
              # subscriber-secret-strength: [unique-certificate]
              # management-secret-strength: [password-over-tls]

            # Lists of the packs that may have to name what is yours, each in place of the pack's own (docs/policy.md).
            # lists:
            #   search-domains: [home, lan, local, home.arpa, localdomain, example.net]
            #   lan-gateways: [192.168.1.1]
            #   default-connections: ["InternetGatewayDevice.WANDevice.1.WANConnectionDevice.1.WANPPPConnection.1"]
            #   radius-servers: [192.0.2.18]
            #   captive-portals: ["https://portal.example.net/*"]
            #   access-points: [internet.example.net]
            #   border-relays: ["2001:db8:64::/48"]

            """).ToString();
    }

    private static string Quoted(string item) => '"' + item.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + '"';

    private static int Write(string text, string output, bool force, bool json, InvocationConfiguration console)
    {
        var problems = RuleSetLoader.LoadText(text).Diagnostics.Where(d => !d.IsWarning).ToList();
        problems.ForEach(p => console.Error.WriteLine(p));
        if (problems.Count > 0)
        {
            return ExitCode.Usage;
        }

        if (output == "-")
        {
            console.Output.Write(text);
            return ExitCode.Ok;
        }

        if (File.Exists(output) && !force)
        {
            console.Error.WriteLine($"{output} exists; --force overwrites it");
            return ExitCode.Usage;
        }

        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(output))!);
            File.WriteAllText(output, text);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            console.Error.WriteLine(problem.Message);
            return ExitCode.Usage;
        }

        var folder = Path.GetDirectoryName(output) is { Length: > 0 } named ? named : ".";
        console.Output.WriteLine(json ? System.Text.Json.JsonSerializer.Serialize(new { File = output }, RuleArguments.Json) : $"wrote {output}; check it with: cwmpshield rules check {folder}");
        return ExitCode.Ok;
    }
}
