using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace CwmpShield.Core.Rules.Yaml;

/// <summary>
/// Reads the part of YAML that rule files use: one document of maps, lists and scalars. Anchors, aliases and tags are refused while
/// the events come in, so nothing can be expanded; depth is bounded before the parser's own stack can grow.
/// </summary>
internal sealed class YamlReader
{
    private const int MaxDepth = 16;

    private readonly string file;
    private readonly DiagnosticBag bag;
    private readonly Parser parser;
    private readonly Scanner scanner;
    private bool failed;

    private YamlReader(string file, string text, DiagnosticBag bag)
    {
        this.file = file;
        this.bag = bag;
        scanner = new Scanner(new StringReader(text), skipComments: true);
        parser = new Parser(scanner);
    }

    /// <summary>Reads <paramref name="text"/>; null, with the problem in <paramref name="bag"/>, when it is not such a document.</summary>
    public static YamlNode? Read(string file, string text, DiagnosticBag bag)
    {
        var reader = new YamlReader(file, text, bag);
        try
        {
            var root = reader.ReadDocument();
            return reader.failed ? null : root;
        }
        catch (YamlException problem)
        {
            bag.Add(file, (int)problem.Start.Line, (int)problem.Start.Column, DiagnosticCode.NotYaml, "not well-formed YAML", Shorten(problem.Message));
        }
        catch (Exception problem) when (problem is InvalidOperationException or ArgumentException or IndexOutOfRangeException)
        {
            // The scanner throws these, without a place, on some flow collections that are not closed.
            var mark = reader.scanner.CurrentPosition;
            bag.Add(file, (int)mark.Line, (int)mark.Column, DiagnosticCode.NotYaml, "not well-formed YAML", "is a bracket, brace or quote left open?");
        }

        return null;
    }

    private static string Shorten(string message) => message.Length <= 160 ? message : message[..160];

    private YamlNode? ReadDocument()
    {
        Next<StreamStart>();
        if (parser.Current is StreamEnd)
        {
            return new YamlMap(file, 1, 1, []);
        }

        Next<DocumentStart>();
        var root = ReadNode(1);
        if (!failed)
        {
            Next<DocumentEnd>();
            if (parser.Current is not StreamEnd)
            {
                Fail(parser.Current!, DiagnosticCode.NotYaml, "more than one document in the file");
            }
        }

        return root;
    }

    private YamlNode? ReadNode(int depth)
    {
        var at = parser.Current!;
        if (at is AnchorAlias || at is NodeEvent { Anchor.IsEmpty: false } || (at is NodeEvent { Tag: { IsEmpty: false } } && !IsQuoteTag(at)))
        {
            return Fail(at, DiagnosticCode.AnchorAliasOrTag, "anchors (&), aliases (*) and tags (!) are not part of the language", "write the value out, or use a list");
        }

        if (depth > MaxDepth)
        {
            return Fail(at, DiagnosticCode.TooDeep, $"nested deeper than {MaxDepth}");
        }

        parser.MoveNext();
        return at switch
        {
            Scalar scalar => new YamlText(file, Line(at), Column(at), scalar.Value, scalar.Style == ScalarStyle.Plain),
            SequenceStart => ReadList(at, depth),
            MappingStart => ReadMap(at, depth),
            _ => Fail(at, DiagnosticCode.NotYaml, "a value was expected here"),
        };
    }

    /// <summary>The parser puts the non-specific tag on quoted scalars itself.</summary>
    private static bool IsQuoteTag(ParsingEvent at) => at is Scalar { Tag.IsNonSpecific: true };

    private YamlList? ReadList(ParsingEvent at, int depth)
    {
        List<YamlNode> items = [];
        while (!failed && parser.Current is not SequenceEnd)
        {
            if (ReadNode(depth + 1) is { } item)
            {
                items.Add(item);
            }
        }

        parser.MoveNext();
        return new YamlList(file, Line(at), Column(at), items);
    }

    private YamlMap? ReadMap(ParsingEvent at, int depth)
    {
        List<KeyValuePair<YamlText, YamlNode>> entries = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        while (!failed && parser.Current is not MappingEnd)
        {
            var key = ReadNode(depth + 1);
            var value = failed ? null : ReadNode(depth + 1);
            if (key is not YamlText text)
            {
                if (key is not null)
                {
                    bag.Add(key, DiagnosticCode.WrongKind, $"a key must be a text, not {key.Kind}");
                }
            }
            else if (!seen.Add(text.Value))
            {
                bag.Add(text, DiagnosticCode.DuplicateKey, $"key \"{text.Value}\" stands here a second time");
            }
            else if (value is not null)
            {
                entries.Add(new(text, value));
            }
        }

        parser.MoveNext();
        return new YamlMap(file, Line(at), Column(at), entries);
    }

    private void Next<T>()
        where T : ParsingEvent
    {
        if (parser.Current is null)
        {
            parser.MoveNext();
        }

        if (parser.Current is T)
        {
            parser.MoveNext();
        }
    }

    private YamlNode? Fail(ParsingEvent at, string code, string message, string hint = "")
    {
        if (!failed)
        {
            bag.Add(file, Line(at), Column(at), code, message, hint);
        }

        failed = true;
        return null;
    }

    private static int Line(ParsingEvent at) => (int)at.Start.Line;

    private static int Column(ParsingEvent at) => (int)at.Start.Column;
}
