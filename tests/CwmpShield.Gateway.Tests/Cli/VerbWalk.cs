using System.CommandLine;

namespace CwmpShield.Gateway.Tests.Cli;

/// <summary>Finds the verbs of the command line.</summary>
internal static class VerbWalk
{
    /// <summary>Verbs that do something, by their words.</summary>
    public static Dictionary<string, Command> Of(Command from, string path = "")
    {
        var found = new Dictionary<string, Command>(StringComparer.Ordinal);
        foreach (var verb in from.Subcommands)
        {
            var words = path.Length == 0 ? verb.Name : path + " " + verb.Name;
            if (verb.Action is not null)
            {
                found.Add(words, verb);
            }

            foreach (var (below, command) in Of(verb, words))
            {
                found.Add(below, command);
            }
        }

        return found;
    }
}
