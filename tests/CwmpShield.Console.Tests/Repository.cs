namespace CwmpShield.Console.Tests;

/// <summary>Where the repository is.</summary>
internal static class Repository
{
    /// <summary>Its folder.</summary>
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "CwmpShield.sln")) ? folder : Find(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("No CwmpShield.sln above the tests."));
}
