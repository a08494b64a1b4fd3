using CwmpShield.Gateway.Telemetry;

namespace CwmpShield.Gateway.Tests.Telemetry;

public sealed class PrometheusFormatTests
{
    [Theory]
    [InlineData("application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1", true)]
    [InlineData("application/openmetrics-text", true)]
    [InlineData("Application/OpenMetrics-Text; version=1.0.0; charset=utf-8", true)]
    [InlineData("text/plain;version=0.0.4, application/openmetrics-text;q=0.5", false)]
    [InlineData("application/openmetrics-text;q=0", false)]
    [InlineData("text/html,*/*", false)]
    [InlineData("", false)]
    [InlineData(";;;,,", false)]
    public void Negotiates(string accept, bool open) =>
        Assert.Equal(open ? PrometheusFormat.OpenMetrics : PrometheusFormat.Text, PrometheusFormat.Negotiate(accept));
}
