using Microsoft.Extensions.Configuration;

namespace CwmpShield.Gateway.Configuration;

/// <summary>Completes what was bound: defaults that follow from other keys, and paths relative to the configuration file.</summary>
internal static class ConfigurationDefaults
{
    /// <summary>The options as the gateway uses them; <paramref name="section"/> tells which keys were given.</summary>
    public static GatewayOptions Complete(GatewayOptions options, IConfigurationSection section, string folder)
    {
        string At(string path) => path.Length == 0 ? "" : Path.GetFullPath(path, folder);
        CertificateOptions Certificate(CertificateOptions one) =>
            one with { Path = At(one.Path), KeyPath = At(one.KeyPath), PasswordFile = At(one.PasswordFile) };
        var tls = options.Acs.Tls;
        return options with
        {
            Listeners = [.. options.Listeners.Select((one, index) => Complete(one, section.GetSection($"Listeners:{index}"), index) with
            {
                Certificate = Certificate(one.Certificate),
                ClientCaPath = At(one.ClientCaPath),
                Revocation = one.Revocation with { CrlFiles = [.. one.Revocation.CrlFiles.Select(At)] },
            })],
            Acs = options.Acs with
            {
                Credentials = options.Acs.Credentials with { PasswordFile = At(options.Acs.Credentials.PasswordFile) },
                Tls = tls with { CaPath = At(tls.CaPath), ClientCertificate = Certificate(tls.ClientCertificate) },
            },
            ConnectionRequests = options.ConnectionRequests with
            {
                Certificate = Certificate(options.ConnectionRequests.Certificate),
                ClientCaPath = At(options.ConnectionRequests.ClientCaPath),
                Udp = options.ConnectionRequests.Udp with { StunPasswordFile = At(options.ConnectionRequests.Udp.StunPasswordFile) },
                Calls = options.ConnectionRequests.Calls with { DeviceCaPath = At(options.ConnectionRequests.Calls.DeviceCaPath) },
            },
            Artefacts = options.Artefacts with
            {
                ManifestPath = At(options.Artefacts.ManifestPath),
                Signers = [.. options.Artefacts.Signers.Select(one => one with { File = At(one.File) })],
                UrlKeys = [.. options.Artefacts.UrlKeys.Select(one => one with { File = At(one.File) })],
            },
            Audit = options.Audit with
            {
                Node = options.Audit.Node.Length > 0 ? options.Audit.Node : AuditChecks.NameOf(Environment.MachineName),
                KeyFile = At(options.Audit.KeyFile.Length > 0 ? options.Audit.KeyFile : "ledger-key.pem"),
                KeyPasswordFile = At(options.Audit.KeyPasswordFile),
                CheckpointFile = At(options.Audit.CheckpointFile),
                Syslog = [.. options.Audit.Syslog.Select(one => one with { CaPath = At(one.CaPath), ClientCertificate = Certificate(one.ClientCertificate) })],
            },
            Management = options.Management with { Certificate = Certificate(options.Management.Certificate) },
            Mirror = MirrorDefaults.Complete(options.Mirror, At, Certificate),
            Rules = options.Rules with { Path = At(options.Rules.Path) },
            Telemetry = options.Telemetry with
            {
                Otlp = options.Telemetry.Otlp with { CaPath = At(options.Telemetry.Otlp.CaPath), HeadersFile = At(options.Telemetry.Otlp.HeadersFile) },
            },
            Store = options.Store with
            {
                Path = At(options.Store.Path),
                KeyFile = At(options.Store.KeyFile),
                PasswordFile = At(options.Store.PasswordFile),
            },
        };
    }

    /// <summary>
    /// A listener without a name is <c>listener-0</c>. Where it isn't said what a device must show, it is what the listener can
    /// ask for: a certificate, or a credential where no certificate is asked for.
    /// </summary>
    private static ListenerOptions Complete(ListenerOptions listener, IConfigurationSection section, int index)
    {
        var certificates = listener.AllowPlaintext && section["ClientCertificates"] is null
            ? ClientCertificatePolicy.None
            : listener.ClientCertificates;
        var require = certificates == ClientCertificatePolicy.None && section["Identity:Require"] is null
            ? IdentityRequirement.Credential
            : listener.Identity.Require;
        return listener with
        {
            Name = listener.Name.Length > 0 ? listener.Name : $"listener-{index}",
            ClientCertificates = certificates,
            Identity = listener.Identity with { Require = require },
        };
    }
}
