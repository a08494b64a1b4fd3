using System.Reflection;
using CwmpShield.Core.Firmware;

namespace CwmpShield.Core.Tests.Firmware;

public sealed class ArtefactReasonTests
{
    /// <summary>What only the gateway knows while devices fetch; brought about by its own tests.</summary>
    private static readonly string[] OfTheRollout = [ArtefactReason.NotReady, ArtefactReason.Halted, ArtefactReason.NotInRing];

    [Fact]
    public void Every_reason_of_the_gate_is_brought_about_by_a_case()
    {
        var cases = string.Concat(Directory.GetFiles(Repository.Path("tests", "conformance"), "*.yaml").Select(File.ReadAllText));
        var words = typeof(ArtefactReason).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (string)f.GetRawConstantValue()!);

        Assert.All(words.Except(OfTheRollout, StringComparer.Ordinal), w => Assert.Contains($"reasons: [{w}]", cases, StringComparison.Ordinal));
    }
}
