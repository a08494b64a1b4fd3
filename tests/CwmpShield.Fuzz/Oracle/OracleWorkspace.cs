using CwmpShield.Core.Wire;

namespace CwmpShield.Fuzz.Oracle;

/// <summary>
/// What a reader needs while it reads. A device speaks the same hundred names in every message, so a workspace is lent from message
/// to message on a thread; one that a stranger has filled is thrown away.
/// </summary>
internal sealed class OracleWorkspace
{
    private const int MaxKeptCharacters = 32_768;
    private const int MaxKeptItems = 4096;

    [ThreadStatic]
    private static OracleWorkspace? s_spare;

    public OracleNames Names { get; } = new();

    public OracleScope Scope { get; } = new();

    /// <summary>Elements that are open, by depth; those beyond the current depth wait to be used again.</summary>
    public List<OracleElement> Open { get; } = [];

    /// <summary>Elements that are complete and wait for their parent to end.</summary>
    public List<SoapElement> Finished { get; } = [];

    /// <summary>Attributes of the current element whose prefixes are not resolved yet.</summary>
    public List<(OracleName Name, string Value)> Pending { get; } = [];

    /// <summary>Takes this thread's workspace, or a new one.</summary>
    public static OracleWorkspace Rent()
    {
        var workspace = s_spare ?? new OracleWorkspace();
        s_spare = null;
        return workspace;
    }

    /// <summary>Gives the workspace back after a message that could be read; it keeps names, and nothing else of the message.</summary>
    public void Return()
    {
        if (Names.Characters > MaxKeptCharacters || Finished.Capacity > MaxKeptItems)
        {
            return;
        }

        Scope.Clear();
        Finished.Clear();
        Pending.Clear();
        foreach (var element in Open)
        {
            element.Forget();
        }

        s_spare = this;
    }
}
