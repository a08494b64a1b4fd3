using System.Text;

namespace CwmpShield.Core.Rules.Yaml;

/// <summary>Writes a node on one line, as it could stand in a rule file: for explanations and for finding rules that say the same.</summary>
internal static class YamlPrinter
{
    /// <summary>The node on one line.</summary>
    public static string Print(YamlNode node)
    {
        var text = new StringBuilder();
        Print(node, text);
        return text.ToString();
    }

    private static void Print(YamlNode node, StringBuilder text)
    {
        switch (node)
        {
            case YamlText scalar:
                text.Append(scalar.IsPlain ? scalar.Value : $"\"{scalar.Value}\"");
                break;
            case YamlList list:
                text.Append('[');
                for (var i = 0; i < list.Items.Count; i++)
                {
                    text.Append(i > 0 ? ", " : "");
                    Print(list.Items[i], text);
                }

                text.Append(']');
                break;
            case YamlMap map:
                text.Append("{ ");
                for (var i = 0; i < map.Entries.Count; i++)
                {
                    text.Append(i > 0 ? ", " : "").Append(map.Entries[i].Key.Value).Append(": ");
                    Print(map.Entries[i].Value, text);
                }

                text.Append(" }");
                break;
        }
    }
}
