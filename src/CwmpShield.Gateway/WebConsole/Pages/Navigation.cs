namespace CwmpShield.Gateway.WebConsole.Pages;

/// <summary>The pages in the order of the menu.</summary>
internal static class Navigation
{
    /// <summary>Groups of pages: where they are, and what they are called.</summary>
    public static IReadOnlyList<(string Group, IReadOnlyList<(string Path, string Name)> Pages)> Groups { get; } =
    [
        ("Watch", [("/", "Overview"), ("/live", "Live decisions"), ("/attacks", "Attacks by day"), ("/refusals", "Refusals"), ("/ledger", "Ledger")]),
        ("Decide", [("/held", "Held orders"), ("/rollouts", "Rollouts")]),
        ("Fleet", [("/devices", "Devices"), ("/drift", "Drift"), ("/artefacts", "Artefacts"), ("/certificates", "Certificates")]),
        ("Gateway", [("/rules", "Rules"), ("/health", "System health")]),
    ];

    /// <summary>Whether <paramref name="path"/> belongs to the page at <paramref name="page"/>.</summary>
    public static bool IsWithin(string path, string page) =>
        path == page || (page != "/" && path.StartsWith(page + "/", StringComparison.Ordinal));
}
