using System.CommandLine;
using System.Text.Json;
using CwmpShield.Core.Firmware.Urls;
using CwmpShield.Gateway.Firmware;

namespace CwmpShield.Cli.Artefacts;

/// <summary><c>cwmpshield artefact sign-url URL</c>: a URL for one device, for a while.</summary>
internal static class ArtefactSignUrlCommand
{
    private const string Help = """
        Signs a URL for one device: what the gateway then takes for a per-device configuration file that no manifest can list. Results of more than 256
        characters are refused, because devices cut them off. docs/artefacts.md has the recipe for other languages.

        Example:
          cwmpshield artefact sign-url https://cfg.example.net/001122/123456.cfg --key-id k1 --key url.secret --device 001122-HGW-123456 --for 2h
        """;

    /// <summary>Creates the verb.</summary>
    public static Command Create()
    {
        var url = new Argument<string>("URL") { Description = "The URL." };
        var id = new Option<string>("--key-id") { Description = "Id of the key in the gateway's configuration.", Required = true };
        var key = new Option<string>("--key") { Description = "Secret (hexadecimal or base64), or private EC key on P-256 (PEM).", Required = true, HelpName = "FILE" };
        var device = new Option<string>("--device") { Description = "OUI-CLASS-SERIAL or OUI-SERIAL, percent-encoded as TR-069 3.4.4 has it.", Required = true };
        var span = new Option<string>("--for") { Description = "How long it is good: 30m, 24h, 7d.", HelpName = "DURATION", DefaultValueFactory = _ => "24h" };
        var json = RuleArguments.AsJson();
        var command = new Command("sign-url", Help) { url, id, key, device, span, json };
        command.SetAction(result =>
        {
            var console = result.InvocationConfiguration;
            if (ArtefactKeys.ReadText(result.GetValue(key)!) is not { } text || UrlKey.Read(result.GetValue(id)!, text) is not { } read)
            {
                console.Error.WriteLine($"--key {result.GetValue(key)}: expected is a secret of 32 bytes and more, or an EC key on P-256 in PEM; --key-id takes letters, digits, - and _, 16 at most");
                return ExitCode.Usage;
            }

            if (!Core.Cwmp.DeviceIdText.TryParse(result.GetValue(device)!, out var named))
            {
                console.Error.WriteLine("--device takes OUI-CLASS-SERIAL or OUI-SERIAL, other characters than letters, digits and _ percent-encoded");
                return ExitCode.Usage;
            }

            if (DurationText.Read(result.GetValue(span), digits: 5, TimeSpan.FromDays(366)) is not { } life)
            {
                console.Error.WriteLine("--for takes minutes, hours or days as 30m, 24h or 7d, 366d at most");
                return ExitCode.Usage;
            }

            var expires = TimeProvider.System.GetUtcNow() + life;
            if (SignedUrl.Sign(read, result.GetValue(url)!, named! with { Oui = named.Oui.ToUpperInvariant() }, expires, out var problem) is not { } signed)
            {
                console.Error.WriteLine($"error: {problem}");
                return ExitCode.Usage;
            }

            console.Output.WriteLine(result.GetValue(json) ? JsonSerializer.Serialize(new { Url = signed, Expires = expires, signed.Length }, RuleArguments.Json) : signed);
            return ExitCode.Ok;
        });
        return command;
    }
}
