using CwmpShield.Core.Cwmp;

namespace CwmpShield.Core.Tests.Cwmp;

/// <summary>Runs the bodies of tests/conformance/wire.</summary>
public sealed class WireConformanceTests
{
    private static readonly string Root = Repository.Path("tests", "conformance", "wire");

    public static TheoryData<string> Refused => Files("refused");

    public static TheoryData<string> Readable => Files("read");

    [Theory]
    [MemberData(nameof(Refused))]
    public void Refuses_with_the_reason_of_the_folder(string file)
    {
        Assert.False(Messages.TryRead(File.ReadAllBytes(Path.Combine(Root, file)), Travels(file), out _, out var error));
        Assert.Equal(Path.GetFileName(Path.GetDirectoryName(file)), error.Reason);
    }

    [Theory]
    [MemberData(nameof(Readable))]
    public void Reads_and_writes_in_its_own_hand(string file)
    {
        var message = Messages.Read(File.ReadAllBytes(Path.Combine(Root, file)), Travels(file));
        var bytes = Messages.Bytes(message);

        Assert.Equal(Messages.Meaning(message), Messages.Meaning(Messages.Read(bytes, Travels(file))));
        Assert.NotEmpty(PlainXml.Leaves(bytes));
        Assert.StartsWith("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<soap-env:Envelope ", Messages.Written(message), StringComparison.Ordinal);
    }

    private static TheoryData<string> Files(string folder) =>
        [.. Directory.EnumerateFiles(Path.Combine(Root, folder), "*.xml", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Root, f)).Order(StringComparer.Ordinal)];

    private static Direction Travels(string file) =>
        Path.GetFileName(file).StartsWith("to-device-", StringComparison.Ordinal) ? Direction.AcsToCpe : Direction.CpeToAcs;
}
