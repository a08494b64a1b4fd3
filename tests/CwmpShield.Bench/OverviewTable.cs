using System.Globalization;
using CwmpShield.Bench.Peers;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.WebConsole.Accounts;

namespace CwmpShield.Bench;

/// <summary>
/// The console's overview with a large ledger: the gateway as <c>cwmpshield run</c> starts it, a person who signs in over HTTP, and how long
/// the page takes the first time in the life of a process and later.
/// </summary>
internal static class OverviewTable
{
    private const int Wanted = 150;
    private const int Starts = 5;
    private const int Later = 120;
    private const string Ledger = "registry.db";

    private const int Anew = 6;

    /// <summary>The page keeps the ledger's figures for ten seconds.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(10.2);

    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(100);

    /// <summary>Makes the ledger, measures, and takes it away again.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="records">Records of the ledger, over the quarter of a year up to now.</param>
    /// <param name="place">Folder on the disk that holds it; null for the one of temporary files. Ten million records take some 7 GB.</param>
    /// <returns>The exit code: 1 when the measurement is not valid.</returns>
    public static async Task<int> PrintAsync(TextWriter output, long records, string? place)
    {
        var folder = place is null ? Directory.CreateTempSubdirectory("cwmpshield-bench-").FullName : Directory.CreateDirectory(Path.Combine(place, $"cwmpshield-bench-{Environment.ProcessId}")).FullName;
        using var acs = PeerProcess.Start(Environment.ProcessPath!, ["peer-acs"]);
        try
        {
            var fleet = await BenchFleet.CreateAsync(folder, 1_000, 0);
            var path = fleet.File(Ledger);
            await LedgerTable.FillAsync(output, path, records);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"the store has {new FileInfo(path).Length / 1e9:0.0} GB"));
            await AccountAsync(path);
            await MeasureAsync(output, fleet, await acs.PortAsync("port "));
            return 0;
        }
        catch (Exception error) when (error is BenchException or HttpRequestException)
        {
            output.WriteLine("the measurement is not valid: " + error.Message);
            return 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task AccountAsync(string path)
    {
        using var store = SqliteStore.Open(path);
        await new AccountStore(store, TimeProvider.System).AddAsync(ConsoleReader.Name, ConsoleRole.Viewer, ConsoleReader.Password, default);
    }

    private static async Task MeasureAsync(TextWriter output, BenchFleet fleet, int acs)
    {
        List<double> first = [], later = [], anew = [], week = [];
        for (var start = 1; start <= Starts; start++)
        {
            using var peer = await GatewayPeer.StartAsync(fleet, acs, Path.Combine(Repository.Root, "rules"), isPlain: true);
            await GatewayPeer.ReadyAsync(peer);
            using var reader = await ConsoleReader.SignInAsync(peer.Management);
            first.Add(await reader.OverviewAsync("/"));
            if (start == Starts)
            {
                await LaterAsync(reader, "/", Later, Between, later);
                await LaterAsync(reader, "/", Anew, Kept, anew);
                await LaterAsync(reader, "/?span=7d", Anew, Kept, week);
            }
        }

        Row(output, "the first page of a process", first);
        Row(output, "later pages", later);
        Row(output, "later pages that read the ledger anew", anew);
        Row(output, "the same of seven days", week);
    }

    private static async Task LaterAsync(ConsoleReader reader, string path, int pages, TimeSpan before, List<double> times)
    {
        for (var i = 0; i < pages; i++)
        {
            await Task.Delay(before);
            times.Add(await reader.OverviewAsync(path));
        }
    }

    private static void Row(TextWriter output, string what, List<double> times)
    {
        var sorted = times.Order().ToList();
        var (median, high) = (sorted[sorted.Count / 2], sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * 0.95))]);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{what,-38} {sorted.Count,4} pages: median {median,7:0.0} ms, p95 {high,7:0.0} ms, most {sorted[^1],7:0.0} ms; wanted below {Wanted} ms: {(high < Wanted ? "reached" : "MISSED")}"));
    }
}
