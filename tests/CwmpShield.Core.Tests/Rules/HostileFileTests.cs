using System.Diagnostics;
using System.Text;
using CwmpShield.Core.Rules;

namespace CwmpShield.Core.Tests.Rules;

/// <summary>Files that are made to hang or to overflow a reader.</summary>
public sealed class HostileFileTests : IDisposable
{
    private const string Alphabet = "[]{}:,&*!|>'\"#%@`-? \n\t$0a";

    private readonly string directory = Directory.CreateTempSubdirectory("rules").FullName;

    [Fact]
    public void Refuses_nesting_without_end() => Refuses(new string('[', 200_000), DiagnosticCode.TooDeep);

    [Fact]
    public void Refuses_maps_without_end() => Refuses(string.Concat(Enumerable.Repeat("{a: ", 100_000)), DiagnosticCode.TooDeep);

    [Fact]
    public void Refuses_an_alias_bomb() =>
        Refuses("cwmpshield: 1\na: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\n", DiagnosticCode.AnchorAliasOrTag);

    [Fact]
    public void Refuses_a_file_that_is_too_large() => Refuses("cwmpshield: 1\n#" + new string('x', 5 << 20), DiagnosticCode.TooLarge);

    [Fact]
    public void Refuses_bytes_that_are_not_UTF8()
    {
        var path = Path.Combine(directory, "bad.yaml");
        File.WriteAllBytes(path, [.. "cwmpshield: 1\n# "u8, 0xC3, 0x28]);

        Assert.Equal(DiagnosticCode.NotUtf8, Assert.Single(RuleSetLoader.Load(path).Diagnostics).Code);
    }

    [Fact]
    public void Refuses_what_is_not_there() =>
        Assert.Equal(DiagnosticCode.Unreadable, Assert.Single(RuleSetLoader.Load(Path.Combine(directory, "none")).Diagnostics).Code);

    [Theory]
    [InlineData("cwmpshield: 1\nlists: {a: \"")]
    [InlineData("cwmpshield: 1\n? [a, b]\n: c")]
    [InlineData("%YAML 9.9\n---\ncwmpshield: 1")]
    [InlineData("\0\0\0")]
    [InlineData("cwmpshield: 1\n\tlists: {}")]
    [InlineData("- - - -\n-:::")]
    [InlineData("cwmpshield: 1\nlists:\n  a: |9\n x")]
    [InlineData("]]]]")]
    [InlineData("{{{{")]
    public void Refuses_rubbish_with_a_diagnostic(string text)
    {
        var result = RuleSetLoader.LoadText(text);

        Assert.Null(result.Set);
        Assert.NotEmpty(result.Diagnostics);
    }

    [Fact]
    public void Never_throws_for_mutated_files()
    {
        var shape = "cwmpshield: 1\nlists: { a: [192.0.2.1, $b], b: [c] }\nrules:\n  - { id: one, title: t, severity: low, on: [Reboot], where: { not: { device: { oui: \"1\" } } }, then: deny }\n";
        var seed = 17u;
        for (var i = 0; i < 3000; i++)
        {
            var text = new StringBuilder(shape);
            for (var j = 0; j < 3; j++)
            {
                seed = (seed * 1664525) + 1013904223;
                text[(int)((seed >> 8) % shape.Length)] = Alphabet[(int)((seed >> 4) % Alphabet.Length)];
            }

            var result = RuleSetLoader.LoadText(text.ToString());
            Assert.True(result.Set is not null || result.Diagnostics.Count > 0);
        }
    }

    public void Dispose() => Directory.Delete(directory, recursive: true);

    private void Refuses(string text, string code)
    {
        var path = Path.Combine(directory, "set.yaml");
        File.WriteAllText(path, text);
        var clock = Stopwatch.StartNew();

        Assert.Contains(RuleSetLoader.Load(path).Diagnostics, d => d.Code == code);
        Assert.True(clock.Elapsed < TimeSpan.FromMinutes(1), "reading must not grow with the square of the nesting");
    }
}
