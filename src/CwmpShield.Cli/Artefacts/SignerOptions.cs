using System.CommandLine;
using CwmpShield.Core.Firmware.Signing;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Firmware;

namespace CwmpShield.Cli.Artefacts;

/// <summary>Whose signatures count: <c>--signer NAME=FILE</c>, or the signers of the configuration.</summary>
internal sealed class SignerOptions
{
    private readonly Option<string[]> signers = new("--signer", "-s")
    {
        Description = "A signer whose signatures count: name and PEM (certificate for code signing, or public key). Repeat for several.",
        HelpName = "NAME=FILE",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string> config = ConfigOption.Create();

    /// <summary>Adds the options to <paramref name="command"/>.</summary>
    public static SignerOptions AddTo(Command command)
    {
        var options = new SignerOptions();
        command.Options.Add(options.signers);
        command.Options.Add(options.config);
        return options;
    }

    /// <summary>The signers, and how many of them must sign; null, with what is wrong on the error stream.</summary>
    public (IReadOnlyList<PinnedSigner> Signers, int Required)? Read(ParseResult result, bool optional = false)
    {
        var error = result.InvocationConfiguration.Error;
        var given = result.GetValue(signers)!;
        if (given.Length == 0)
        {
            return optional && result.GetValue(config) is null ? ([], 1) : OfConfiguration(result, error);
        }

        List<PinnedSigner> read = [];
        foreach (var word in given)
        {
            var cut = word.IndexOf('=', StringComparison.Ordinal);
            var reason = "no NAME=FILE";
            var signer = cut > 0 && ArtefactKeys.ReadText(word[(cut + 1)..]) is { } pem ? PinnedSigner.Read(word[..cut], pem, out reason) : null;
            if (signer is null)
            {
                error.WriteLine($"--signer {word}: {(cut > 0 && !File.Exists(word[(cut + 1)..]) ? "there is no such file" : reason)}; expected is a PEM with a certificate for code signing or a public key");
                return null;
            }

            read.Add(signer);
        }

        return (read, 1);
    }

    private (IReadOnlyList<PinnedSigner> Signers, int Required)? OfConfiguration(ParseResult result, TextWriter error)
    {
        var configuration = GatewayConfiguration.Load(result.GetValue(config));
        if (configuration.Errors.Count > 0)
        {
            ConfigOption.Report(configuration, error);
            return null;
        }

        var artefacts = configuration.Options.Artefacts;
        if (artefacts.Signers.Count == 0)
        {
            error.WriteLine("The configuration names no signers (CwmpShield:Artefacts:Signers); give --signer NAME=FILE.");
            return null;
        }

        return (ArtefactKeys.Signers(artefacts), artefacts.RequiredSignatures);
    }
}
