using System.Net;
using CwmpShield.Core.Firmware;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Mirror;
using CwmpShield.Gateway.Tests.Doubles;
using CwmpShield.Gateway.Tests.Listening;
using CwmpShield.Gateway.Transfers;
using Microsoft.Extensions.DependencyInjection;

namespace CwmpShield.Gateway.Tests.Transfers;

/// <summary>Orders for artefacts: the device is given the mirror's URL, or the order is refused with its reason.</summary>
public sealed class DeliveryTests
{
    private const string Url = TransferLab.Origin + "image.bin";

    [Fact]
    public async Task Refuses_until_the_file_is_verified_and_then_delivers_it_by_the_mirror()
    {
        await using var bench = await TransferLab.StartAsync();

        await bench.OrderAsync();
        Assert.Equal("", bench.Order.Method);
        Assert.Contains(ArtefactReason.NotReady, bench.Acs.Server.Received.Last().Body, StringComparison.Ordinal);
        Assert.Empty(await bench.TransfersAsync());

        await bench.FillAsync();
        bench.Reasons();
        await bench.OrderAsync();

        Assert.Equal("Download", bench.Order.Method);
        Assert.StartsWith("http://mirror.example/", bench.Argument("URL"), StringComparison.Ordinal);
        Assert.EndsWith("/image.bin", bench.Argument("URL"), StringComparison.Ordinal);
        Assert.Equal(TransferLab.Image, (await Fetched(bench)).Bytes);
        Assert.Contains(MirrorReason.Mirrored, bench.Reasons());
        await bench.Lab.CountsAsync("cwmpshield_mirror_orders_total", MirrorReason.Mirrored);
    }

    [Fact]
    public async Task Changes_nothing_of_the_order_but_url_user_password_and_an_undeclared_size()
    {
        await using var bench = await TransferLab.StartAsync();
        await bench.FillAsync();
        await bench.SessionAsync(orders: [id => TransferSoap.Download(id, Url, "key", "vendor", "vendor-secret", 0, 30)]);

        Assert.Equal(["key"], bench.ArgumentsOf("CommandKey"));
        Assert.Equal(("1 Firmware Upgrade Image", "t", "30", "s", "f"), (bench.Argument("FileType"), bench.Argument("TargetFileName"), bench.Argument("DelaySeconds"), bench.Argument("SuccessURL"), bench.Argument("FailureURL")));
        Assert.Equal("100000", bench.Argument("FileSize"));
        Assert.Equal("order-1", bench.Argument("Username"));
        Assert.Equal(24, bench.Argument("Password").Length);
        Assert.DoesNotContain("vendor", bench.Order.Body, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.Unauthorized, (await bench.FetchAsync(bench.Argument("URL"))).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await bench.FetchAsync(bench.Argument("URL"), new NetworkCredential("vendor", "vendor-secret"))).Status);
        var own = new NetworkCredential(bench.Argument("Username"), bench.Argument("Password"));
        Assert.Equal(TransferLab.Image, (await bench.FetchAsync(bench.Argument("URL"), own)).Bytes);

