using System.Text.Json;

namespace CwmpShield.Soak.Rig;

/// <summary>The configuration file of a rig's gateway: certificates, log-in by Digest with and without TLS, and a door that only observes.</summary>
internal static class RigConfiguration
{
    /// <summary>The doors, in the order in which the gateway announces them.</summary>
    public static readonly IReadOnlyList<string> Doors = ["fleet", "password", "plain", "open"];

    /// <summary>The file's text.</summary>
    public static string Write(string acs, RigSettings settings) => JsonSerializer.Serialize(new
    {
        CwmpShield = new
        {
            Listeners = Listeners(settings.Limits ?? new { }),
            Artefacts = new { ManifestPath = "artefacts.json", Signers = new object[] { new { Name = "release", File = "release.pub" } } },
            Rules = new { Path = "rules" },
            Store = settings.Store ?? new { Path = "registry.db", KeyFile = "master.key" },
            Audit = new { settings.Node, KeyFile = $"ledger-{settings.Node}.pem" },
            Throttle = settings.Throttle ?? new { },
            Acs = new { AnswerTime = TimeSpan.FromSeconds(settings.AnswerSeconds).ToString() },
            Drain = new { SessionTime = TimeSpan.FromSeconds(settings.DrainSeconds).ToString() },
            Management = new { Port = 0 },
        },
        ReverseProxy = new { Clusters = new { acs = new { Destinations = new { one = new { Address = acs } } } } },
        Logging = new { LogLevel = new { Default = "Warning" } },
    });

    private static object[] Listeners(object limits) =>
    [
        new
        {
            Name = "fleet",
            Port = 0,
            Certificate = new { Path = "fleet.pem" },
            ClientCertificates = "require",
            ClientCaPath = "ca.pem",
            Revocation = new { CrlFiles = new[] { "devices.crl" } },
            Identity = new { Require = "certificate" },
            Limits = limits,
        },
        new
        {
            Name = "password",
            Port = 0,
            Certificate = new { Path = "password.pem" },
            ClientCertificates = "none",
            Identity = new { Require = "credential" },
            Limits = limits,
        },
        new { Name = "plain", Port = 0, AllowPlaintext = true, Identity = new { Require = "credential" }, Limits = limits },
        new { Name = "open", Port = 0, AllowPlaintext = true, Identity = new { Mode = "observe" }, Limits = limits },
    ];
}
