using System.Text;
using CwmpShield.Core.Firmware.Reading;

namespace CwmpShield.Core.Tests.Firmware;

public sealed class ManifestReaderTests
{
    private const string Head = "\"cwmpshield-manifest\": 1, \"version\": 1, \"issued\": \"2026-01-01T00:00:00Z\", \"expires\": \"2026-02-01T00:00:00Z\"";
    private const string Digest = "0000000000000000000000000000000000000000000000000000000000000000";
    private const string Good = "\"name\": \"a\", \"version\": \"1\", \"file-types\": [\"1\"], \"sha256\": \"" + Digest + "\", \"size\": 1, \"models\": [{\"oui\": \"001122\"}], \"urls\": [\"https://h.example/a\"]";

    [Fact]
    public void Reads_every_member()
    {
        var result = ManifestReader.Read("m", File.ReadAllBytes(Repository.Path("tests", "conformance", "artefacts.json")));

        Assert.Empty(result.Problems);
        var artefact = result.Manifest!.Artefacts[0];
        Assert.Equal(("hgw-1.3.0", "1.3.0", 1_048_576L, true), (artefact.Name, artefact.Version, artefact.Size, artefact.IsFirmware));
        Assert.True(artefact.Urls[1].IsPattern);
        Assert.Equal(">=1.0.0 <1.4.0", artefact.From[0].ToString());
        Assert.Single(result.Manifest.Sources);
    }

