namespace CwmpShield.Gateway.Tests.Reporting;

/// <summary>Texts that are kept beside the tests; where one differs, what came is written beside it for whoever compares.</summary>
internal static class GoldenFile
{
    /// <summary>A path of the repository.</summary>
    public static string At(string path)
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "CwmpShield.sln")))
        {
            directory = directory.Parent;
        }

        return Path.Combine(directory?.FullName ?? throw new InvalidOperationException("The tests must run from inside the repository."), path);
    }

    /// <summary>The text that is expected; empty where there is none yet.</summary>
    public static string Of(string name, string actual)
    {
        var path = At($"tests/CwmpShield.Gateway.Tests/Reporting/golden/{name}");
        var expected = File.Exists(path) ? File.ReadAllText(path) : "";
        if (!string.Equals(expected.ReplaceLineEndings("\n"), actual.ReplaceLineEndings("\n"), StringComparison.Ordinal))
        {
            var came = Path.Combine(AppContext.BaseDirectory, name);
            File.WriteAllText(came, actual);
        }

        return expected;
    }
}
