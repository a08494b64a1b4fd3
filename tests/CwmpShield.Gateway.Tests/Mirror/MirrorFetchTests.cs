using System.Net;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Mirror;
using CwmpShield.Gateway.Tests.Listening;
using Microsoft.AspNetCore.Http;

namespace CwmpShield.Gateway.Tests.Mirror;

/// <summary>Fetching: what is placed on the shelf is what was signed, and what isn't is refused with its reason.</summary>
public sealed class MirrorFetchTests
{
    private static byte[] Image => FetchLab.Image;

    [Fact]
    public async Task Waits_for_no_pipe_in_a_folder()
    {
        using var lab = new FetchLab();
        using var made = System.Diagnostics.Process.Start("mkfifo", lab.Origin("image.bin"));
        await made.WaitForExitAsync();
        File.CreateSymbolicLink(lab.Origin("link.bin"), lab.Origin("image.bin"));

        Assert.Equal(MirrorReason.SizeMismatch, await Task.Run(() => lab.RunAsync("https://files.example/image.bin")).WaitAsync(TimeSpan.FromMinutes(1)));
        Assert.Equal(MirrorReason.SizeMismatch, await Task.Run(() => lab.RunAsync("https://files.example/link.bin")).WaitAsync(TimeSpan.FromMinutes(1)));

        await File.WriteAllBytesAsync(lab.Origin("whole.bin"), Image);
        File.CreateSymbolicLink(lab.Origin("good.bin"), "whole.bin");
        Assert.Equal("", await lab.RunAsync("https://files.example/good.bin"));
    }

    [Fact]
    public async Task Places_a_file_whose_size_and_hash_are_the_signed_ones()
    {
        await using var server = await OriginServer.StartAsync(OriginServer.Serve(Image));
        using var lab = new FetchLab(server);

        Assert.Equal("", await lab.RunAsync(server.Address + "/image.bin"));

        Assert.Equal([FetchLab.Target.Sha256], lab.Files);
        Assert.Equal(Image, await File.ReadAllBytesAsync(lab.Shelf.Find(FetchLab.Target.Sha256)!.Path));
    }

    [Fact]
    public async Task Places_a_file_of_a_folder_and_nothing_from_outside_it()
    {
        using var lab = new FetchLab();
        Directory.CreateDirectory(lab.Origin("sub"));
        await File.WriteAllBytesAsync(lab.Origin("sub/image.bin"), Image);
        await File.WriteAllBytesAsync(lab.Origin("../outside.bin"), Image);

        Assert.Equal("", await lab.RunAsync("https://files.example/sub/image.bin"));
        Assert.Equal(MirrorReason.OriginStatus, await lab.RunAsync("https://files.example/../outside.bin"));
        Assert.Equal(MirrorReason.OriginUnknown, await lab.RunAsync("https://files.example/..%2Foutside.bin"));
        Assert.Equal(MirrorReason.OriginUnknown, await lab.RunAsync("https://files.example/sub%2Fimage.bin"));
        Assert.Equal(MirrorReason.OriginStatus, await lab.RunAsync("https://files.example/sub"));
        Assert.Equal(MirrorReason.OriginUnknown, await lab.RunAsync("https://other.example/sub/image.bin"));
        Assert.Equal(MirrorReason.OriginUnknown, await lab.RunAsync("https://files.example@other.example/sub/image.bin"));
        Assert.Equal(MirrorReason.OriginUnknown, await lab.RunAsync("https://files.example:444/sub/image.bin"));
        Assert.Equal(MirrorReason.OriginUnknown, await lab.RunAsync("http://files.example/sub/image.bin"));
        Assert.Equal(MirrorReason.OriginUnknown, await lab.RunAsync("not a url"));
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(1, true)]
    [InlineData(-1, false)]
    [InlineData(1, false)]
    [InlineData(200_000, false)]
    public async Task Refuses_a_file_that_is_shorter_or_longer_than_signed(int difference, bool announced)
    {
        await using var server = await OriginServer.StartAsync(async context =>
        {
            var content = new byte[Image.Length + difference];
            Image.AsSpan(0, Math.Min(Image.Length, content.Length)).CopyTo(content);
            context.Response.ContentLength = announced ? content.Length : null;
            await context.Response.Body.WriteAsync(content);
        });
        using var lab = new FetchLab(server);

        Assert.Equal(MirrorReason.SizeMismatch, await lab.RunAsync(server.Address + "/image.bin"));

        Assert.Null(lab.Shelf.Find(FetchLab.Target.Sha256));
        Assert.Empty(lab.Files);
    }

    [Fact]
    public async Task Refuses_a_file_with_another_hash_and_keeps_nothing_of_it()
    {
        var other = (byte[])Image.Clone();
        other[^1] ^= 1;
        await using var server = await OriginServer.StartAsync(OriginServer.Serve(other));
        using var lab = new FetchLab(server);

        Assert.Equal(MirrorReason.HashMismatch, await lab.RunAsync(server.Address + "/image.bin"));

        Assert.Null(lab.Shelf.Find(FetchLab.Target.Sha256));
        Assert.Empty(lab.Files);
    }

