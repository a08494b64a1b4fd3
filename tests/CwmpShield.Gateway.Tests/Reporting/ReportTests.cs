using System.Globalization;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using CwmpShield.Core.Audit.Controls;
using CwmpShield.Gateway.Reporting;

namespace CwmpShield.Gateway.Tests.Reporting;

/// <summary>What stands in a report, and where it comes from.</summary>
public sealed class ReportTests
{
    [Fact]
    public async Task Says_the_same_of_the_same_store_to_the_character()
    {
        using var lab = await ReportLab.StartAsync();
        var (_, json, _) = await lab.MakeAsync();

        var actual = (await File.ReadAllTextAsync(lab.Json)).Replace(json.GetProperty("html_sha256").GetString()!, "HASH", StringComparison.Ordinal)
            .Replace(json.GetProperty("scope").GetProperty("key_id").GetString()!, "KEY", StringComparison.Ordinal);
        var expected = GoldenFile.Of("report.json", actual);
        Assert.Equal(expected, actual, ignoreLineEndingDifferences: true);
    }

    [Fact]
    public async Task Counts_what_the_store_holds_of_the_period_and_nothing_else()
    {
        using var lab = await ReportLab.StartAsync();
        var (html, json, outcome) = await lab.MakeAsync();

        var total = json.GetProperty("verdicts").GetProperty("total");
        Assert.Equal((1, 2, 1, 1, 1, 43), (Number(total, "orders_allowed"), Number(total, "orders_refused"), Number(total, "orders_held"), Number(total, "messages_refused"), Number(total, "log_ins_failed"), Number(total, "counted_in_sum")));
        Assert.Equal(3, outcome.StoppedOrders);
        Assert.Equal(["dns-redirect", "artefact-unlisted", "script-in-report"], json.GetProperty("verdicts").GetProperty("by_rule").EnumerateArray().Select(one => one.GetProperty("name").GetString()).OrderByDescending(name => name == "dns-redirect").ThenBy(name => name, StringComparer.Ordinal));
        Assert.DoesNotContain("dns-after-the-period", html, StringComparison.Ordinal);
        Assert.Contains("203.0.113.9", html, StringComparison.Ordinal);
        Assert.Contains("Device.Users.User.1.Password (#66666666)", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("orders", "INSERT")]
    [InlineData("identity", "INSERT INTO device (oui, product_class, serial_number, status, required_strength, model, software_version) VALUES ('00CCDD', 'NEW', '9', 'active', 3, '', '')")]
    [InlineData("certificates", "UPDATE certificate_seen SET subject = 'CN=another'")]
    [InlineData("artefacts", "UPDATE transfer SET status = 'confirmed'")]
    [InlineData("drift", "UPDATE expectation SET observed_shown = 'Neighbour'")]
    [InlineData("verdicts", "UPDATE ledger_tally SET records = records + 7 WHERE kind = 'order-intent'")]
    public async Task Changes_with_the_store(string part, string change)
    {
        using var lab = await ReportLab.StartAsync();
        var (htmlBefore, before, _) = await lab.MakeAsync();
        if (change == "INSERT")
        {
            await lab.AddAsync("edge-1", ReportLab.Refused(ReportLab.From.AddHours(60), rule: "ntp-foreign"));
        }
        else
        {
            await lab.Store.WriteAsync(commands => commands.ExecuteAsync(change), default);
        }

        var (html, after, _) = await lab.MakeAsync();
        Assert.NotEqual(before.GetProperty(part).GetRawText(), after.GetProperty(part).GetRawText());
        Assert.NotEqual(htmlBefore, html);
    }

    [Fact]
    public async Task Tells_downtimes_changes_and_what_was_lost()
    {
        using var lab = await ReportLab.StartAsync();
        var (_, json, _) = await lab.MakeAsync();

        var availability = json.GetProperty("availability");
        var downtimes = availability.GetProperty("downtimes").EnumerateArray().Select(one => (From: one.TryGetProperty("from", out var from) ? from.GetString() : null, To: one.GetProperty("to").GetString())).ToList();
        Assert.Equal([("2026-11-23T14:00:00+00:00", "2026-11-23T16:00:00+00:00"), (null, "2026-11-25T02:00:00+00:00")], downtimes);
        Assert.Equal(3, Number(availability, "lost_records"));
        Assert.Equal("end-missing", availability.GetProperty("unclean")[0].GetProperty("action").GetString());
        Assert.Equal(("alice", "device-quarantine"), (json.GetProperty("changes").GetProperty("operators")[0].GetProperty("actor").GetString(), json.GetProperty("changes").GetProperty("operators")[0].GetProperty("action").GetString()));
        Assert.Equal([true, false], json.GetProperty("rules").GetProperty("changes").EnumerateArray().Select(one => one.GetProperty("in_force").GetBoolean()));
        Assert.Equal(new string('a', 64), json.GetProperty("rules").GetProperty("before")[0].GetProperty("hash").GetString());
        Assert.Equal("certificate-untrusted", json.GetProperty("certificates").GetProperty("refused")[0].GetProperty("name").GetString());
    }

    [Fact]
    public async Task Answers_controls_with_figures_and_says_where_it_has_none()
    {
        using var lab = await ReportLab.StartAsync();
        var (html, json, _) = await lab.MakeAsync();

        var controls = json.GetProperty("schemes")[0].GetProperty("controls");
        Assert.Contains("2 refusals by the rules dns-*", controls[0].GetProperty("evidence")[1].GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, controls[1].GetProperty("evidence").GetArrayLength());
        Assert.Contains("none: the gateway gives no evidence", html, StringComparison.Ordinal);
        Assert.Contains("Id and subject were not held against", html, StringComparison.Ordinal);
        Assert.DoesNotContain("compliant", html, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Answers_every_control_of_every_scheme_that_ships()
    {
        using var lab = await ReportLab.StartAsync();
        var load = ControlLoader.Load(GoldenFile.At("rules/controls"));
        Assert.Empty(load.Problems);

        var (html, json, outcome) = await lab.MakeAsync(ReportLab.Request() with { Schemes = load.Schemes, Verify = null });

        Assert.Equal(load.Schemes.Sum(scheme => scheme.Controls.Count), outcome.Controls);
        Assert.Equal(4, json.GetProperty("schemes").GetArrayLength());
        Assert.Contains("were not verified while this report was made", html, StringComparison.Ordinal);
        Parse(html);
    }

    [Fact]
    public async Task Is_well_formed_and_harmless_whatever_devices_call_themselves()
    {
        using var lab = await ReportLab.StartAsync();
        var (html, _, _) = await lab.MakeAsync();

        var document = Parse(html);
        var names = document.Descendants().Select(one => one.Name.LocalName).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(names.Intersect(["script", "img", "iframe", "object", "link", "form", "foreignObject", "use", "image"], StringComparer.Ordinal));
        Assert.DoesNotContain(document.Descendants().Attributes(), one => one.Name.LocalName.StartsWith("on", StringComparison.OrdinalIgnoreCase) || one.Name.LocalName is "src" or "style");
        Assert.All(document.Descendants().Attributes("href"), one => Assert.StartsWith("#", one.Value, StringComparison.Ordinal));
        Assert.Contains("alert(1)</script>", document.Root!.Value.Replace('\uFFFD', ' '), StringComparison.Ordinal);
        Assert.DoesNotContain('\u202E', html);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("default-src 'none'", document.Descendants("meta").Attributes("content").Select(one => one.Value).First(value => value.Contains("default-src", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Has_anchors_for_its_contents_and_heads_for_its_tables()
    {
        using var lab = await ReportLab.StartAsync();
        var (html, _, _) = await lab.MakeAsync();

        var document = Parse(html);
        var ids = document.Descendants().Attributes("id").Select(one => one.Value).ToList();
        Assert.Equal(ids.Count, ids.Distinct(StringComparer.Ordinal).Count());
        Assert.All(document.Descendants("a").Attributes("href"), one => Assert.Contains(one.Value[1..], ids));
        Assert.All(document.Descendants("table"), table =>
        {
            Assert.NotEmpty(table.Element("caption")!.Value);
            Assert.All(table.Element("thead")!.Descendants("th"), head => Assert.Equal("col", head.Attribute("scope")!.Value));
            var columns = table.Element("thead")!.Descendants("th").Count();
            Assert.All(table.Element("tbody")!.Elements("tr"), row => Assert.Equal(columns, row.Elements().Count()));
        });
        Assert.All(document.Descendants().Where(one => one.Name.LocalName == "svg" && one.Attribute("role") is not null), svg => Assert.NotEmpty(svg.Elements().First(one => one.Name.LocalName == "title").Value));
        Assert.Equal("en", document.Root!.Attribute("lang")!.Value);
    }

    [Fact]
    public async Task Holds_no_more_in_memory_for_a_hundred_thousand_refusals()
    {
        using var lab = await ReportLab.StartAsync();
        for (var batch = 0; batch < 100; batch++)
        {
            var at = ReportLab.From.AddHours(20).AddSeconds(batch);
            await lab.AddAsync("edge-2", [.. Enumerable.Range(0, 1000).Select(i => ReportLab.Refused(at, string.Create(CultureInfo.InvariantCulture, $"00AABB-HGW-{i}")))]);
        }

        var report = await ReportBuilder.BuildAsync(lab.Store, ReportLab.Request() with { MaxRows = 500 }, default);
        Assert.Equal((100_003, 500), (report.Orders.Total, report.Orders.Orders.Count));
        var (html, json, _) = await lab.MakeAsync(ReportLab.Request() with { MaxRows = 500 });
        Assert.Contains("The table shows the first 500 of 100,003 refused and held orders. All of them: cwmpshield audit export --from 2026-11-23T00:00:00Z", html, StringComparison.Ordinal);
        Assert.Equal(100_003, Number(json.GetProperty("orders"), "total"));
        Assert.True(html.Length < 2 << 20);
    }

    [Fact]
    public async Task Says_that_the_ledger_is_not_intact()
    {
        using var lab = await ReportLab.StartAsync();
        var (html, _, outcome) = await lab.MakeAsync(ReportLab.Request() with { Verify = _ => Task.FromResult(new ReportedVerification(false, 10, HasElsewhere: true, [], 1, [new VerificationFinding("fault", "edge-1", 4, "changed", "record 4 was changed")])) });

        Assert.False(outcome.IsLedgerIntact);
        Assert.Contains("NOT intact", html, StringComparison.Ordinal);
        Assert.Contains("record 4 was changed", html, StringComparison.Ordinal);
    }

    private static long Number(JsonElement of, string name) => of.GetProperty(name).GetInt64();

    /// <summary>The document as XML: whoever writes every element's end writes HTML that no parser has to guess at.</summary>
    private static XDocument Parse(string html)
    {
        Assert.StartsWith("<!DOCTYPE html>", html, StringComparison.Ordinal);
        using var reader = XmlReader.Create(new StringReader(html["<!DOCTYPE html>".Length..]), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        return XDocument.Load(reader);
    }
}
