using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Rules;

namespace CwmpShield.Core.Decisions;

/// <summary>Checks the names in orders that write: what a device could read as another parameter than the rules saw is refused.</summary>
internal static class NameHygiene
{
    private static readonly object Faultless = new();

    private static readonly KnownNames<object> Clean = new();

    /// <summary>The first name at fault, and why; null when there is none.</summary>
    public static (string Reason, string Parameter)? Check(CwmpMessage message)
    {
        if (!message.IsOrder)
        {
            return null;
        }

        Span<char> buffer = stackalloc char[ParameterPath.MaxLength];
        for (var i = 0; i < message.Parameters.Count; i++)
        {
            var mention = message.Parameters[i];
            if (mention.Use is ParameterUse.Read or ParameterUse.Report || Clean.Find(mention.Name) is not null)
            {
                continue;
            }

            var defect = ParameterPath.Shape(mention.Name, buffer, out var length);
            var partial = length == 0 || buffer[length - 1] == '.';
            if (defect == PathDefect.Malformed || length == 0 || (partial && mention.Use == ParameterUse.Write))
            {
                return (RuleReason.ParameterNameMalformed, mention.Name);
            }

            if (defect == PathDefect.UnknownRoot)
            {
                return (RuleReason.ParameterRootUnknown, mention.Name);
            }

            // A partial path is in order for some uses only: it is looked at again.
            if (!partial)
            {
                Clean.Keep(mention.Name, Faultless);
            }
        }

        return null;
    }
}
