using System.Reflection;
using Microsoft.Extensions.Logging;

namespace CwmpShield.Gateway.Tests.Telemetry;

public sealed class LogEventTests
{
    [Fact]
    public void Every_event_has_a_number_of_its_own()
    {
        var events = typeof(GatewayApp).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Select(method => (Method: $"{method.DeclaringType!.Name}.{method.Name}", Event: method.GetCustomAttribute<LoggerMessageAttribute>()?.EventId))
            .Where(pair => pair.Event is not null)
            .ToList();

        Assert.NotEmpty(events);
        Assert.Empty(events.GroupBy(pair => pair.Event).Where(group => group.Count() > 1).Select(group => $"{group.Key}: {string.Join(", ", group.Select(pair => pair.Method))}"));
    }
}
