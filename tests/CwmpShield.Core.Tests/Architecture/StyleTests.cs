namespace CwmpShield.Core.Tests.Architecture;

public sealed class StyleTests
{
    private const int MaxLines = 400;

    [Fact]
    public void No_file_is_longer_than_400_lines()
    {
        var tooLong = SourceFiles.Under("src").Concat(SourceFiles.Under("tests"))
            .Select(f => (Name: SourceFiles.Name(f), Lines: File.ReadLines(f).Count()))
            .Where(f => f.Lines > MaxLines);

        Assert.Empty(tooLong);
    }

    [Fact]
    public void No_file_hides_its_length_in_regions()
    {
        var directive = "#" + "region";
        var hiding = SourceFiles.Under("src").Concat(SourceFiles.Under("tests"))
            .Where(f => File.ReadLines(f).Any(l => l.TrimStart().StartsWith(directive, StringComparison.Ordinal)))
            .Select(SourceFiles.Name);

        Assert.Empty(hiding);
    }

    [Fact]
    public void Every_namespace_is_file_scoped()
    {
        var scoped = SourceFiles.Under("src").Where(f => File.ReadLines(f).Any(l =>
                l.StartsWith("namespace ", StringComparison.Ordinal) && !l.EndsWith(';')))
            .Select(SourceFiles.Name);

        Assert.Empty(scoped);
    }
}
