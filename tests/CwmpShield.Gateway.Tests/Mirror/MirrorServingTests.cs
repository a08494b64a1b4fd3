using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Mirror;
using CwmpShield.Gateway.Mirror.Serving;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Storage.Secrets;
using CwmpShield.Gateway.Tests.Listening;

namespace CwmpShield.Gateway.Tests.Mirror;

/// <summary>Serving: a URL is good for one order, for a while, for so many bytes, and for nothing else.</summary>
public sealed class MirrorServingTests
{
    private static readonly byte[] Image = RandomNumberGenerator.GetBytes(200_000);

    [Theory]
    [InlineData("tls")]
    [InlineData("plain")]
    public async Task Serves_the_whole_file_and_describes_it(string door)
    {
        await using var lab = await ServingLab.StartAsync(Image);

        using var answer = await lab.GetAsync(lab.PathOf(lab.Ticket()), door: door);
        using var head = await lab.GetAsync(lab.PathOf(lab.Ticket()), method: HttpMethod.Head, door: door);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(Image, await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal($"\"{lab.Target.Sha256}\"", answer.Headers.ETag!.Tag);
        Assert.Equal("bytes", answer.Headers.AcceptRanges.ToString());
        Assert.Equal((HttpStatusCode.OK, Image.Length), (head.StatusCode, head.Content.Headers.ContentLength));
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("bytes=0-0", 0, 1)]
    [InlineData("bytes=100-199", 100, 100)]
    [InlineData("bytes=199999-", 199_999, 1)]
    [InlineData("bytes=100000-999999999", 100_000, 100_000)]
    [InlineData("bytes=-500", 199_500, 500)]
    [InlineData("bytes=-900000", 0, 200_000)]
    public async Task Serves_one_range(string range, int offset, int length)
    {
        await using var lab = await ServingLab.StartAsync(Image);

        using var answer = await lab.GetAsync(lab.PathOf(lab.Ticket()), headers => headers.TryAddWithoutValidation("Range", range));

        Assert.Equal(HttpStatusCode.PartialContent, answer.StatusCode);
        Assert.Equal($"bytes {offset}-{offset + length - 1}/200000", answer.Content.Headers.ContentRange!.ToString());
        Assert.Equal(Image.AsSpan(offset, length).ToArray(), await answer.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("bytes=0-1,5-6")]
    [InlineData("bytes=5-1")]
    [InlineData("bytes=-")]
    [InlineData("bytes=a-b")]
    [InlineData("bytes=99999999999999999999-")]
    [InlineData("lines=1-2")]
    public async Task Serves_the_whole_file_for_what_is_no_single_range(string range)
    {
        await using var lab = await ServingLab.StartAsync(Image);

        using var answer = await lab.GetAsync(lab.PathOf(lab.Ticket()), headers => headers.TryAddWithoutValidation("Range", range));

        Assert.Equal((HttpStatusCode.OK, Image.Length), (answer.StatusCode, (await answer.Content.ReadAsByteArrayAsync()).Length));
    }

    [Theory]
    [InlineData("bytes=200000-")]
    [InlineData("bytes=-0")]
    public async Task Refuses_a_range_outside_the_file(string range)
    {
        await using var lab = await ServingLab.StartAsync(Image);

        using var answer = await lab.GetAsync(lab.PathOf(lab.Ticket()), headers => headers.TryAddWithoutValidation("Range", range));

        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, answer.StatusCode);
        Assert.Equal("bytes */200000", answer.Content.Headers.ContentRange!.ToString());
    }

    [Fact]
    public async Task Serves_the_whole_file_when_If_Range_names_another()
    {
        await using var lab = await ServingLab.StartAsync(Image);

        using var same = await lab.GetAsync(lab.PathOf(lab.Ticket()), headers => Ask(headers, $"\"{lab.Target.Sha256}\""));
        using var other = await lab.GetAsync(lab.PathOf(lab.Ticket()), headers => Ask(headers, "\"other\""));

        Assert.Equal((HttpStatusCode.PartialContent, HttpStatusCode.OK), (same.StatusCode, other.StatusCode));

        static void Ask(HttpRequestHeaders headers, string tag)
        {
            headers.Range = new RangeHeaderValue(0, 9);
            headers.IfRange = new RangeConditionHeaderValue(tag);
        }
    }

    [Fact]
    public async Task Refuses_what_was_never_given()
    {
        await using var lab = await ServingLab.StartAsync(Image);
        var path = lab.PathOf(lab.Ticket());
        var forged = path.ToCharArray();
        forged[10] = forged[10] == 'A' ? 'B' : 'A';
        var ofAnotherGateway = Other().Write(Other().New(1, lab.Ticket().Expires, false));
        string[] paths = [new(forged), path[..20], $"/{ofAnotherGateway}/image.bin", "/", "/image.bin", "/a/b/c", path + "?x=1", $"/{new string('A', 43)}/x"];

        foreach (var one in paths)
        {
            using var answer = await lab.GetAsync(one);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
        }
    }

    [Fact]
    public async Task Refuses_other_methods_and_bodies()
    {
        await using var lab = await ServingLab.StartAsync(Image);
        foreach (var method in new[] { HttpMethod.Post, HttpMethod.Put, HttpMethod.Delete, HttpMethod.Options, HttpMethod.Trace })
        {
            using var answer = await lab.GetAsync(lab.PathOf(lab.Ticket()), method: method);
            Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        }

        await using var client = await RawClient.ConnectAsync(lab.Door("plain"));
        await client.SendAsync($"GET {lab.PathOf(lab.Ticket())} HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc");
        Assert.StartsWith("HTTP/1.1 405", await client.ReadAnswerAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_a_url_whose_time_is_over_and_one_after_the_clock_has_jumped()
    {
        await using var lab = await ServingLab.StartAsync(Image);
        var ticket = lab.Ticket();
        lab.Clock.Jump(TimeSpan.FromHours(-5));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(lab, ticket));

        lab.Clock.Jump(TimeSpan.FromHours(6));
        Assert.Equal(HttpStatusCode.Gone, await StatusAsync(lab, ticket));
    }

    [Fact]
    public async Task Refuses_when_the_order_is_done_unknown_or_the_store_is_down()
    {
        await using var lab = await ServingLab.StartAsync(Image);
        var open = lab.Orders(1)!;
        lab.Orders = number => number == 1 ? open with { IsOpen = false } : number == 2 ? null : throw new RegistryUnavailableException("down");

        Assert.Equal(HttpStatusCode.Gone, await StatusAsync(lab, lab.Ticket(1)));
        Assert.Equal(HttpStatusCode.Gone, await StatusAsync(lab, lab.Ticket(2)));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(lab, lab.Ticket(3)));
    }

    [Fact]
    public async Task Serves_four_times_the_size_to_one_order_and_no_more()
    {
        await using var lab = await ServingLab.StartAsync(Image);
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(lab, lab.Ticket()));
        }

