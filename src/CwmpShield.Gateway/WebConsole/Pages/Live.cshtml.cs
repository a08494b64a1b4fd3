using CwmpShield.Gateway.WebConsole.Live;

namespace CwmpShield.Gateway.WebConsole.Pages;

/// <summary>Judgements as they happen; without script the page loads itself again.</summary>
internal sealed class LiveModel(RecentDecisions recent) : ConsolePage
{
    private const int MaxRows = 100;

    /// <summary>The last ones, newest first.</summary>
    public IReadOnlyList<LiveDecision> Rows { get; private set; } = [];

    /// <summary>Since when judgements are kept; null when they begin to be now.</summary>
    public DateTimeOffset? Since { get; private set; }

    /// <summary>Reads them; the first look begins the watch.</summary>
    public void OnGet()
    {
        Since = recent.Since;
        Rows = [.. recent.After(0, MaxRows).Reverse()];
    }
}
