namespace CwmpShield.Gateway.Configuration;

/// <summary>Completes the mirror's section: names of its listeners, and paths relative to the configuration file.</summary>
internal static class MirrorDefaults
{
    /// <summary>The section as the gateway uses it; <paramref name="at"/> resolves a path.</summary>
    public static MirrorOptions Complete(MirrorOptions mirror, Func<string, string> at, Func<CertificateOptions, CertificateOptions> certificate) => mirror with
    {
        Path = at(mirror.Path),
        Listeners = [.. mirror.Listeners.Select((one, index) => one with
        {
            Name = one.Name.Length > 0 ? one.Name : $"mirror-{index}",
            Certificate = certificate(one.Certificate),
        })],
        Origins = [.. mirror.Origins.Select(one => one with
        {
            Folder = at(one.Folder),
            PasswordFile = at(one.PasswordFile),
            Tls = one.Tls with { CaPath = at(one.Tls.CaPath), ClientCertificate = certificate(one.Tls.ClientCertificate) },
        })],
    };
}
