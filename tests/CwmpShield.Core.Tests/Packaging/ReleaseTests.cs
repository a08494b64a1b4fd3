using System.Text.Json;

namespace CwmpShield.Core.Tests.Packaging;

/// <summary>What a release holds, as <c>./release</c> makes it of a program that is built already.</summary>
public sealed class ReleaseTests : IDisposable
{
    private static readonly string[] Files = ["rules/20-dns.yaml", "docs/threat-model.md", "packaging/cwmpshield.service", "LICENSE", "sbom.cdx.json"];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cwmpshield-release-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Makes_a_folder_that_runs_an_archive_and_checksums_that_hold()
    {
        var made = Make("one");

        Assert.Equal(0, Program.Run("bash", ["-c", $"cd '{made}' && sha256sum -c --strict SHA256SUMS"]).Exit);
        var (exit, version) = Program.Run("dotnet", [Path.Combine(made, "cwmpshield", "cwmpshield.dll"), "version"]);
        Assert.Equal(0, exit);
        Assert.Matches(@"^\d+\.\d+\.\d+", version);
        Assert.All(
            Files,
            file => Assert.True(File.Exists(Path.Combine(made, "cwmpshield", file)), file));
        var archive = Directory.GetFiles(made, "*.tar.gz").Single();
        File.AppendAllText(archive, "x");
        Assert.NotEqual(0, Program.Run("bash", ["-c", $"cd '{made}' && sha256sum -c --strict SHA256SUMS"]).Exit);
    }

    [Fact]
    public void Makes_the_same_archive_of_the_same_tree() =>
        Assert.Equal(File.ReadAllText(Path.Combine(Make("one"), "SHA256SUMS")), File.ReadAllText(Path.Combine(Make("two"), "SHA256SUMS")));

    [Fact]
    public void Lists_every_package_of_the_product_and_none_of_the_tests()
    {
        var bom = Path.Combine(folder.FullName, "bom.json");
        Assert.Equal((0, ""), Program.Run("node", ["eng/sbom.mjs", bom]));
        Assert.Equal((0, ""), Program.Run("node", ["eng/npm/validate-sbom.mjs", bom]));

        using var read = JsonDocument.Parse(File.ReadAllText(bom));
        var named = read.RootElement.GetProperty("components").EnumerateArray().Select(one => $"{one.GetProperty("name")} {one.GetProperty("version")}").ToHashSet(StringComparer.Ordinal);
        using var locks = JsonDocument.Parse(File.ReadAllText(Repository.Path("src", "CwmpShield.Cli", "packages.lock.json")));
        var locked = locks.RootElement.GetProperty("dependencies").EnumerateObject().First().Value.EnumerateObject()
            .Where(one => one.Value.GetProperty("type").GetString() != "Project" && !one.Name.EndsWith("Analyzers", StringComparison.Ordinal) && !one.Name.EndsWith("Analyzer", StringComparison.Ordinal))
            .Select(one => $"{one.Name} {one.Value.GetProperty("resolved")}");

        Assert.Superset(locked.ToHashSet(StringComparer.Ordinal), named);
        Assert.DoesNotContain(named, one => one.StartsWith("xunit", StringComparison.OrdinalIgnoreCase) || one.Contains("Analyzer", StringComparison.Ordinal));
    }

    [Fact]
    public void Restores_what_it_publishes_from_the_lock_files_alone()
    {
        var (exit, output) = Program.Run("dotnet", ["restore", "--locked-mode", "-v", "quiet", "-r", "linux-x64", "--artifacts-path", Path.Combine(folder.FullName, "artifacts"), "src/CwmpShield.Cli"]);

        Assert.True(exit == 0, output);
    }

    [Fact]
    public void Refuses_a_bill_of_materials_that_is_none()
    {
        var broken = Path.Combine(folder.FullName, "broken.json");
        File.WriteAllText(broken, """{ "bomFormat": "CycloneDX", "specVersion": "1.6", "components": [ { "type": "gadget" } ] }""");

        Assert.Equal(1, Program.Run("node", ["eng/npm/validate-sbom.mjs", broken]).Exit);
    }

    private string Make(string name)
    {
        var made = Path.Combine(folder.FullName, name);
        var (exit, output) = Program.Run(
            "bash", ["release", "--from", Repository.Path("artifacts", "bin", "CwmpShield.Cli", "debug")], ("DIST", made), ("SOURCE_DATE_EPOCH", "1700000000"));
        Assert.True(exit == 0, output);
        return made;
    }
}