    [Theory]
    [InlineData("{", "m:1:2: error: not well-formed JSON")]
    [InlineData("[]", "m:1:1: error: a manifest must be an object, not a list")]
    [InlineData("{" + Head + ", \"artefacts\": [],}", "m:1:127: error: not well-formed JSON")]
    [InlineData("{" + Head + ", \"artefacts\": []} x", "m:1:128: error: not well-formed JSON")]
    [InlineData("/* */ {}", "m:1:1: error: not well-formed JSON")]
    [InlineData("{\n" + Head + ",\n \"artefacts\": [],\n \"artefacts\": []}", "m:4:2: error: \"artefacts\" stands twice")]
    [InlineData("{" + Head + "}", "m:1:1: error: a manifest needs \"artefacts\"")]
    [InlineData("{\"cwmpshield-manifest\": 2, \"version\": 0, \"artefacts\": []}", "m:1:25: error: a manifest has \"cwmpshield-manifest\": 1")]
    [InlineData("{\"cwmpshield-manifest\": 1, \"version\": 1.5, \"artefacts\": []}", "m:1:39: error: \"version\" must be a whole number between 1 and")]
    [InlineData("{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":1}}}}}}}}}", "error: nested deeper than 8")]
    [InlineData("{\"\\ud800\": 1}", "m:1:2: error: a text that is not UTF-8")]
    [InlineData("{" + Head + ", \"artefacts\": [{" + Good + "}, {" + Good + "}]}", "error: artefact \"a\" stands twice in the manifest")]
    [InlineData("{" + Head + ", \"artefacts\": [{" + Good + ", \"color\": 1}]}", "error: unknown member \"color\" in an artefact (known here: file-types, firmware")]
    [InlineData("{" + Head + ", \"artefacts\": [{" + Good + ", \"not-before\": \"2026-01-02\"}]}", "\"not-before\" must be an instant such as")]
    [InlineData("{" + Head + ", \"artefacts\": [{" + Good + ", \"not-before\": \"2026-01-02T00:00:00Z\", \"not-after\": \"2026-01-02T00:00:00Z\"}]}", "\"not-after\" must be later than \"not-before\"")]
    [InlineData("{" + Head + ", \"artefacts\": [{" + Good + ", \"from\": [\">=\"]}]}", "\">=\" is no range of versions")]
    [InlineData("{" + Head + ", \"artefacts\": [{" + Good + ", \"ring\": {\"name\": \"x\"}}]}", "a ring needs \"percent\" or \"groups\"")]
    [InlineData("{" + Head + ", \"artefacts\": [{" + Good + ", \"withdrawn\": \"\"}]}", "\"withdrawn\" must say why")]
    [InlineData("{" + Head + ", \"artefacts\": [{" + Good + ", \"signed-package\": true}]}", "a signed package needs \"signed-by\"")]
    [InlineData("{" + Head + ", \"artefacts\": [{\"name\": \"-a\"}]}", "\"-a\" is no name for an artefact")]
    [InlineData("{" + Head + ", \"artefacts\": [{\"urls\": [\"https://h.example./a\"]}]}", "\"https://h.example./a\" is no URL")]
    [InlineData("{" + Head + ", \"artefacts\": [{\"urls\": []}]}", "\"urls\" must not be empty")]
    [InlineData("{" + Head + ", \"artefacts\": [{\"sha256\": \"ABCD\"}]}", "\"sha256\" must be 64 hexadecimal digits in lower case")]
    [InlineData("{" + Head + ", \"artefacts\": [{\"size\": 0}]}", "\"size\" must be a whole number between 1 and")]
    [InlineData("{" + Head + ", \"artefacts\": [{\"file-types\": [\"1*\"]}]}", "\"1*\" is no file type")]
    [InlineData("{" + Head + ", \"artefacts\": [{\"models\": [{\"oui\": \"00112\"}]}]}", "\"00112\" is no OUI")]
    [InlineData("{\"cwmpshield-manifest\": 1, \"issued\": \"2026-01-01T00:00:00Z\", \"expires\": \"2025-01-01T00:00:00Z\"}", "\"expires\" must be later than \"issued\"")]
    [InlineData("{\"cwmpshield-manifest\": 1, \"issued\": \"2026-01-01T00:00:00Z\", \"expires\": \"2126-01-01T00:00:00Z\"}", "by five years at most")]
    public void Says_what_is_wrong_and_where(string json, string problem)
    {
        var result = ManifestReader.Read("m", Encoding.UTF8.GetBytes(json));

        Assert.Null(result.Manifest);
        Assert.True(result.Problems.Any(p => p.ToString().Contains(problem, StringComparison.Ordinal)), string.Join('\n', result.Problems));
    }

    [Fact]
    public void Refuses_one_url_for_two_files_however_it_is_written()
    {
        var other = Good.Replace("\"a\"", "\"b\"", StringComparison.Ordinal).Replace("https://h.example/a", "HTTPS://H.example:443/x/../%61", StringComparison.Ordinal);
        var result = ManifestReader.Read("m", Encoding.UTF8.GetBytes($"{{{Head}, \"artefacts\": [{{{Good}}}, {{{other}}}]}}"));

        Assert.Contains(result.Problems, p => p.Message.Contains("is already that of \"a\"", StringComparison.Ordinal));
    }

    [Fact]
    public void Refuses_many_patterns_that_leave_the_file_name_open()
    {
        var wide = string.Join(", ", Enumerable.Range(0, 65).Select(i => $"{{{Good.Replace("\"a\"", $"\"a{i}\"", StringComparison.Ordinal).Replace("/a\"", $"/{i}/*\"", StringComparison.Ordinal)}}}"));
        var result = ManifestReader.Read("m", Encoding.UTF8.GetBytes($"{{{Head}, \"artefacts\": [{wide}]}}"));

        Assert.Contains(result.Problems, p => p.Message.Contains("leave the file name open", StringComparison.Ordinal));
    }

    [Fact]
    public void Stops_at_a_hundred_problems_and_at_more_artefacts_than_are_read()
    {
        var many = string.Join(",", Enumerable.Repeat("{}", 300));
        Assert.Equal(100, ManifestReader.Read("m", Encoding.UTF8.GetBytes($"{{{Head}, \"artefacts\": [{many}]}}")).Problems.Count);

        many = string.Join(",", Enumerable.Repeat("1", ManifestReader.MaxArtefacts + 1));
        var problem = Assert.Single(ManifestReader.Read("m", Encoding.UTF8.GetBytes($"{{{Head}, \"artefacts\": [{many}]}}")).Problems);
        Assert.Contains("at most 20000 are read", problem.Message, StringComparison.Ordinal);
    }
}
