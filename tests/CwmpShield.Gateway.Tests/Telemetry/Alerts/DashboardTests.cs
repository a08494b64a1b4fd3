using System.Text.Json;
using CwmpShield.Core.Tests;
using CwmpShield.Gateway.Tests.Telemetry.Reference;

namespace CwmpShield.Gateway.Tests.Telemetry.Alerts;

/// <summary>The Grafana dashboard asks for what exists, and works with any data source.</summary>
public sealed class DashboardTests
{
    private static readonly JsonElement Board = JsonDocument.Parse(File.ReadAllText(Repository.Path("dashboards", "cwmpshield.json"))).RootElement;

    private static IEnumerable<JsonElement> Panels => Board.GetProperty("panels").EnumerateArray();

    private static IEnumerable<(string Panel, string Query)> Queries =>
        from panel in Panels
        where panel.GetProperty("type").GetString() != "row"
        from target in panel.GetProperty("targets").EnumerateArray()
        select (panel.GetProperty("title").GetString()!, target.GetProperty("expr").GetString()!);

    [Fact]
    public async Task Every_query_asks_only_for_metrics_and_labels_that_exist()
    {
        await using var gateway = WholeGateway.Build();
        var check = new QueryCheck(gateway, AlertFile.Read());
        var annotations = Board.GetProperty("annotations").GetProperty("list").EnumerateArray().Select(one => (one.GetProperty("name").GetString()!, one.GetProperty("expr").GetString()!));
        var all = Queries.Concat(annotations).ToList();
        Assert.True(all.Count > 50);
        Assert.Empty(all.SelectMany(one => check.Problems(PromQuery.Read(one.Item2)).Select(problem => $"{one.Item1}: {problem}")));
    }

    [Fact]
    public async Task Every_query_can_be_read_by_Prometheus_and_keeps_to_the_chosen_gateways()
    {
        using var folder = new Storage.TemporaryFolder();
        var rules = Queries.Select((one, i) => $"      - record: panel:{i}\n        expr: '{Filled(one.Query).Replace("'", "''", StringComparison.Ordinal)}'\n");
        var file = folder.Write("panels.yaml", "groups:\n  - name: panels\n    rules:\n" + string.Concat(rules));
        Assert.Equal("", await Promtool.RunAsync("check", "rules", file));
        Assert.All(Queries, one => Assert.Contains("{job=~\"$job\",instance=~\"$instance\"", one.Query, StringComparison.Ordinal));
    }

    [Fact]
    public void Names_no_data_source_of_its_own_and_has_every_part()
    {
        var variables = Board.GetProperty("templating").GetProperty("list").EnumerateArray().ToDictionary(one => one.GetProperty("name").GetString()!, StringComparer.Ordinal);
        Assert.Equal("prometheus", variables["datasource"].GetProperty("query").GetString());
        Assert.Equal("cwmpshield", Board.GetProperty("uid").GetString());
        Assert.True(Board.GetProperty("schemaVersion").GetInt32() >= 36);
        Assert.All(Panels.Where(panel => panel.TryGetProperty("datasource", out _)), panel => Assert.Equal("${datasource}", panel.GetProperty("datasource").GetProperty("uid").GetString()));
        Assert.Equal(
            ["At a glance", "Verdicts", "Refusals", "Identity", "Sessions and latency", "ACS", "Artefacts", "Connection requests", "Ledger", "Process"],
            Panels.Where(panel => panel.GetProperty("type").GetString() == "row").Select(panel => panel.GetProperty("title").GetString()!));
        Assert.Equal(Panels.Count(), Panels.Select(panel => panel.GetProperty("id").GetInt32()).Distinct().Count());
    }

    [Fact]
    public void No_panel_lies_over_another()
    {
        var taken = new HashSet<(int, int)>();
        foreach (var panel in Panels)
        {
            var place = panel.GetProperty("gridPos");
            var (x, y, w, h) = (place.GetProperty("x").GetInt32(), place.GetProperty("y").GetInt32(), place.GetProperty("w").GetInt32(), place.GetProperty("h").GetInt32());
            Assert.True(x + w <= 24);
            Assert.All(Enumerable.Range(x, w).SelectMany(column => Enumerable.Range(y, h).Select(line => (column, line))), cell => Assert.True(taken.Add(cell), panel.GetProperty("title").GetString()));
        }
    }

    private static string Filled(string query) => query
        .Replace("$__rate_interval", "5m", StringComparison.Ordinal)
        .Replace("$job", ".*", StringComparison.Ordinal)
        .Replace("$instance", ".*", StringComparison.Ordinal);
}
