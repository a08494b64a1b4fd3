using CwmpShield.Core.Decisions;
using CwmpShield.Core.Rules;

namespace CwmpShield.Core.Tests.Rules;

/// <summary>Rule sets of several files.</summary>
public sealed class DirectoryTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("rules").FullName;

    public DirectoryTests()
    {
        Write("10-dns.yaml", """
            cwmpshield: 1
            lists: { resolvers: [203.0.113.1] }
            rules:
              - { id: dns, title: t, severity: low, on: SetParameterValues, where: { parameter: { class: dns }, value: { as: ip, not-in: $resolvers } }, then: deny }
              - { id: bad, title: t, severity: low, on: SetParameterValues, where: { value: { as: host, in: $bad-hosts } }, then: deny }
            """);
        Write("site.yaml", "cwmpshield: 1\nmode: enforce\nsite: { resolvers: [192.0.2.53] }");
        Write("exceptions.yaml", "cwmpshield: 1\nexceptions:\n  - { rule: dns, device: { group: lab }, until: 2099-01-01, ticket: T-1 }");
        Write("lists/bad-hosts.txt", "# known bad\nevil.example   # seen in May\n\n*.worse.example\n");
        Write("classes/dns.yaml", "cwmpshield: 1\nclasses: { dns: { paths: [Device.Resolver] } }");
        Write(".hidden.yaml", "not: [yaml");
        Write("notes.txt", "nothing");
    }

    [Fact]
    public void Reads_packs_lists_classes_site_and_exceptions()
    {
        var result = RuleSetLoader.Load(directory);

        Assert.Empty(result.Diagnostics);
        Assert.Equal(2, result.Set!.Rules.Length);
        Assert.Equal(Verdict.Deny, Lab.Judge(result.Set, Lab.Write(("Device.Resolver", "203.0.113.1"))).Verdict);
        Assert.Equal(Verdict.Forward, Lab.Judge(result.Set, Lab.Write(("Device.Resolver", "192.0.2.53"))).Verdict);
        Assert.Equal(Verdict.Deny, Lab.Judge(result.Set, Lab.Write(("Device.Host", "a.worse.example"))).Verdict);
    }

    [Fact]
    public void Gives_the_same_content_the_same_hash_whatever_its_line_ends()
    {
        var before = RuleSetLoader.Load(directory).Set!;
        Write("site.yaml", File.ReadAllText(Path.Combine(directory, "site.yaml")).Replace("\n", "\r\n", StringComparison.Ordinal));
        var after = RuleSetLoader.Load(directory).Set!;

        Assert.Equal(before.Hash, after.Hash);
        Assert.Equal(64, after.Hash.Length);
        Assert.Equal(after.Hash[..12], after.Version);
    }

    [Theory]
    [InlineData("lists/bad-hosts.txt", "other.example\n")]
    [InlineData("classes/dns.yaml", "cwmpshield: 1\nclasses: { dns: { paths: [Device.Resolvers] } }")]
    [InlineData("exceptions.yaml", "cwmpshield: 1\n")]
    public void Gives_other_content_another_hash(string file, string content)
    {
        var before = RuleSetLoader.Load(directory).Set!.Hash;
        Write(file, content);

        Assert.NotEqual(before, RuleSetLoader.Load(directory).Set!.Hash);
    }

    [Fact]
    public void Takes_another_site_in_place_of_its_own()
    {
        Write("other/site.yaml", "cwmpshield: 1\nsite: { resolvers: [198.51.100.53] }");

        var set = RuleSetLoader.Load(directory, new RuleLoadOptions { Site = Path.Combine(directory, "other", "site.yaml") }).Set!;

        Assert.Equal(Verdict.Forward, Lab.Judge(set, Lab.Write(("Device.Resolver", "198.51.100.53"))).Verdict);
    }

    [Fact]
    public void Refuses_a_mode_that_is_said_twice()
    {
        Write("20-other.yaml", "cwmpshield: 1\nmode: observe");

        Assert.Contains(RuleSetLoader.Load(directory).Diagnostics, d => d.Code == DiagnosticCode.DefinedTwice && d.File == "site.yaml");
    }

    [Fact]
    public void One_file_alone_has_the_classes_that_ship_with_the_product()
    {
        Write("alone/one.yaml", "cwmpshield: 1\nrules:\n  - { id: one, title: t, severity: low, on: SetParameterValues, where: { parameter: { class: dns } }, then: deny }");

        var set = RuleSetLoader.Load(Path.Combine(directory, "alone", "one.yaml")).Set!;

        Assert.Equal(Verdict.Deny, Lab.Judge(set, Lab.Write(("Device.DNS.Client.Server.1.DNSServer", "192.0.2.1"))).Verdict);
    }

    [Fact]
    public void Refuses_a_directory_without_rule_files() =>
        Assert.Equal(DiagnosticCode.Unreadable, Assert.Single(RuleSetLoader.Load(Directory.CreateDirectory(Path.Combine(directory, "empty")).FullName).Diagnostics).Code);

    public void Dispose() => Directory.Delete(directory, recursive: true);

    private void Write(string name, string content)
    {
        var path = Path.Combine(directory, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }
}
