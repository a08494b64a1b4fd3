using CwmpShield.Core.Firmware.Reading;
using CwmpShield.Core.Tests.Rules;

namespace CwmpShield.Core.Tests.Firmware;

/// <summary>The shipped schema, held by a validator of its own: what the reader takes it takes, and what it refuses the reader refuses.</summary>
public sealed class ManifestSchemaTests
{
    private static readonly string Cases = Repository.Path("tests", "conformance", "artefacts.json");

    [Fact]
    public void Takes_the_manifest_of_the_cases() => Assert.Equal(0, Ajv.Validate("manifest.schema.json", Cases).Exit);

    [Theory]
    [InlineData("colour", "\"red\"")]
    [InlineData("version", "0")]
    [InlineData("issued", "\"yesterday\"")]
    [InlineData("cwmpshield-manifest", "2")]
    [InlineData("artefacts", "[{}]")]
    [InlineData("sources", "[{\"url\": \"https://a.example/\"}]")]
    public void Refuses_what_the_reader_refuses(string member, string value)
    {
        var folder = Directory.CreateTempSubdirectory("cwmpshield-schema-");
        try
        {
            var manifest = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(Cases))!;
            manifest[member] = System.Text.Json.Nodes.JsonNode.Parse(value);
            var file = Path.Combine(folder.FullName, "manifest.json");
            File.WriteAllText(file, manifest.ToJsonString());

            Assert.Equal(1, Ajv.Validate("manifest.schema.json", file).Exit);
            Assert.Null(ManifestReader.Read("m", File.ReadAllBytes(file)).Manifest);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
