using System.Diagnostics;
using CwmpShield.Gateway.Telemetry.Tracing;

namespace CwmpShield.Gateway.Tests.Telemetry.Tracing;

/// <summary>What leaves in a span is on a list, whatever a framework puts into it.</summary>
public sealed class SpanScrubTests : IDisposable
{
    private readonly ActivitySource requests = new(SpanExport.Requests);
    private readonly ActivitySource proxy = new("Yarp.ReverseProxy");
    private readonly ActivityListener listener = new()
    {
        ShouldListenTo = source => source.Name is SpanExport.Requests or "Yarp.ReverseProxy",
        Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
    };

    public SpanScrubTests() => ActivitySource.AddActivityListener(listener);

    public void Dispose()
    {
        listener.Dispose();
        requests.Dispose();
        proxy.Dispose();
    }

    [Fact]
    public void Removes_every_attribute_that_is_not_on_the_list_and_every_text()
    {
        using var span = proxy.StartActivity("proxy.forwarder")!;
        span.SetTag("url.path", "/secret").SetTag("url.query", "token=1").SetTag("client.address", "192.0.2.1").SetTag("user_agent.original", "x");
        span.SetTag("proxy.cluster_id", "acs").SetTag("http.response.status_code", 200);
        span.DisplayName = "POST /secret";
        span.SetStatus(ActivityStatusCode.Error, "text of an exception");
        span.TraceStateString = "state=1";

        Scrub(span);

        Assert.Equal(["http.response.status_code", "proxy.cluster_id"], span.TagObjects.Select(tag => tag.Key).Order());
        Assert.Equal(("proxy.forwarder", ActivityStatusCode.Error, null, null), (span.DisplayName, span.Status, span.StatusDescription, span.TraceStateString));
        Assert.True(span.Recorded);
    }

    [Fact]
    public void Keeps_back_a_span_that_holds_what_cannot_be_removed()
    {
        using var thrown = proxy.StartActivity("proxy.forwarder")!;
        thrown.AddEvent(new ActivityEvent("exception", tags: new() { ["exception.message"] = "text" }));
        using var carrying = proxy.StartActivity("proxy.forwarder")!;
        carrying.AddBaggage("user", "name");

        Assert.False(Scrub(thrown).Recorded);
        Assert.False(Scrub(carrying).Recorded);
    }

    [Fact]
    public void Keeps_back_a_request_that_is_no_exchange()
    {
        using var scrape = requests.StartActivity("Microsoft.AspNetCore.Hosting.HttpRequestIn")!;
        Assert.False(Scrub(scrape).Recorded);

        using var exchange = requests.StartActivity("Microsoft.AspNetCore.Hosting.HttpRequestIn")!;
        ExchangeSpans.Begun();
        Assert.True(Scrub(exchange).Recorded);
    }

    private static Activity Scrub(Activity span)
    {
        using var scrub = new SpanScrub();
        scrub.OnEnd(span);
        return span;
    }
}
