using System.CommandLine;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CwmpShield.Core.Identity;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Cli;

/// <summary><c>cwmpshield device bind|unbind</c>: the certificate keys that are a device's.</summary>
internal sealed class DeviceBindCommand
{
    private const int SpkiDigits = 64;
    private static readonly TimeSpan NoEnd = TimeSpan.FromDays(36_500);

    private readonly Option<string?> certificate = new("--certificate") { Description = "Certificate (PEM or DER) whose key is meant.", HelpName = "FILE" };
    private readonly Option<string?> spki = new("--spki") { Description = "SHA-256 of the certificate's public key (SubjectPublicKeyInfo), 64 hexadecimal digits.", HelpName = "HASH" };
    private readonly Command command;
    private readonly DeviceArgument device;
    private readonly ChangeReport report;
    private readonly DeviceStoreOptions store;
    private readonly bool isBind;

    private DeviceBindCommand(string verb, string text, bool isBind)
    {
        this.isBind = isBind;
        command = new Command(verb, text) { certificate, spki };
        device = DeviceArgument.AddTo(command);
        command.Validators.Add(result =>
        {
            var hash = result.GetValue(spki);
            if ((hash is null) == (result.GetValue(certificate) is null) || (hash is not null && (hash.Length != SpkiDigits || !hash.All(char.IsAsciiHexDigit))))
            {
                result.AddError("Give --certificate FILE or --spki with 64 hexadecimal digits.");
            }
        });
        report = ChangeReport.AddTo(command);
        store = DeviceStoreOptions.AddTo(command);
        command.SetAction(RunAsync);
    }

    /// <summary>Creates the verbs.</summary>
    public static IEnumerable<Command> All() =>
    [
        new DeviceBindCommand(
            "bind",
            """
            Binds a certificate key to a device: whoever holds it is the device. Where --spki names it, a certificate that begins from now on counts
            as its renewal. Exit code 1 when there is no such device or the key is another device's.

            Examples:
              cwmpshield device bind 00AABB-HGW-SN1 --certificate device.pem
              cwmpshield device bind 00AABB-HGW-SN1 --spki 7d865e959b2466918c9863afca942d0fb89d7c9ac0c99bafc3749504ded97730
            """,
            isBind: true).command,
        new DeviceBindCommand(
            "unbind",
            """
            Takes a certificate key from a device. A running gateway refuses it within 30 seconds. A device that has no key left binds the first one
            that names it: disable it where its key was stolen. Exit code 1 when there is no such device or the key is not bound to it.

            Example:
              cwmpshield device unbind 00AABB-HGW-SN1 --certificate device.pem
            """,
            isBind: false).command,
    ];

    /// <summary>Reads the key of a certificate file; on null the problem was printed.</summary>
    public static KeyToBind? ReadKey(string file, TextWriter error)
    {
        try
        {
            using var shown = X509CertificateLoader.LoadCertificateFromFile(file);
            if (CertificateFactsReader.TryRead(shown, out var facts, out var reason))
            {
                return new KeyToBind(facts!.SpkiSha256, facts.NotBefore, facts.NotAfter);
            }

            error.WriteLine($"The certificate '{file}' cannot name a device: {reason}.");
        }
        catch (Exception problem) when (problem is CryptographicException or IOException or UnauthorizedAccessException)
        {
            error.WriteLine($"The certificate '{file}' cannot be read: {problem.Message}");
        }

        return null;
    }

    private async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var error = result.InvocationConfiguration.Error;
        var now = TimeProvider.System.GetUtcNow();
        var key = result.GetValue(spki) is { } hash ? new KeyToBind(hash.ToLowerInvariant(), now, now + NoEnd) : ReadKey(result.GetValue(certificate)!, error);
        if (key is null)
        {
            return ExitCode.Usage;
        }

        return await store.ChangeAsync(
            result,
            ChangeSubject.Of(device.Get(result)),
            async (opened, registry) =>
            {
                var named = device.Get(result);
                var office = new DeviceOffice(opened, registry);
                var came = isBind ? await office.BindAsync(named, key, cancellationToken) : await office.UnbindAsync(named, key.SpkiSha256, cancellationToken);
                var (text, code) = came switch
                {
                    BindResult.Done => ($"{named}: {key.SpkiSha256} is {(isBind ? "bound" : "not bound any more")}.", ExitCode.Ok),
                    BindResult.Unchanged when isBind => ($"{named}: {key.SpkiSha256} was bound already.", ExitCode.Ok),
                    BindResult.Unchanged => ($"{named}: {key.SpkiSha256} is not bound to it.", ExitCode.Findings),
                    BindResult.OfAnotherDevice => ($"The key {key.SpkiSha256} is bound to another device.", ExitCode.Findings),
                    _ => ($"There is no device {named}.", ExitCode.Findings),
                };
                await (code == ExitCode.Ok ? report.Aside(result) : error).WriteLineAsync(text);
                if (code == ExitCode.Ok && await registry.FindAsync(named, cancellationToken) is { } bound)
                {
                    report.Print(result, DeviceView.Of(bound.Device));
                }

                return code;
            },
            cancellationToken);
    }
}
