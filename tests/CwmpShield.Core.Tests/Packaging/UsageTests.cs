namespace CwmpShield.Core.Tests.Packaging;

/// <summary>The commands at the top of the repository, asked how they are used.</summary>
public sealed class UsageTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cwmpshield-usage-");

    /// <summary>A .NET SDK that only says that it was called: whoever begins to build ends with an error.</summary>
    public UsageTests()
    {
        var sdk = Path.Combine(folder.FullName, "dotnet");
        File.WriteAllText(sdk, "#!/bin/sh\necho the SDK was called >&2\nexit 1\n");
        File.SetUnixFileMode(sdk, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("bench", "--help")]
    [InlineData("bench", "curves", "--help")]
    [InlineData("bench", "-h")]
    [InlineData("demo", "--help")]
    [InlineData("fuzz", "--help")]
    [InlineData("release", "--help")]
    [InlineData("soak", "--help")]
    [InlineData("test", "--help")]
    [InlineData("eng/publish.sh", "--help")]
    public void Tells_its_usage_and_does_nothing_else(string command, params string[] arguments)
    {
        var (exit, output) = Run(command, arguments);

        Assert.Equal(0, exit);
        Assert.Contains($"{(command.Contains('/', StringComparison.Ordinal) ? "" : "./")}{command}", output, StringComparison.Ordinal);
        Assert.DoesNotContain("the SDK was called", output, StringComparison.Ordinal);
        Assert.DoesNotContain("#", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fuzz")]
    [InlineData("soak")]
    [InlineData("release", "--wrong")]
    [InlineData("eng/publish.sh")]
    public void Refuses_to_guess_what_was_meant(string command, params string[] arguments)
    {
        var (exit, output) = Run(command, arguments);

        Assert.Equal(2, exit);
        Assert.Contains(command, output, StringComparison.Ordinal);
    }

    private (int Exit, string Output) Run(string command, string[] arguments) =>
        Program.Run("bash", [command, .. arguments], ("PATH", $"{folder.FullName}:{Environment.GetEnvironmentVariable("PATH")}"));
}