        Assert.Equal(HttpStatusCode.Gone, await StatusAsync(lab, lab.Ticket()));
        using var range = await lab.GetAsync(lab.PathOf(lab.Ticket()), headers => headers.Range = new RangeHeaderValue(0, 0));
        Assert.Equal(HttpStatusCode.Gone, range.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(lab, lab.Ticket(2)));
    }

    [Theory]
    [InlineData(HttpChallenge.DigestMd5, "Digest", "tls")]
    [InlineData(HttpChallenge.DigestMd5, "Digest", "plain")]
    [InlineData(HttpChallenge.DigestSha256, "Digest", "tls")]
    [InlineData(HttpChallenge.Basic, "Basic", "tls")]
    public async Task Asks_for_the_orders_own_user_and_password(HttpChallenge challenge, string scheme, string door)
    {
        await using var lab = await ServingLab.StartAsync(Image, challenge);
        var ticket = lab.Ticket(1, hasCredential: true);
        using var nobody = await lab.GetAsync(lab.PathOf(ticket), door: door);
        Assert.Equal(HttpStatusCode.Unauthorized, nobody.StatusCode);
        Assert.Equal(scheme, nobody.Headers.WwwAuthenticate.Single().Scheme);

        Assert.Equal(HttpStatusCode.OK, await LoginAsync(LinkTickets.UserOf(ticket), lab.Get<LinkTickets>().PasswordOf(ticket)));
        Assert.Equal(HttpStatusCode.Unauthorized, await LoginAsync(LinkTickets.UserOf(ticket), "wrong"));
        Assert.Equal(HttpStatusCode.Unauthorized, await LoginAsync(LinkTickets.UserOf(ticket), lab.Get<LinkTickets>().PasswordOf(lab.Ticket(2, true))));

        async Task<HttpStatusCode> LoginAsync(string user, string password)
        {
            using var client = lab.Client(door, new CredentialCache { { new Uri($"{(door == "tls" ? "https" : "http")}://127.0.0.1:{lab.Door(door).Port}"), scheme, new NetworkCredential(user, password) } });
            using var answer = await client.GetAsync(lab.PathOf(ticket));
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task Takes_no_Basic_password_without_TLS()
    {
        await using var lab = await ServingLab.StartAsync(Image);
        var ticket = lab.Ticket(1, hasCredential: true);
        var basic = Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes($"{LinkTickets.UserOf(ticket)}:{lab.Get<LinkTickets>().PasswordOf(ticket)}"));

        using var plain = await lab.GetAsync(lab.PathOf(ticket), headers => headers.Authorization = new("Basic", basic), door: "plain");
        using var tls = await lab.GetAsync(lab.PathOf(ticket), headers => headers.Authorization = new("Basic", basic));

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (plain.StatusCode, tls.StatusCode));
    }

    [Fact]
    public async Task Stops_a_running_transfer_when_the_artefact_is_withdrawn()
    {
        var large = new byte[16 << 20];
        await using var lab = await ServingLab.StartAsync(large);
        await using var client = await RawClient.ConnectAsync(lab.Door("plain"));
        await client.SendAsync($"GET {lab.PathOf(lab.Ticket())} HTTP/1.1\r\nHost: a\r\n\r\n");
        await ListenerHost.EventuallyAsync(() => lab.Get<LinkUse>().TryBegin(lab.Ticket(), large.Length, 4L * large.Length) == MirrorReason.LinkExhausted, "the transfer");

        lab.Stands = false;

        Assert.True(await client.ReadToEndAsync() < large.Length);
        Assert.Equal(HttpStatusCode.Gone, await StatusAsync(lab, lab.Ticket(2)));
    }

    [Fact]
    public async Task Fetches_an_evicted_file_again_and_tells_the_device_to_come_back()
    {
        await using var lab = await ServingLab.StartAsync(Image);
        File.Delete(lab.Get<MirrorShelf>().Find(lab.Target.Sha256)!.Path);

        using var first = await lab.GetAsync(lab.PathOf(lab.Ticket()));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(30)), (first.StatusCode, first.Headers.RetryAfter!.Delta));

        for (var i = 0; i < 200 && await StatusAsync(lab, lab.Ticket()) != HttpStatusCode.OK; i++)
        {
            await Task.Delay(50);
        }

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(lab, lab.Ticket()));
    }

    [Fact]
    public async Task Never_serves_a_file_that_was_truncated_behind_its_back()
    {
        await using var lab = await ServingLab.StartAsync(Image);
        await using (var file = File.OpenWrite(lab.Get<MirrorShelf>().Find(lab.Target.Sha256)!.Path))
        {
            file.SetLength(1000);
        }

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(lab, lab.Ticket()));
    }

    [Fact]
    public async Task Never_serves_a_file_that_somebody_else_has_written_to()
    {
        await using var lab = await ServingLab.StartAsync(Image);
        await using (var file = File.OpenWrite(lab.Get<MirrorShelf>().Find(lab.Target.Sha256)!.Path))
        {
            file.WriteByte((byte)(Image[0] ^ 1));
        }

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(lab, lab.Ticket()));
    }

    private static LinkTickets Other() => new(KeyRing.Of(MasterKey.Create()));

    private static async Task<HttpStatusCode> StatusAsync(ServingLab lab, LinkTicket ticket)
    {
        using var answer = await lab.GetAsync(lab.PathOf(ticket));
        return answer.StatusCode;
    }
}
