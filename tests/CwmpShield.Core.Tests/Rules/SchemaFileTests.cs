using CwmpShield.Core.Rules;

namespace CwmpShield.Core.Tests.Rules;

/// <summary>The schema for editors, held by a validator of its own against what is shipped and against what the loader refuses.</summary>
public sealed class SchemaFileTests
{
    [Fact]
    public void Is_what_the_command_prints() =>
        Assert.Equal(RuleSchema.Text().Trim(), File.ReadAllText(Repository.Path("rules", "schema.json")).Trim());

    [Fact]
    public void Accepts_every_shipped_pack()
    {
        var (exit, output) = Ajv.Validate("schema.json", Repository.Path("rules", "*.yaml"));

        Assert.True(exit == 0, output);
        Assert.Equal(Directory.GetFiles(Repository.Path("rules"), "*.yaml").Length, output.Split('\n').Count(line => line.EndsWith(" valid", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("cwmpshield: 1\nrulez: []\n")]
    [InlineData("cwmpshield: 1\nrules:\n  - { id: a, title: t, severity: high, on: [Reboot], then: allow }\n")]
    [InlineData("cwmpshield: 1\nrules:\n  - { id: a, title: t, severity: dreadful, on: [Reboot], then: deny }\n")]
    [InlineData("rules: []\n")]
    public void Refuses_what_the_loader_refuses(string pack)
    {
        var folder = Directory.CreateTempSubdirectory("cwmpshield-schema-");
        try
        {
            var file = Path.Combine(folder.FullName, "pack.yaml");
            File.WriteAllText(file, pack);

            Assert.Equal(1, Ajv.Validate("schema.json", file).Exit);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