    [Fact]
    public async Task Goes_on_where_a_broken_fetch_has_ended()
    {
        var answer = OriginServer.BreakOff(Image, 100_000);
        await using var server = await OriginServer.StartAsync(context => answer(context));
        using var lab = new FetchLab(server);
        Assert.Equal(MirrorReason.OriginDown, await lab.RunAsync(server.Address + "/image.bin"));
        Assert.Contains(FetchLab.Target.Sha256 + ".part", lab.Files);
        Assert.Null(lab.Shelf.Find(FetchLab.Target.Sha256));

        lab.Restart();
        answer = OriginServer.Serve(Image);
        Assert.Equal("", await lab.RunAsync(server.Address + "/image.bin"));

        Assert.Equal(("bytes=100000-", "\"v1\""), (server.Requests[1].Range, server.Requests[1].IfRange));
        Assert.Equal([FetchLab.Target.Sha256], lab.Files);
    }

    [Fact]
    public async Task Begins_anew_when_the_origin_has_another_file_meanwhile()
    {
        var old = new byte[Image.Length];
        var answer = OriginServer.BreakOff(old, 100_000, "\"v0\"");
        await using var server = await OriginServer.StartAsync(context => answer(context));
        using var lab = new FetchLab(server);
        await lab.RunAsync(server.Address + "/image.bin");

        answer = OriginServer.Serve(Image);
        Assert.Equal("", await lab.RunAsync(server.Address + "/image.bin"));

        Assert.Equal("\"v0\"", server.Requests[1].IfRange);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task Hashes_what_it_keeps_and_begins_anew_where_that_was_changed()
    {
        var answer = OriginServer.BreakOff(Image, 100_000);
        await using var server = await OriginServer.StartAsync(context => answer(context));
        using var lab = new FetchLab(server);
        await lab.RunAsync(server.Address + "/image.bin");
        await using (var part = File.OpenWrite(lab.Shelf.PartOf(FetchLab.Target.Sha256)))
        {
            part.WriteByte((byte)(Image[0] ^ 1));
        }

        answer = OriginServer.Serve(Image);
        Assert.Equal("", await lab.RunAsync(server.Address + "/image.bin"));

        Assert.Equal(["", "bytes=100000-", ""], server.Requests.Select(request => request.Range));
        Assert.Equal(Image, await File.ReadAllBytesAsync(lab.Shelf.Find(FetchLab.Target.Sha256)!.Path));
    }

    [Fact]
    public async Task Refuses_an_origin_that_is_down_or_of_another_authority()
    {
        await using var server = await OriginServer.StartAsync(OriginServer.Serve(Image));
        await using var impostor = await OriginServer.StartAsync(OriginServer.Serve(Image));
        using var lab = new FetchLab(server, origin: place => place with { Url = impostor.Address + "/" });
        Assert.Equal(MirrorReason.OriginDown, await lab.RunAsync(impostor.Address + "/image.bin"));

        var address = server.Address;
        await server.DisposeAsync();
        using var gone = new FetchLab(impostor, origin: place => place with { Url = address + "/" });
        Assert.Equal(MirrorReason.OriginDown, await gone.RunAsync(address + "/image.bin"));
    }

    [Theory]
    [InlineData(404, MirrorReason.OriginStatus)]
    [InlineData(500, MirrorReason.OriginStatus)]
    [InlineData(206, MirrorReason.OriginStatus)]
    [InlineData(401, MirrorReason.OriginUnauthorized)]
    public async Task Refuses_an_answer_of_another_status(int status, string reason)
    {
        await using var server = await OriginServer.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            return context.Response.Body.WriteAsync(Image).AsTask();
        });
        using var lab = new FetchLab(server);

