using System.CommandLine;
using CwmpShield.Cli;

namespace CwmpShield.Gateway.Tests.Cli;

/// <summary>What the README promises of every verb.</summary>
public sealed class EveryVerbTests
{
    /// <summary>Verbs without <c>--json</c>, and why.</summary>
    private static readonly Dictionary<string, string> WithoutJson = new(StringComparer.Ordinal)
    {
        ["run"] = "serves until it is stopped; logs and metrics are what machines read",
        ["demo"] = "a show for people",
        ["device export"] = "its output is JSON Lines, or the CSV that --format asks for",
    };

    public static TheoryData<string> Verbs() => new(VerbWalk.Of(RootVerb.Create()).Keys);

    [Theory]
    [MemberData(nameof(Verbs))]
    public void Has_an_example_and_json(string path)
    {
        var verb = VerbWalk.Of(RootVerb.Create())[path];

        Assert.Contains("Example", verb.Description!, StringComparison.Ordinal);
        Assert.Contains("cwmpshield " + path, verb.Description!, StringComparison.Ordinal);
        Assert.Equal(!WithoutJson.ContainsKey(path), verb.Options.Any(option => option.Name == "--json"));
    }

    [Fact]
    public void Excuses_no_verb_that_is_gone() => Assert.Empty(WithoutJson.Keys.Except(VerbWalk.Of(RootVerb.Create()).Keys, StringComparer.Ordinal));

    [Fact]
    public void Every_group_says_what_it_is_for() => Assert.All(Groups(RootVerb.Create()), group => Assert.NotEmpty(group.Description!));

    private static IEnumerable<Command> Groups(Command from) =>
        from.Subcommands.Where(verb => verb.Subcommands.Count > 0).SelectMany(verb => Groups(verb).Prepend(verb));
}
