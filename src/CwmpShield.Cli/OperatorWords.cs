using System.Collections.Frozen;
using System.CommandLine;
using System.CommandLine.Parsing;

namespace CwmpShield.Cli;

/// <summary>
/// A command line in the words of the ledger. Of the options only those whose values can be no secret are kept with them; all others by
/// their name alone.
/// </summary>
internal static class OperatorWords
{
    private static readonly FrozenSet<string> WithValue = FrozenSet.Create(
        StringComparer.Ordinal,
        "--certificate", "--device", "--expires", "--factory-password-file", "--for", "--format", "--from", "--group", "--kind", "--manifest", "--migration-until", "--model", "--name", "--node", "--out",
        "--password-file", "--reason", "--report", "--require-strength", "--role", "--scope", "--shared-password-file", "--spki", "--status", "--strength", "--ticket", "--to",
        "--wait", "--window");

    /// <summary>Where things are and how they are shown tells nothing of what was done.</summary>
    private static readonly FrozenSet<string> Silent = FrozenSet.Create(StringComparer.Ordinal, "--config", "--store", "--key-file", "--json", "--progress");

    /// <summary>The verb with its groups: <c>device-quarantine</c>.</summary>
    public static string Action(ParseResult result)
    {
        var words = new List<string>();
        for (SymbolResult? at = result.CommandResult; at is CommandResult { Command: not RootCommand } verb; at = at.Parent)
        {
            words.Insert(0, verb.Command.Name);
        }

        return string.Join('-', words);
    }

    /// <summary>The options that were given.</summary>
    public static string Detail(ParseResult result) => string.Join(
        ' ',
        result.CommandResult.Children.OfType<OptionResult>().Where(option => !option.Implicit && !Silent.Contains(option.Option.Name)).Select(Words));

    private static string Words(OptionResult option) =>
        WithValue.Contains(option.Option.Name) && option.Tokens.Count > 0
            ? $"{option.Option.Name} {string.Join(',', option.Tokens.Select(token => token.Value))}"
            : option.Option.Name;
}
