using System.Text.Json;

namespace CwmpShield.Bench.Peers;

/// <summary>The gateway as an operator runs it: the release build of the command, its configuration in a file, everything on.</summary>
internal static class GatewayPeer
{
    private const string Registry = "registry.db";

    /// <summary>Starts it; <paramref name="program"/> in place of the command's release build, where it is given.</summary>
    public static async Task<Peer> StartAsync(BenchFleet fleet, int acs, string rules, bool isPlain = false, int sessionsPerSecond = 0, string? program = null)
    {
        var file = fleet.File("appsettings.json");
        await File.WriteAllTextAsync(file, Settings(fleet, acs, rules, isPlain, sessionsPerSecond, Registry));
        program ??= Program();
        var process = program.EndsWith(".dll", StringComparison.Ordinal)
            ? PeerProcess.Start("dotnet", [program, "run", "--config", file])
            : PeerProcess.Start(program, ["run", "--config", file]);
        var port = await process.PortAsync("fleet: ");
        return new Peer(Peer.Gateway, process, port) { Management = await process.PortAsync("management: ") };
    }

    /// <summary>
    /// Starts another build of the gateway, or the same with other settings of the runtime, to be measured in the same rounds; on a copy of the
    /// registry, because a store has one gateway.
    /// </summary>
    /// <param name="fleet">Certificates and registry.</param>
    /// <param name="acs">Port of the ACS.</param>
    /// <param name="rules">Folder of rules.</param>
    /// <param name="other"><c>NAME PROGRAM [VARIABLE=VALUE ...]</c>; <c>-</c> for the command's release build.</param>
    public static async Task<Peer> StartBesideAsync(BenchFleet fleet, int acs, string rules, string other)
    {
        if (other.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [var name, var program, .. var variables])
        {
            throw new BenchException($"'{other}' should be NAME PROGRAM [VARIABLE=VALUE ...]");
        }

        var (registry, file) = (fleet.File(name + ".db"), fleet.File(name + ".json"));
        File.Copy(fleet.File(Registry), registry);
        await File.WriteAllTextAsync(file, Settings(fleet, acs, rules, isPlain: false, sessionsPerSecond: 0, Path.GetFileName(registry)));
        var environment = variables.Select(variable => variable.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[^1], StringComparer.Ordinal);
        var process = PeerProcess.Start("dotnet", [program is "-" ? Program() : program, "run", "--config", file], environment);
        return new Peer(name, process, await process.PortAsync("fleet: ")) { Management = await process.PortAsync("management: ") };
    }

    /// <summary>Waits until the gateway says that it is ready.</summary>
    /// <exception cref="BenchException">It does not within ten seconds.</exception>
    public static async Task ReadyAsync(Peer peer)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(10) };
        for (var i = 0; i < 1000; i++)
        {
            using var answer = await client.GetAsync(new Uri(FormattableString.Invariant($"http://127.0.0.1:{peer.Management}/readyz")));
            if (answer.IsSuccessStatusCode)
            {
                return;
            }

            await Task.Delay(10);
        }

        throw new BenchException("the gateway does not become ready");
    }

    /// <summary>A listener without TLS that lets everybody in, for what sessions and connections hold themselves.</summary>
    private static object Plain() => new
    {
        Name = "fleet",
        Port = 0,
        Paths = (List<string>)["/acs"],
        AllowPlaintext = true,
        ClientCertificates = "none",
        Identity = new { Mode = "observe" },
        Limits = new { IdleTime = "00:30:00", SessionIdleTime = "00:30:00" },
    };

    /// <summary>The command's release build.</summary>
    /// <exception cref="BenchException">It has not been built.</exception>
    public static string Program() => Existing(Path.Combine(Repository.Root, "artifacts", "bin", "CwmpShield.Cli", "release", "cwmpshield.dll"), "dotnet build -c Release src/CwmpShield.Cli");

    /// <summary>The command as <c>./release</c> publishes it, which is what operators run.</summary>
    /// <exception cref="BenchException">It has not been published.</exception>
    public static string Published() => Existing(Path.Combine(Repository.Root, "artifacts", "published", "cwmpshield"), "eng/publish.sh artifacts/published");

    private static string Existing(string program, string making) => File.Exists(program) ? program : throw new BenchException($"{program} is missing: {making}");

    private static string Settings(BenchFleet fleet, int acs, string rules, bool isPlain, int sessionsPerSecond, string registry) => JsonSerializer.Serialize(new
    {
        CwmpShield = new
        {
            Listeners = new object[]
            {
                isPlain ? Plain() : new
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
            Store = new { Path = fleet.File(registry), KeyFile = fleet.File("master.key") },
            Management = new { Port = 0 },
            Admission = new { SessionsPerSecond = sessionsPerSecond },
        },
        ReverseProxy = new
        {
            Clusters = new { acs = new { Destinations = new { one = new { Address = FormattableString.Invariant($"http://127.0.0.1:{acs}/") } }, HealthCheck = new { Active = new { Enabled = true, Interval = "00:00:15" } } } },
        },
    });
}
