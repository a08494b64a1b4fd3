namespace CwmpShield.Core.Wire;

/// <summary>
/// What a reader needs while it reads. A device speaks the same hundred names in every message, so a workspace is lent from message
/// to message on a thread; one that a stranger has filled is thrown away.
/// </summary>
internal sealed class ReaderWorkspace
{
    private const int MaxKeptCharacters = 32_768;
    private const int MaxKeptItems = 4096;

    [ThreadStatic]
    private static ReaderWorkspace? s_spare;

    private long tag;

    public XmlNames Names { get; } = new();

    public NamespaceScope Scope { get; } = new();

    /// <summary>Elements that are open, by depth; those beyond the current depth wait to be used again.</summary>
    public List<OpenElement> Open { get; } = [];

    /// <summary>Elements that are complete and wait for their parent to end.</summary>
    public List<SoapElement> Finished { get; private set; } = [];

    /// <summary>Attributes of the current start tag, namespace declarations included.</summary>
    public List<TagAttribute> Tag { get; } = [];

    /// <summary>Attributes of the current element whose prefixes are not resolved yet.</summary>
    public List<TagAttribute> Pending { get; } = [];

    /// <summary>Attributes that come again.</summary>
    public SharedAttributes Shared { get; } = new();

    /// <summary>Where the value of an attribute is put together.</summary>
    public CharBuffer Scratch { get; } = new();

    /// <summary>Takes this thread's workspace, or a new one.</summary>
    public static ReaderWorkspace Rent()
    {
        var workspace = s_spare ?? new ReaderWorkspace();
        s_spare = null;
        return workspace;
    }

    /// <summary>Begins another start tag.</summary>
    public void NextTag()
    {
        tag++;
        Tag.Clear();
    }

    /// <summary>Adds an attribute to the tag; false when it has one of this name.</summary>
    public bool TryAdd(TagAttribute attribute)
    {
        if (attribute.Name.LastTag == tag)
        {
            return false;
        }

        attribute.Name.LastTag = tag;
        Tag.Add(attribute);
        return true;
    }

    /// <summary>Gives the workspace back after a message that could be read; it keeps names, and nothing else of the message.</summary>
    public void Return()
    {
        if (Names.Characters > MaxKeptCharacters || Scope.Characters > MaxKeptCharacters)
        {
            return;
        }

        if (Finished.Capacity > MaxKeptItems)
        {
            Finished = [];
        }

        Scope.Clear();
        Finished.Clear();
        Tag.Clear();
        Pending.Clear();
        Scratch.Clear();
        foreach (var element in Open)
        {
            element.Forget();
        }

        s_spare = this;
    }
}
