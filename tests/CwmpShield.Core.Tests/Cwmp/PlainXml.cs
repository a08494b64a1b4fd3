using System.Xml;

namespace CwmpShield.Core.Tests.Cwmp;

/// <summary>Another parser's view of a body, to compare the reader's with: local names and texts of all leaves, in order.</summary>
internal static class PlainXml
{
    public static IReadOnlyList<string> Leaves(byte[] body)
    {
        var leaves = new List<string>();
        using var reader = XmlReader.Create(new MemoryStream(body), new XmlReaderSettings { IgnoreComments = true, IgnoreProcessingInstructions = true });
        var name = "";
        var text = "";
        var isLeaf = false;
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    (name, text, isLeaf) = (reader.LocalName, "", !reader.IsEmptyElement);
                    if (reader.IsEmptyElement)
                    {
                        leaves.Add(name + "=");
                    }

                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace:
                    text += reader.Value;
                    break;
                case XmlNodeType.EndElement when isLeaf:
                    leaves.Add($"{name}={text}");
                    isLeaf = false;
                    break;
                default:
                    break;
            }
        }

        return leaves;
    }
}
