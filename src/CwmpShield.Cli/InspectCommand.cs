using System.CommandLine;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Decisions;
using CwmpShield.Core.Identity;

namespace CwmpShield.Cli;

/// <summary><c>cwmpshield inspect</c>: the verdict for message bodies or recorded HTTP exchanges in files, without a network.</summary>
internal static class InspectCommand
{
    private const string Help = """
        The verdict for CWMP message bodies, or for recorded HTTP exchanges, in files: one JSON object a line. A directory of exchanges is
        played in name order as a session, directions taken from the recording. Without FILE, or with -, standard input is read.
        The identity strength defaults to unique-certificate. Exit code: 0 all forwarded, 3 any refused, 2 bad usage or rules.

        Example: cwmpshield inspect --rules rules --direction acs-to-cpe order.xml
        """;

    /// <summary>Creates the verb.</summary>
    public static Command Create()
    {
        var rules = RuleArguments.Rules();
        var site = RuleArguments.Site();
        var direction = new Option<string?>("--direction", "-d") { Description = "acs-to-cpe or cpe-to-acs; taken from the recording where there is one." };
        direction.AcceptOnlyFromAmong("acs-to-cpe", "cpe-to-acs");
        var device = new Option<string?>("--device") { Description = "OUI-ProductClass-Serial of the session's device; default: as the Inform says." };
        var strength = new Option<string>("--strength") { Description = "Identity strength of the session.", DefaultValueFactory = _ => "unique-certificate" };
        var group = new Option<string[]>("--group") { Description = "Group of the device (repeatable)." };
        var version = new Option<string?>("--software-version") { Description = "Software version of the device." };
        var source = new Option<string?>("--source") { Description = "Source address of the device." };
        var at = new Option<DateTimeOffset?>("--at") { Description = "The instant of judgement; default: now." };
        var soapAction = new Option<string?>("--soap-action") { Description = "SOAPAction header of bare bodies." };
        var path = new Option<string?>("--path") { Description = "Request path of bare bodies." };
        var output = new Option<string?>("--out") { Description = "Directory for the bytes that would be sent on." };
        var explain = new Option<bool>("--explain") { Description = "Say which conditions of which rules held." };
        var json = RuleArguments.AsJson();
        var files = new Argument<string[]>("FILE") { Arity = ArgumentArity.ZeroOrMore, Description = "Files or directories." };
        var command = new Command("inspect", Help)
        {
            rules, site, direction, device, strength, group, version, source, at, soapAction, path, output, explain, json, files,
        };
        command.SetAction(result =>
        {
            var errors = result.InvocationConfiguration.Error;
            if (!StrengthName.TryParse(result.GetValue(strength)!, out var proven))
            {
                errors.WriteLine($"--strength: one of {string.Join(", ", StrengthName.All)}");
                return ExitCode.Usage;
            }

            var named = result.GetValue(device);
            DeviceId? id = null;
            if (named is not null && !DeviceIdText.TryParse(named, out id))
            {
                errors.WriteLine("--device: must be OUI-ProductClass-Serial, other characters than letters, digits and _ percent-encoded");
                return ExitCode.Usage;
            }

            System.Net.IPAddress? address = null;
            if (result.GetValue(source) is { } from && !System.Net.IPAddress.TryParse(from, out address))
            {
                errors.WriteLine("--source: must be an IP address");
                return ExitCode.Usage;
            }

            if (RuleArguments.Load(result.GetValue(rules)!, result.GetValue(site), errors) is not { } set)
            {
                return ExitCode.Usage;
            }

            var context = new InspectionContext
            {
                Traits = new DeviceTraits
                {
                    Device = id,
                    Strength = proven,
                    Groups = result.GetValue(group) ?? [],
                    SoftwareVersion = result.GetValue(version) ?? "",
                },
                Source = address,
                Now = result.GetValue(at) ?? TimeProvider.System.GetUtcNow(),
                Rates = new Core.Rules.RateCounters(),
            };
            var run = new InspectRun(set, context, result.InvocationConfiguration.Output, errors)
            {
                Direction = result.GetValue(direction) switch { "acs-to-cpe" => Direction.AcsToCpe, "cpe-to-acs" => Direction.CpeToAcs, _ => null },
                SoapAction = result.GetValue(soapAction),
                Path = result.GetValue(path) ?? "",
                OutputDirectory = result.GetValue(output),
                Explain = result.GetValue(explain),
            };
            return run.All(result.GetValue(files) ?? []);
        });
        return command;
    }
}
