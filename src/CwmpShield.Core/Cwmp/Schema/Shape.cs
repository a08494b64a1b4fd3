namespace CwmpShield.Core.Cwmp.Schema;

/// <summary>What an element of CWMP may hold.</summary>
internal enum ShapeKind
{
    /// <summary>Any text.</summary>
    Text,

    /// <summary>A short text: URL, key, user name.</summary>
    Key,

    /// <summary>A parameter or object name.</summary>
    Path,

    /// <summary>xsd:boolean.</summary>
    Boolean,

    /// <summary>xsd:unsignedInt.</summary>
    Unsigned,

    /// <summary>xsd:int.</summary>
    Integer,

    /// <summary>xsd:anySimpleType, whose real type is its xsi:type.</summary>
    AnySimple,

    /// <summary>A qualified name of which only the local part counts (SOAP's faultcode).</summary>
    LocalName,

    /// <summary>Named members.</summary>
    Structure,

    /// <summary>A SOAP-encoded array.</summary>
    List,

    /// <summary>One of the operations of ChangeDUState.</summary>
    Operation,

    /// <summary>Anything: vendor methods and extensions.</summary>
    Open,
}

/// <summary>One member of a structure.</summary>
/// <param name="Name">Element name.</param>
/// <param name="Shape">What it holds.</param>
/// <param name="Required">Whether a message without it is refused.</param>
/// <param name="Repeats">Whether it may stand more than once.</param>
/// <param name="Qualified">Whether it is in the namespace of CWMP (only the Fault inside a SOAP fault's detail is).</param>
internal sealed record Member(string Name, Shape Shape, bool Required = false, bool Repeats = false, bool Qualified = false);

/// <summary>The content of an element as the schema of CWMP has it; order of members is free, because real devices use every order.</summary>
internal sealed class Shape
{
    private Shape(ShapeKind kind) => Kind = kind;

    public static Shape Text { get; } = new(ShapeKind.Text);

    public static Shape Key { get; } = new(ShapeKind.Key);

    public static Shape Path { get; } = new(ShapeKind.Path);

    public static Shape Boolean { get; } = new(ShapeKind.Boolean);

    public static Shape Unsigned { get; } = new(ShapeKind.Unsigned);

    public static Shape Integer { get; } = new(ShapeKind.Integer);

    public static Shape AnySimple { get; } = new(ShapeKind.AnySimple);

    public static Shape LocalName { get; } = new(ShapeKind.LocalName);

    public static Shape Open { get; } = new(ShapeKind.Open);

    public ShapeKind Kind { get; }

    /// <summary>Members of a structure; the one kind of item of a list.</summary>
    public Member[] Members { get; private init; } = [];

    /// <summary>Type of a list's items as the writer spells it, e.g. <c>cwmp:EventStruct</c>.</summary>
    public string ItemType { get; private init; } = "";

    /// <summary>The structures that an operation may be, by type name.</summary>
    public IReadOnlyDictionary<string, Shape> Types { get; private init; } = new Dictionary<string, Shape>(StringComparer.Ordinal);

    public static Shape Structure(params Member[] members) => new(ShapeKind.Structure) { Members = members };

    public static Shape List(string item, string itemType, Shape shape) =>
        new(ShapeKind.List) { Members = [new Member(item, shape, Repeats: true)], ItemType = itemType };

    public static Shape Operation(IReadOnlyDictionary<string, Shape> types) => new(ShapeKind.Operation) { Types = types };

    /// <summary>Position of the member with this name, -1 when there is none.</summary>
    public int IndexOf(string name)
    {
        for (var i = 0; i < Members.Length; i++)
        {
            if (string.Equals(Members[i].Name, name, StringComparison.Ordinal))
            {
                return i;
            }
        }

        // SOAP 1.1 section 5 gives items of an array no names of their own, and some toolkits write this one.
        return Kind == ShapeKind.List && name == "item" ? 0 : -1;
    }
}
