using System.Net;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Listening;
using Microsoft.AspNetCore.Http;

namespace CwmpShield.Gateway.Tests.Listening;

/// <summary>A body that came without a credential is read and dropped, so that the device can answer a challenge on the same connection.</summary>
public sealed class DrainTests
{
    [Theory]
    [InlineData(0, true)]
    [InlineData(2000, true)]
    [InlineData(2001, false)]
    [InlineData(1 << 20, false)]
    public async Task Bounds_what_an_unauthenticated_device_may_send(int length, bool drained)
    {
        var body = new MemoryStream(new byte[length]);
        Assert.Equal(drained, await BodyReader.DrainRequestAsync(Request(body), CancellationToken.None));
        Assert.True(body.Position <= 2000 + (4 << 10));
    }

    [Fact]
    public async Task Gives_up_on_a_body_that_breaks_off() =>
        Assert.False(await BodyReader.DrainRequestAsync(Request(new BrokenStream()), CancellationToken.None));

    private static DefaultHttpContext Request(Stream body)
    {
        var context = new DefaultHttpContext();
        context.Request.Body = body;
        context.Features.Set(new DeviceConnection
        {
            Listener = new ListenerOptions { Limits = new ListenerLimits { MaxUnauthenticatedBodyBytes = 2000 } },
            ConnectionId = "1",
            Source = new IPEndPoint(IPAddress.Loopback, 1),
        });
        return context;
    }

    private sealed class BrokenStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new IOException("connection reset");
    }
}
