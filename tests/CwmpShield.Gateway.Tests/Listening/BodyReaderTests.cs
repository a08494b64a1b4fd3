using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using CwmpShield.Gateway.Listening;

namespace CwmpShield.Gateway.Tests.Listening;

public sealed class BodyReaderTests
{
    private static readonly BodyBounds Bounds = new(64 << 10, 100);
    private static readonly byte[] Inform = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 300).Select(i => $"<Name>Device.{i}.Value{i * i}</Name>")));
    private readonly BufferBudget budget = new(1 << 20);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("identity")]
    [InlineData("gzip")]
    [InlineData("X-GZip")]
    [InlineData(" gzip ")]
    [InlineData("deflate")]
    [InlineData("raw")]
    public async Task Reads_body_in_its_coding(string? coding)
    {
        var encoded = coding switch
        {
            null or "" or "identity" => Inform,
            "deflate" => Compress(stream => new ZLibStream(stream, CompressionLevel.Optimal, leaveOpen: true)),
            "raw" => Compress(stream => new DeflateStream(stream, CompressionLevel.Optimal, leaveOpen: true)),
            _ => Gzip(Inform),
        };
        var read = await ReadAsync(encoded, coding == "raw" ? "deflate" : coding);
        Assert.Equal((200, ""), (read.Status, read.Reason));
        Assert.Equal(Inform, read.Body!.Bytes.ToArray());
        read.Body.Dispose();
        Assert.Equal(0, budget.Used);
    }

    [Theory]
    [InlineData(64 << 10, true)]
    [InlineData((64 << 10) + 1, false)]
    public async Task Bounds_bytes_as_sent(int length, bool accepted)
    {
        var read = await ReadAsync(RandomNumberGenerator.GetBytes(length), null);
        Expect(read, accepted, 413, ListeningReason.BodyTooLarge);
    }

    [Theory]
    [InlineData(64 << 10, true)]
    [InlineData((64 << 10) + 1, false)]
    public async Task Bounds_bytes_inflated(int length, bool accepted)
    {
        var text = Encoding.ASCII.GetBytes(Convert.ToHexString(RandomNumberGenerator.GetBytes(40 << 10)))[..length];
        Expect(await ReadAsync(Gzip(text), "gzip"), accepted, 413, ListeningReason.BodyTooLarge);
    }

    [Fact]
    public async Task Refuses_bomb_by_its_ratio()
    {
        var bomb = Gzip(new byte[60_000]);
        Assert.True(bomb.Length * Bounds.MaxInflateRatio < 60_000);
        Expect(await ReadAsync(bomb, "gzip"), accepted: false, 413, ListeningReason.BodyInflateRatio);
    }

    [Fact]
    public async Task Refuses_large_bomb_without_inflating_it_whole()
    {
        var bomb = Gzip(new byte[32 << 20]);
        var wide = new BufferBudget(long.MaxValue);
        var read = await new BodyReader(wide).ReadAsync(new MemoryStream(bomb), "gzip", Bounds, CancellationToken.None);
        Assert.Equal(ListeningReason.BodyTooLarge, read.Reason);
        Assert.Equal(0, wide.Used);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(9)]
    [InlineData(4)]
    [InlineData(1)]
    public async Task Refuses_truncated_gzip(int missing) =>
        Expect(await ReadAsync(Gzip(Inform)[..^missing], "gzip"), accepted: false, 400, ListeningReason.BodyCodingBroken);

    [Fact]
    public async Task Refuses_gzip_with_more_behind_it()
    {
        Expect(await ReadAsync([.. Gzip(Inform), 1, 2, 3, 4], "gzip"), accepted: false, 400, ListeningReason.BodyCodingBroken);
        Expect(await ReadAsync([.. Gzip(Inform), .. Gzip(Inform)], "gzip"), accepted: false, 400, ListeningReason.BodyCodingBroken);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    public async Task Refuses_what_is_not_compressed(string coding) =>
        Expect(await ReadAsync(Inform, coding), accepted: false, 400, ListeningReason.BodyCodingBroken);

    [Fact]
    public async Task Refuses_checksum_that_differs()
    {
        var broken = Gzip(Inform);
        broken[^8] ^= 1;
        Expect(await ReadAsync(broken, "gzip"), accepted: false, 400, ListeningReason.BodyCodingBroken);
    }

    [Theory]
    [InlineData("br")]
    [InlineData("compress")]
    [InlineData("gzip,gzip")]
    [InlineData("gzip, identity")]
    [InlineData("gzip;q=1")]
    public async Task Refuses_other_codings(string coding) =>
        Expect(await ReadAsync(Inform, coding), accepted: false, 415, ListeningReason.BodyCoding);

    [Fact]
    public async Task Reads_empty_body_whatever_its_coding()
    {
        var read = await ReadAsync([], "gzip");
        Assert.Equal(0, read.Body!.Length);
    }

    [Fact]
    public async Task Refuses_beyond_the_process_budget_and_gives_back_what_it_took()
    {
        var small = new BufferBudget(16 << 10);
        var reader = new BodyReader(small);
        var first = await reader.ReadAsync(new MemoryStream(new byte[1000]), null, Bounds, CancellationToken.None);
        var second = await reader.ReadAsync(new MemoryStream(new byte[20_000]), null, Bounds, CancellationToken.None);
        Assert.Equal((503, ListeningReason.BufferBudget), (second.Status, second.Reason));
        first.Body!.Dispose();
        first.Body.Dispose();
        Assert.Equal(0, small.Used);
        var third = await reader.ReadAsync(new MemoryStream(new byte[1000]), null, Bounds, CancellationToken.None);
        Assert.Equal(1000, third.Body!.Length);
    }

    [Fact]
    public async Task Refuses_when_inflating_exceeds_the_budget()
    {
        var small = new BufferBudget(16 << 10);
        var read = await new BodyReader(small).ReadAsync(new MemoryStream(Gzip(Inform)), "gzip", Bounds, CancellationToken.None);
        Assert.Equal((503, ListeningReason.BufferBudget), (read.Status, read.Reason));
        Assert.Equal(0, small.Used);
    }

    [Fact]
    public async Task Gives_the_budget_back_when_cancelled()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => new BodyReader(budget).ReadAsync(new MemoryStream(Inform), null, Bounds, cancelled.Token).AsTask());
        Assert.Equal(0, budget.Used);
    }

    [Fact]
    public async Task Refuses_body_that_breaks_off()
    {
        var read = await new BodyReader(budget).ReadAsync(new BrokenStream(), null, Bounds, CancellationToken.None);
        Expect(read, accepted: false, 400, ListeningReason.BodyTruncated);
    }

    [Fact]
    public void Default_result_is_a_refusal()
    {
        Assert.Null(default(BodyReadResult).Body);
        Assert.True(default(BodyReadResult).Status >= 400);
        Assert.NotEmpty(default(BodyReadResult).Reason);
    }

    private void Expect(BodyReadResult read, bool accepted, int status, string reason)
    {
        Assert.Equal(accepted ? (200, "") : (status, reason), (read.Status, read.Reason));
        Assert.Equal(accepted, read.Body is not null);
        read.Body?.Dispose();
        Assert.Equal(0, budget.Used);
    }

    private ValueTask<BodyReadResult> ReadAsync(byte[] body, string? coding) =>
        new BodyReader(budget).ReadAsync(new MemoryStream(body), coding, Bounds, CancellationToken.None);

    private static byte[] Gzip(byte[] text) => Compress(stream => new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true), text);

    private static byte[] Compress(Func<Stream, Stream> coder, byte[]? text = null)
    {
        using var output = new MemoryStream();
        using (var stream = coder(output))
        {
            stream.Write(text ?? Inform);
        }

        return output.ToArray();
    }

    private sealed class BrokenStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new IOException("connection reset");
    }
}
