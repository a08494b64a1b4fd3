using System.Reflection;
using CwmpShield.Core.Firmware;
using CwmpShield.Core.Firmware.Signing;
using CwmpShield.Core.Tests.Architecture;

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

    [Fact]
    public void Every_reason_against_a_signature_has_a_test()
    {
        var tests = string.Concat(SourceFiles.Under("tests").Select(File.ReadAllText));
        var names = typeof(SignerReason).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => $"{nameof(SignerReason)}.{f.Name}");

        Assert.All(names, n => Assert.Contains(n, tests, StringComparison.Ordinal));
    }
}
