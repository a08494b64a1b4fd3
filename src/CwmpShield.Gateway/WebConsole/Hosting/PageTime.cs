namespace CwmpShield.Gateway.WebConsole.Hosting;

/// <summary>How long a page may take.</summary>
/// <param name="Longest">After it, the page is given up.</param>
internal sealed record PageTime(TimeSpan Longest)
{
    /// <summary>Longer than any page takes that an index answers, however large the ledger is.</summary>
    public static PageTime Usual { get; } = new(TimeSpan.FromSeconds(10));
}

/// <summary>A page took longer than it may (<see cref="PageTime"/>).</summary>
internal sealed class PageTooSlowException() : Exception("The page took too long.");
