using System.Globalization;
using System.Xml;
using CwmpShield.Core.Cwmp;

namespace CwmpShield.Core.DataModel;

/// <summary>
/// Reads Broadband Forum data-model XML (full files of TR-098, TR-181, TR-104) into entries. Without DTD, resolver or includes; bounded;
/// a service model is placed under <c>Services.</c> of both roots.
/// </summary>
public sealed class DataModelImport
{
    private const long MaxCharacters = 64 << 20;
    private const int MaxBaseTypes = 8;

    private readonly Dictionary<string, SyntaxDraft> types = new(StringComparer.Ordinal);
    private readonly List<DataModelEntry> entries = [];
    private string[] prefixes = [""];
    private string currentObject = "";

    /// <summary>Everything that was read.</summary>
    public IReadOnlyList<DataModelEntry> Entries => entries;

    /// <summary>Reads one file; false with the problem when it is no such XML.</summary>
    public bool TryRead(Stream xml, out string problem)
    {
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = MaxCharacters,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            IgnoreWhitespace = true,
        };
        problem = "";
        try
        {
            using var reader = XmlReader.Create(xml, settings);
            var before = entries.Count;
            while (reader.Read())
            {
                if (reader.NodeType == XmlNodeType.Element)
                {
                    Take(reader);
                }
            }

            problem = entries.Count > before ? "" : "it has no data model";
        }
        catch (XmlException malformed)
        {
            problem = string.Create(CultureInfo.InvariantCulture, $"not well-formed XML at line {malformed.LineNumber}, column {malformed.LinePosition}");
        }

        return problem.Length == 0;
    }

    private void Take(XmlReader reader)
    {
        switch (reader.LocalName)
        {
            case "dataType" when reader.GetAttribute("name") is { } name:
                types[name] = SyntaxDraft.Read(reader, reader.GetAttribute("base"));
                break;
            case "model":
                prefixes = reader.GetAttribute("isService") is "true" or "1" ? ["Device.Services.", "InternetGatewayDevice.Services."] : [""];
                currentObject = "";
                break;
            case "object" when reader.GetAttribute("name") is { } name:
                currentObject = name;
                Add(name, reader, new SyntaxDraft());
                break;
            case "parameter" when reader.GetAttribute("name") is { } name:
                var access = reader.GetAttribute("access");
                Add(currentObject + name, access, ReadSyntax(reader));
                break;
            case "profile":
                reader.Skip();
                break;
        }
    }

    private void Add(string path, XmlReader reader, SyntaxDraft syntax) => Add(path, reader.GetAttribute("access"), syntax);

    private void Add(string path, string? access, SyntaxDraft syntax)
    {
        var resolved = Resolve(syntax, 0);
        foreach (var prefix in prefixes)
        {
            entries.Add(resolved.ToEntry(
                ParameterPath.ShapeOf((prefix + path).Replace("{i}", "1", StringComparison.Ordinal)),
                writable: access is "readWrite" or "writeOnceReadOnly"));
        }
    }

    private static SyntaxDraft ReadSyntax(XmlReader reader)
    {
        var draft = new SyntaxDraft();
        if (reader.IsEmptyElement)
        {
            return draft;
        }

        var depth = reader.Depth;
        while (reader.Read() && reader.Depth > depth)
        {
            if (reader is { NodeType: XmlNodeType.Element, LocalName: "syntax" })
            {
                var hidden = reader.GetAttribute("hidden") is "true" or "1";
                draft = SyntaxDraft.Read(reader, null) with { Hidden = hidden };
            }
        }

        return draft;
    }

    private SyntaxDraft Resolve(SyntaxDraft syntax, int depth) =>
        syntax.Base is { } name && depth < MaxBaseTypes && types.TryGetValue(name, out var parent) ? syntax.Over(Resolve(parent, depth + 1)) : syntax;
}
