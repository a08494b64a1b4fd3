using System.Text.Json;

namespace CwmpShield.Bench.Peers;

/// <summary>The gateway as an operator runs it: the release build of the command, its configuration in a file, everything on.</summary>
internal static class GatewayPeer
{
    /// <summary>Starts it.</summary>
    public static async Task<Peer> StartAsync(BenchFleet fleet, int acs, string rules)
    {
        var file = fleet.File("appsettings.json");
        await File.WriteAllTextAsync(file, Settings(fleet, acs, rules));
        var process = PeerProcess.Start("dotnet", [Program(), "run", "--config", file]);
        return new Peer(Peer.Gateway, process, await process.PortAsync("fleet: "));
    }

    /// <summary>The command's release build.</summary>
    /// <exception cref="BenchException">It has not been built.</exception>
    public static string Program()
    {
        var program = Path.Combine(Repository.Root, "artifacts", "bin", "CwmpShield.Cli", "release", "cwmpshield.dll");
        return File.Exists(program) ? program : throw new BenchException($"{program} is missing: dotnet build -c Release src/CwmpShield.Cli");
    }

    private static string Settings(BenchFleet fleet, int acs, string rules) => JsonSerializer.Serialize(new
    {
        CwmpShield = new
        {
            Listeners = new object[]
            {
                new
                {
                    Name = "fleet",
                    Port = 0,
                    Paths = (List<string>)["/acs"],
                    Certificate = new { Path = fleet.ServerCertificate, KeyPath = fleet.ServerKey },
                    ClientCertificates = "require",
                    ClientCaPath = fleet.Authority,
                    AllowTlsResume = true,
                },
            },
            Rules = new { Path = rules },
            Store = new { Path = fleet.File("registry.db"), KeyFile = fleet.File("master.key") },
            Management = new { Port = 0 },
        },
        ReverseProxy = new
        {
            Clusters = new { acs = new { Destinations = new { one = new { Address = FormattableString.Invariant($"http://127.0.0.1:{acs}/") } }, HealthCheck = new { Active = new { Enabled = true, Interval = "00:00:15" } } } },
        },
    });
}
