using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using CwmpShield.Gateway.Tests.Listening;

namespace CwmpShield.Gateway.Tests.Telemetry.Alerts;

/// <summary>A real Prometheus on loopback that scrapes one gateway every second, with the shipped rules over seconds instead of minutes.</summary>
internal sealed class PrometheusServer : IAsyncDisposable
{
    private const string Program = "/usr/bin/prometheus";

    private readonly DirectoryInfo folder;
    private readonly Process process;
    private readonly HttpClient client;

    private PrometheusServer(DirectoryInfo folder, Process process, int port)
    {
        (this.folder, this.process) = (folder, process);
        client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
    }

    public static async Task<PrometheusServer> StartAsync(IPEndPoint gateway)
    {
        Assert.True(File.Exists(Program), $"{Program} is missing: apt-get install --no-install-recommends prometheus");
        var work = Directory.CreateTempSubdirectory("cwmpshield-prometheus-");
        foreach (var file in new[] { "recording.yaml", "alerts.yaml" })
        {
            await File.WriteAllTextAsync(Path.Combine(work.FullName, file), Hasten(await File.ReadAllTextAsync(Path.Combine(AlertFile.Folder, file))));
        }

        await File.WriteAllTextAsync(Path.Combine(work.FullName, "prometheus.yaml"), $$"""
            global: { scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s }
            rule_files: [recording.yaml, alerts.yaml]
            scrape_configs:
              - job_name: cwmpshield
                static_configs: [{ targets: ["{{gateway}}"] }]
            """);
        var port = FreePort();
        var start = new ProcessStartInfo(Program)
        {
            ArgumentList =
            {
                $"--config.file={work.FullName}/prometheus.yaml",
                $"--storage.tsdb.path={work.FullName}/data",
                $"--web.listen-address=127.0.0.1:{port}",
                "--enable-feature=exemplar-storage",
                "--log.level=error",
            },
            UseShellExecute = false,
        };
        var server = new PrometheusServer(work, Process.Start(start)!, port);
        await ListenerHost.EventuallyAsync(server.IsReadyAsync, "a Prometheus that has scraped");
        return server;
    }

    /// <summary>Alerts that are firing: name and labels.</summary>
    public async Task<IReadOnlyList<IReadOnlyDictionary<string, string>>> FiringAsync()
    {
        using var answer = JsonDocument.Parse(await client.GetStringAsync(new Uri("/api/v1/alerts", UriKind.Relative)));
        return
        [
            .. answer.RootElement.GetProperty("data").GetProperty("alerts").EnumerateArray()
                .Where(alert => alert.GetProperty("state").GetString() == "firing")
                .Select(alert => Labels(alert.GetProperty("labels"))),
        ];
    }

    /// <summary>Trace ids of the exemplars that it has taken from a metric.</summary>
    public async Task<IReadOnlyList<string>> ExemplarsAsync(string metric)
    {
        var now = TimeProvider.System.GetUtcNow();
        var span = string.Create(CultureInfo.InvariantCulture, $"start={now.AddMinutes(-5).ToUnixTimeSeconds()}&end={now.AddMinutes(5).ToUnixTimeSeconds()}");
        using var answer = JsonDocument.Parse(await client.GetStringAsync(new Uri($"/api/v1/query_exemplars?query={metric}&{span}", UriKind.Relative)));
        return
        [
            .. answer.RootElement.GetProperty("data").EnumerateArray()
                .SelectMany(series => series.GetProperty("exemplars").EnumerateArray())
                .Select(exemplar => exemplar.GetProperty("labels").GetProperty("trace_id").GetString()!),
        ];
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        client.Dispose();
        folder.Delete(recursive: true);
    }

    /// <summary>Minutes and hours of spans and waiting times become as many seconds, those of the thresholds stay.</summary>
    private static string Hasten(string rules) => Regex.Replace(
        Regex.Replace(rules, @"(?<before>\[|offset )(?<count>\d+)[mhd]", match => $"{match.Groups["before"].Value}{Math.Max(5, int.Parse(match.Groups["count"].Value, CultureInfo.InvariantCulture))}s", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture),
        @"for: \d+[mh]",
        "for: 1s",
        RegexOptions.NonBacktracking);

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using var answer = JsonDocument.Parse(await client.GetStringAsync(new Uri("/api/v1/query?query=cwmpshield_build_info", UriKind.Relative)));
            return answer.RootElement.GetProperty("data").GetProperty("result").GetArrayLength() > 0;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static Dictionary<string, string> Labels(JsonElement labels) =>
        labels.EnumerateObject().ToDictionary(label => label.Name, label => label.Value.GetString()!, StringComparer.Ordinal);

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