        Assert.Equal(reason, await lab.RunAsync(server.Address + "/image.bin"));
    }

    [Fact]
    public async Task Refuses_a_content_coding()
    {
        await using var server = await OriginServer.StartAsync(context =>
        {
            context.Response.Headers.ContentEncoding = "gzip";
            return context.Response.Body.WriteAsync(Image).AsTask();
        });
        using var lab = new FetchLab(server);

        Assert.Equal(MirrorReason.OriginEncoding, await lab.RunAsync(server.Address + "/image.bin"));
    }

    [Fact]
    public async Task Follows_a_redirect_only_where_it_may_and_takes_no_credential_there()
    {
        await using var elsewhere = await OriginServer.StartAsync(OriginServer.Serve(Image));
        await using var server = await OriginServer.StartAsync(context =>
        {
            var isKnown = context.Request.Headers.Authorization.Count > 0;
            context.Response.StatusCode = isKnown ? StatusCodes.Status302Found : StatusCodes.Status401Unauthorized;
            context.Response.Headers.WWWAuthenticate = "Basic realm=\"vendor\"";
            context.Response.Headers.Location = elsewhere.Address + "/files/image.bin";
            return Task.CompletedTask;
        });
        var secret = new NetworkCredential("operator", "secret");

        using var strict = new FetchLab(server);
        Assert.Equal(MirrorReason.RedirectRefused, await strict.RunAsync(server.Address + "/image.bin", credential: secret));
        Assert.Empty(elsewhere.Requests);

        using var other = new FetchLab(server, origin: place => place with { AllowedRedirects = [elsewhere.Address + "/other/"] });
        Assert.Equal(MirrorReason.RedirectRefused, await other.RunAsync(server.Address + "/image.bin", credential: secret));

        var both = Path.GetTempFileName();
        await File.WriteAllTextAsync(both, server.Authority.Certificate.ExportCertificatePem() + "\n" + elsewhere.Authority.Certificate.ExportCertificatePem());
        using var lab = new FetchLab(server, origin: place => place with { AllowedRedirects = [elsewhere.Address + "/files/"], Tls = new AcsTlsOptions { CaPath = both } });
        Assert.Equal("", await lab.RunAsync(server.Address + "/image.bin", credential: secret));
        Assert.Equal("", Assert.Single(elsewhere.Requests).Authorization);
        File.Delete(both);
    }

    [Fact]
    public async Task Refuses_an_origin_that_trickles()
    {
        var isWriting = new TaskCompletionSource();
        await using var server = await OriginServer.StartAsync(async context =>
        {
            context.Response.ContentLength = Image.Length;
            await context.Response.Body.WriteAsync(Image.AsMemory(0, 1000));
            await context.Response.Body.FlushAsync();
            isWriting.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        using var lab = new FetchLab(server);
        var running = lab.RunAsync(server.Address + "/image.bin");
        await isWriting.Task;
        await ListenerHost.EventuallyAsync(() => new FileInfo(lab.Shelf.PartOf(FetchLab.Target.Sha256)) is { Exists: true, Length: 1000 }, "the first bytes");

        lab.Clock.Advance(TimeSpan.FromSeconds(31));

        Assert.Equal(MirrorReason.OriginSlow, await running);
    }

    [Fact]
    public async Task Refuses_a_fetch_that_takes_too_long()
    {
        var isAsked = new TaskCompletionSource();
        await using var server = await OriginServer.StartAsync(async context =>
        {
            isAsked.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        using var lab = new FetchLab(server, options => options with { Fetch = options.Fetch with { MaxTime = TimeSpan.FromSeconds(20) } });
        var running = lab.RunAsync(server.Address + "/image.bin");
        await isAsked.Task;

        lab.Clock.Advance(TimeSpan.FromSeconds(25));

        Assert.Equal(MirrorReason.FetchTime, await running);
    }

    [Fact]
    public async Task Refuses_when_the_disk_is_full_and_succeeds_when_it_has_room_again()
    {
        await using var server = await OriginServer.StartAsync(OriginServer.Serve(Image));
        using var lab = new FetchLab(server);
        lab.Fetch = lab.NewFetch((handle, bytes, offset) =>
        {
            if (offset > 50_000)
            {
                throw new IOException("No space left on device");
            }

            RandomAccess.Write(handle, bytes, offset);
        });

        Assert.Equal(MirrorReason.DiskFull, await lab.RunAsync(server.Address + "/image.bin"));
        Assert.Null(lab.Shelf.Find(FetchLab.Target.Sha256));

        lab.Restart();
        Assert.Equal("", await lab.RunAsync(server.Address + "/image.bin"));
    }

    [Fact]
    public async Task Stops_when_the_artefact_is_withdrawn_meanwhile()
    {
        await using var server = await OriginServer.StartAsync(OriginServer.Serve(Image));
        using var lab = new FetchLab(server);

        Assert.Equal(MirrorReason.Withdrawn, await lab.RunAsync(server.Address + "/image.bin", mayGoOn: () => false));

        Assert.Null(lab.Shelf.Find(FetchLab.Target.Sha256));
    }

    [Fact]
    public async Task Fetches_no_faster_than_it_may()
    {
        await using var server = await OriginServer.StartAsync(OriginServer.Serve(Image));
        using var lab = new FetchLab(server, options => options with { Fetch = options.Fetch with { MaxBytesPerSecond = 100_000, MinBytesPerSecond = 1 } });
        var running = lab.RunAsync(server.Address + "/image.bin");
        await ListenerHost.EventuallyAsync(() => new FileInfo(lab.Shelf.PartOf(FetchLab.Target.Sha256)) is { Exists: true, Length: > 0 }, "the first bytes");
        await Task.Delay(300);
        Assert.False(running.IsCompleted);

        while (!running.IsCompleted)
        {
            lab.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(10);
        }

        Assert.Equal("", await running);
    }
}