        await bench.SessionAsync(orders: [id => TransferSoap.Download(id, Url, "key", size: 100_000)]);
        Assert.Equal(("100000", "", ""), (bench.Argument("FileSize"), bench.Argument("Username"), bench.Argument("Password")));
    }

    [Fact]
    public async Task Lets_what_no_manifest_lists_go_as_it_came()
    {
        await using var bench = await TransferLab.StartAsync();
        await bench.SessionAsync(orders: [id => TransferSoap.Download(id, "https://other.example/x", "key", "vendor", "secret")]);

        Assert.Equal(("https://other.example/x", "vendor", "secret"), (bench.Argument("URL"), bench.Argument("Username"), bench.Argument("Password")));
        Assert.Equal(("", TransferStatus.Ordered), ((await bench.TransfersAsync())[0].Artefact, await bench.StatusAsync()));
    }

    [Fact]
    public async Task Lets_a_host_that_is_stated_as_direct_pass_and_says_that_nobody_verified_the_bytes()
    {
        await using var bench = await TransferLab.StartAsync(mirror => mirror with { Direct = ["FILES.example"] });
        await bench.OrderAsync();

        Assert.Equal(Url, bench.Argument("URL"));
        Assert.Contains(MirrorReason.BytesUnverified, bench.Reasons());
        Assert.False((await bench.TransfersAsync())[0].IsVerified);
        await bench.Lab.CountsAsync("cwmpshield_mirror_orders_total", MirrorReason.BytesUnverified);
    }

    [Fact]
    public async Task Refuses_an_artefact_where_there_is_no_mirror_and_its_host_is_not_direct()
    {
        await using var bench = await TransferLab.StartAsync(_ => new());
        await bench.OrderAsync();

        Assert.Equal("", bench.Order.Method);
        Assert.Contains(MirrorReason.NotMirrored, bench.Acs.Server.Received.Last().Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lets_an_order_go_as_it_came_where_rules_only_observe_and_records_why_it_would_be_refused()
    {
        await using var bench = await TransferLab.StartAsync(mode: RulesMode.Observe);
        await bench.OrderAsync();

        Assert.Equal(Url, bench.Argument("URL"));
        Assert.Contains(ArtefactReason.NotReady, bench.Reasons());

        await bench.FillAsync();
        await bench.OrderAsync();
        Assert.StartsWith("http://mirror.example/", bench.Argument("URL"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_nothing_where_site_yaml_says_that_rules_only_observe()
    {
        await using var bench = await TransferLab.StartAsync(_ => new(), rules: "cwmpshield: 1\nmode: observe\nrules: []\n");
        await bench.OrderAsync();

        Assert.Equal(Url, bench.Argument("URL"));
        Assert.Contains(MirrorReason.NotMirrored, bench.Reasons());
    }

    [Fact]
    public async Task Replaces_and_counts_nothing_where_a_listener_only_observes_who_speaks()
    {
        await using var bench = await TransferLab.StartAsync(gateway: plain => plain with
        {
            Listeners = [plain.Listeners[0] with { Identity = plain.Listeners[0].Identity with { Mode = IdentityMode.Observe } }],
        });
        await bench.FillAsync();
        await bench.OrderAsync();
        Assert.Equal(Url, bench.Argument("URL"));
        await bench.SessionAsync(says: TransferSoap.Complete());

        Assert.Empty(await bench.TransfersAsync());
        Assert.Empty(await bench.Rollouts.ListAsync("fw-2.0", default));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Refuses_an_order_for_later_than_urls_live(bool scheduled)
    {
        await using var bench = await TransferLab.StartAsync();
        await bench.FillAsync();
        var late = 15 * 24 * 3600L;
        await bench.SessionAsync(orders: [id => scheduled ? TransferSoap.Schedule(id, Url, late) : TransferSoap.Download(id, Url, delay: late)]);

        Assert.Equal("", bench.Order.Method);
        Assert.Contains(MirrorReason.DelayTooLong, bench.Acs.Server.Received.Last().Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_an_order_that_no_url_can_be_given_for()
    {
        await using var bench = await TransferLab.StartAsync(mirror => mirror with { PublicUrl = "http://mirror.example/" + new string('p', 210) + "/" });
        await bench.FillAsync();
        await bench.OrderAsync();

        Assert.Equal("", bench.Order.Method);
        Assert.Contains(MirrorReason.LinkTooLong, bench.Acs.Server.Received.Last().Body, StringComparison.Ordinal);
        Assert.Empty(await bench.TransfersAsync());
    }

    [Fact]
    public async Task A_url_lives_until_the_last_window_has_ended_and_a_margin()
    {
        await using var bench = await TransferLab.StartAsync();
        await bench.FillAsync();
        await bench.SessionAsync(orders: [id => TransferSoap.Schedule(id, Url, 7200)]);

        Assert.Equal("ScheduleDownload", bench.Order.Method);
        var record = Assert.Single(await bench.TransfersAsync());
        Assert.Equal(TimeSpan.FromHours(26), record.ExpiresAt - record.OrderedAt);
        Assert.Equal(HttpStatusCode.OK, (await Fetched(bench)).Status);
    }

    [Fact]
    public async Task Delivers_each_deployment_unit_of_an_order_by_its_own_url()
    {
        await using var bench = await TransferLab.StartAsync();
        await bench.FillAsync();
        bench.Artefacts["https://files.example/second.bin"] = bench.Artefacts[Url] with { Name = "second" };
        await bench.SessionAsync(
            orders: [id => TransferSoap.Install(id, Url, "https://files.example/second.bin"), id => TransferSoap.Install(id, Url, "https://elsewhere.example/x")]);

        var urls = bench.ArgumentsOf("URL");
        Assert.Equal(2, urls.Distinct().Count(url => url.StartsWith("http://mirror.example/", StringComparison.Ordinal)));
        Assert.Equal(["order-1", ""], bench.ArgumentsOf("Username"));
        Assert.Equal(TransferLab.Image, (await bench.FetchAsync(urls[1])).Bytes);
        Assert.Equal(4, (await bench.TransfersAsync()).Count);
        Assert.Equal(["", "fw-2.0", "fw-2.0", "second"], (await bench.TransfersAsync()).Select(record => record.Artefact).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_url_is_good_until_the_device_reports_the_transfer()
    {
        await using var bench = await TransferLab.StartAsync();
        await bench.FillAsync();
        await bench.OrderAsync();
        var url = bench.Argument("URL");
        Assert.Equal(HttpStatusCode.OK, (await bench.FetchAsync(url)).Status);

        await bench.SessionAsync(says: TransferSoap.Complete());

        Assert.Equal(HttpStatusCode.Gone, (await bench.FetchAsync(url)).Status);
    }

    [Fact]
    public async Task A_withdrawn_artefact_is_not_served_to_those_who_were_ordered_it()
    {
        await using var bench = await TransferLab.StartAsync();
        await bench.FillAsync();
        await bench.OrderAsync();

        bench.Withdrawn.Add("fw-2.0");

        Assert.Equal(HttpStatusCode.Gone, (await Fetched(bench)).Status);
    }

    [Fact]
    public async Task Forgets_an_order_whose_device_has_gone_before_it_came()
    {
        await using var bench = await TransferLab.StartAsync();
        await bench.FillAsync();
        bench.Acs.Order(id =>
        {
            // The device hangs up while the ACS is still thinking.
            Task.Delay(300).Wait();
            return TransferSoap.Download(id, Url);
        });
        var device = await bench.Lab.DeviceAsync();
        await device.InformAsync();
        await device.SendAsync("");
        await Task.Delay(100);
        await device.DisposeAsync();
        await bench.Lab.QuietAsync();

        Assert.Empty(await bench.TransfersAsync());
        Assert.Equal(0, Assert.Single(await bench.Rollouts.ListAsync("fw-2.0", default)).Orders);
    }

    [Fact]
    public async Task Refuses_when_the_store_is_down()
    {
        await using var bench = await TransferLab.StartAsync();
        await bench.FillAsync();
        await bench.Lab.Store.WriteAsync(commands => commands.ExecuteAsync("ALTER TABLE rollout RENAME TO away"), default);
        await bench.OrderAsync();

        Assert.Equal("", bench.Order.Method);
        Assert.Equal("9001", bench.Acs.Faults.Values.Single());
    }

    [Fact]
    public async Task Says_why_a_file_cannot_be_had()
    {
        await using var bench = await TransferLab.StartAsync();
        bench.Artefacts[Url] = bench.Artefacts[Url] with { Sha256 = new string('a', 64) };
        await bench.OrderAsync();
        await ListenerHost.EventuallyAsync(() => bench.Lab.Metrics().Contains(MirrorReason.HashMismatch, StringComparison.Ordinal), "the failed fetch");
        await bench.OrderAsync();

        Assert.Contains(MirrorReason.HashMismatch, bench.Acs.Server.Received.Last().Body, StringComparison.Ordinal);
        Assert.Null(bench.Lab.Services.GetRequiredService<MirrorShelf>().Find(new string('a', 64)));
    }

    private static Task<(HttpStatusCode Status, byte[] Bytes)> Fetched(TransferLab bench) => bench.FetchAsync(bench.Argument("URL"));
}
