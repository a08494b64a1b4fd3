using System.CommandLine;
using System.Net;
using CwmpShield.Cli.Artefacts;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Decisions;
using CwmpShield.Core.Firmware;
using CwmpShield.Core.Identity;
using CwmpShield.Core.Identity.Impersonation;
using CwmpShield.Core.Rules;

namespace CwmpShield.Cli;

/// <summary><c>cwmpshield inspect</c>: the verdict for message bodies or recorded HTTP exchanges in files, without a network.</summary>
internal sealed class InspectCommand
{
    private const string Help = """
        The verdict for CWMP message bodies, or for recorded HTTP exchanges, in files: one JSON object a line. A directory of exchanges is
        played in name order as a session, directions taken from the recording. Without FILE, or with -, standard input is read.
        The identity strength defaults to unique-certificate. Exit code: 0 all forwarded, 3 any refused, 2 bad usage or rules.

        Example: cwmpshield inspect --rules rules --direction acs-to-cpe order.xml
        """;

    private readonly Option<string> rules = RuleArguments.Rules();
    private readonly Option<string?> site = RuleArguments.Site();
    private readonly Option<string?> direction = new("--direction", "-d") { Description = "acs-to-cpe or cpe-to-acs; taken from the recording where there is one." };
    private readonly Option<string?> device = new("--device") { Description = "OUI-ProductClass-Serial of the session's device; default: as the Inform says." };
    private readonly Option<string> strength = new("--strength") { Description = "Identity strength of the session.", DefaultValueFactory = _ => "unique-certificate" };
    private readonly Option<string> status = new("--status") { Description = "Status of the device in the registry.", DefaultValueFactory = _ => StatusName.Of(DeviceStatus.Active) };
    private readonly Option<string[]> group = new("--group") { Description = "Group of the device (repeatable)." };
    private readonly Option<string?> version = new("--software-version") { Description = "Software version of the device." };
    private readonly Option<string?> manifest = new("--manifest") { Description = "Artefact manifest that files are held against, as if it were signed.", HelpName = "FILE" };
    private readonly Option<string?> source = new("--source") { Description = "Source address of the device." };
    private readonly Option<string[]> signal = new("--signal") { Description = "Signal that stands against the sender (repeatable)." };
    private readonly Option<DateTimeOffset?> at = new("--at") { Description = "The instant of judgement; default: now." };
    private readonly Option<string?> soapAction = new("--soap-action") { Description = "SOAPAction header of bare bodies." };
    private readonly Option<string?> path = new("--path") { Description = "Request path of bare bodies." };
    private readonly Option<string?> output = new("--out") { Description = "Directory for the bytes that would be sent on." };
    private readonly Option<bool> explain = new("--explain") { Description = "Say which conditions of which rules held." };
    private readonly Option<bool> json = RuleArguments.AsJson();
    private readonly Argument<string[]> files = new("FILE") { Arity = ArgumentArity.ZeroOrMore, Description = "Files or directories." };

    /// <summary>Creates the verb.</summary>
    public static Command Create()
    {
        var options = new InspectCommand();
        options.direction.AcceptOnlyFromAmong("acs-to-cpe", "cpe-to-acs");
        options.status.AcceptOnlyFromAmong([.. StatusName.All]);
        options.signal.AcceptOnlyFromAmong([.. SignalName.All]);
        var command = new Command("inspect", Help)
        {
            options.rules, options.site, options.direction, options.device, options.strength, options.status, options.group, options.version, options.manifest, options.source,
            options.signal, options.at, options.soapAction, options.path, options.output, options.explain, options.json, options.files,
        };
        command.SetAction(options.Run);
        return command;
    }

    private int Run(ParseResult result)
    {
        var errors = result.InvocationConfiguration.Error;
        if (ReadContext(result, errors) is not { } context || RuleArguments.Load(result.GetValue(rules)!, result.GetValue(site), errors) is not { } set)
        {
            return ExitCode.Usage;
        }

        var run = new InspectRun(set, context, result.InvocationConfiguration.Output, errors)
        {
            Direction = result.GetValue(direction) switch { "acs-to-cpe" => Direction.AcsToCpe, "cpe-to-acs" => Direction.CpeToAcs, _ => null },
            SoapAction = result.GetValue(soapAction),
            Path = result.GetValue(path) ?? "",
            OutputDirectory = result.GetValue(output),
            Explain = result.GetValue(explain),
        };
        return run.All(result.GetValue(files) ?? []);
    }

    private InspectionContext? ReadContext(ParseResult result, TextWriter errors)
    {
        DeviceId? id = null;
        IPAddress? address = null;
        if (!StrengthName.TryParse(result.GetValue(strength)!, out var proven))
        {
            errors.WriteLine($"--strength: one of {string.Join(", ", StrengthName.All)}");
            return null;
        }

        if (result.GetValue(device) is { } named && !DeviceIdText.TryParse(named, out id))
        {
            errors.WriteLine("--device: must be OUI-ProductClass-Serial, other characters than letters, digits and _ percent-encoded");
            return null;
        }

        if (result.GetValue(source) is { } from && !IPAddress.TryParse(from, out address))
        {
            errors.WriteLine("--source: must be an IP address");
            return null;
        }

        var listed = result.GetValue(manifest) is { } file ? ManifestDocument.Read(file, errors) : null;
        if (listed is null && result.GetValue(manifest) is not null)
        {
            return null;
        }

        return new InspectionContext
        {
            Artefacts = listed is null ? ArtefactTrust.None : new ArtefactTrust(new ArtefactPolicy { RequiresManifest = true }, new SignedManifest(listed, [], DateTimeOffset.MaxValue, "")),
            Traits = TraitsOf(result, id, proven),
            Source = address,
            Signals = _ => SignalsOf(result),
            Now = result.GetValue(at) ?? TimeProvider.System.GetUtcNow(),
            Rates = new RateCounters(),
        };
    }

    private DeviceTraits TraitsOf(ParseResult result, DeviceId? id, IdentityStrength proven) => new()
    {
        Device = id,
        Strength = proven,
        Status = StatusName.Read(result.GetValue(status)!),
        Groups = result.GetValue(group) ?? [],
        SoftwareVersion = result.GetValue(version) ?? "",
    };

    private Signal SignalsOf(ParseResult result) =>
        (result.GetValue(signal) ?? []).Aggregate(Signal.None, (all, word) => SignalName.TryParse(word, out var one) ? all | one : all);
}
