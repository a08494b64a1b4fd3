using System.Reflection;

namespace CwmpShield.Gateway.Telemetry.Catalogue;

/// <summary>The words that classes of stable words declare as constants.</summary>
internal static class ReasonWords
{
    /// <summary>Every public or internal constant text of <paramref name="classes"/>, sorted, each once.</summary>
    public static IReadOnlyList<string> Of(params ReadOnlySpan<Type> classes)
    {
        var words = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var one in classes)
        {
            words.UnionWith(one.GetFields(BindingFlags.Public | BindingFlags.Static)
                .Where(field => field is { IsLiteral: true, FieldType.FullName: "System.String" })
                .Select(field => (string)field.GetRawConstantValue()!));
        }

        return [.. words];
    }
}
