using System.Reflection;
using CwmpShield.Core.Audit;
using CwmpShield.Gateway;
using CwmpShield.Gateway.WebConsole.Evidence;
using CwmpShield.Gateway.WebConsole.Overview;

namespace CwmpShield.Console.Tests;

public sealed class EvidenceWordTests
{
    [Fact]
    public void Every_reason_has_words()
    {
        var reasons = new[] { typeof(GatewayApp).Assembly, typeof(AuditRecord).Assembly }
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.Name.EndsWith("Reason", StringComparison.Ordinal) && type is { IsAbstract: true, IsSealed: true })
            .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static))
            .Where(field => field.IsLiteral && field.FieldType == typeof(string))
            .Select(field => (string)field.GetRawConstantValue()!)
            .ToList();
        Assert.True(reasons.Count > 300);
        Assert.DoesNotContain(reasons, reason => ReasonWords.Of(reason) is null);
    }

    [Fact]
    public void Draws_a_message_as_the_tree_that_its_names_are()
    {
        var tree = ParameterTree.Of([new("Device.DNS.Client.1.Server", "198.51.100.1", "m"), new("Device.DNS.Client.2.Server"), new("Device.DNS.Client.", null), new("odd"), new("odd")]);
        Assert.Equal(["Device.DNS.Client.", "odd", "odd"], tree.Children.Select(child => child.Step).Order(StringComparer.Ordinal).Take(3));
    }

    [Fact]
    public void Puts_hours_into_their_bars()
    {
        var now = new DateTimeOffset(2026, 3, 2, 10, 40, 0, TimeSpan.Zero);
        var places = LedgerCharts.Places(now, 24);
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 11, 0, 0, TimeSpan.Zero), places[0]);
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero), places[^1]);
        HourCount[] counts =
        [
            new(places[0], AuditKind.OrderRefused, "deny", 3),
            new(places[^1], AuditKind.OrderIntent, "forward", 5),
            new(places[0].AddHours(-1), AuditKind.OrderRefused, "deny", 99),
        ];
        Assert.Equal(3, LedgerCharts.OfRefusals(counts, places, 24)[0].Values[0]);
        Assert.Equal(5, LedgerCharts.OfVerdicts(counts, places, 24)[0].Values[^1]);
        Assert.Equal(3, LedgerCharts.OfVerdicts(counts, places, 24)[1].Values.Sum());

        var week = LedgerCharts.Places(now, 168);
        Assert.Equal(28, week.Count);
        Assert.Equal(5, LedgerCharts.OfVerdicts(counts, week, 168)[0].Values[^1]);
    }
}
