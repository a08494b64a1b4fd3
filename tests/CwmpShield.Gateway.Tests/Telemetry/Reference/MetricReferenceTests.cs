using System.Text.RegularExpressions;
using CwmpShield.Core.Tests;
using CwmpShield.Gateway.Telemetry;
using CwmpShield.Gateway.Telemetry.Catalogue;
using CwmpShield.Gateway.Tests.Telemetry.Alerts;

namespace CwmpShield.Gateway.Tests.Telemetry.Reference;

/// <summary>Holds docs/metrics.md to the instruments that exist.</summary>
public sealed class MetricReferenceTests
{
    private static readonly string Document = Repository.Path("docs", "metrics.md");

    [Fact]
    public async Task The_reference_says_what_the_code_has()
    {
        await using var gateway = WholeGateway.Build();
        var families = gateway.Instruments().Select(MetricFacts.Of).ToList();
        var generated = MetricReference.Write(families, AlertFile.Read().ByMetric());
        var text = File.Exists(Document) ? await File.ReadAllTextAsync(Document) : "";
        var place = text.IndexOf(MetricReference.Begin, StringComparison.Ordinal);
        Assert.True(place >= 0, $"{Document} has lost the line under which it is generated: {MetricReference.Begin}");
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            text = text[..place] + generated;
            await File.WriteAllTextAsync(Document, text);
        }

        Assert.Equal(generated, text[place..]);
    }

    [Fact]
    public async Task The_reference_names_what_is_exported_of_the_platform()
    {
        var text = await File.ReadAllTextAsync(Document);
        Assert.Equal(ExportedInstruments.OfPlatform.Order(StringComparer.Ordinal), MetricFacts.Platform.Select(one => one.Instrument).Order(StringComparer.Ordinal));
        Assert.All(MetricFacts.Platform, one => Assert.Contains($"`{one.Name}`", text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Finds_every_instrument_that_the_source_creates()
    {
        await using var gateway = WholeGateway.Build();
        var known = gateway.Instruments().Select(one => one.Name).ToHashSet(StringComparer.Ordinal);
        var named = Directory.EnumerateFiles(Repository.Path("src", "CwmpShield.Gateway"), "*.cs", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(file) is not ("MetricCatalogue.cs" or "ExchangeSpans.cs"))
            .SelectMany(file => Regex.Matches(File.ReadAllText(file), "\"(?<it>cwmpshield\\.[a-z0-9.]+)\"", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture))
            .Select(match => match.Groups["it"].Value)
            .Where(name => name != "cwmpshield.exchange" && name != "cwmpshield.db")
            .ToList();
        Assert.NotEmpty(named);
        Assert.Empty(named.Except(known, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_instrument_has_a_description_and_a_unit_in_its_name()
    {
        await using var gateway = WholeGateway.Build();
        Assert.All(gateway.Instruments(), one => Assert.EndsWith(".", one.Description, StringComparison.Ordinal));
        Assert.All(gateway.Instruments(), one => Assert.Matches("^(s|By|)$", one.Unit ?? ""));
    }

    [Fact]
    public async Task The_catalogue_names_no_instrument_that_is_not_there()
    {
        await using var gateway = WholeGateway.Build();
        Assert.Empty(MetricCatalogue.Instruments.Except(gateway.Instruments().Select(one => one.Name), StringComparer.Ordinal));
    }
}
