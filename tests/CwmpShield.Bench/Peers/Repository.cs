namespace CwmpShield.Bench.Peers;

/// <summary>Where the repository is.</summary>
internal static class Repository
{
    /// <summary>Its folder.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "CwmpShield.sln")))
        {
            directory = directory.Parent;
        }

        return directory?.FullName ?? throw new BenchException("the benchmark runs from a build inside the repository");
    }
}
