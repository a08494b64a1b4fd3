using System.Text;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Decisions;
using CwmpShield.Core.Firmware;
using CwmpShield.Core.Firmware.Reading;
using CwmpShield.Core.Identity;
using CwmpShield.Core.Rules;
using CwmpShield.Core.Wire;

namespace CwmpShield.Core.Tests.Firmware;

/// <summary>The shipped rules with exceptions of a site: each lifts the reason that it names and no other.</summary>
public sealed class ArtefactExceptionTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly DeviceTraits Newer = new()
    {
        Device = new DeviceId("001122", "HGW", "1"), Strength = IdentityStrength.UniqueCertificate, SoftwareVersion = "1.2.9", HighestSoftwareVersion = "1.2.9",
    };

    private readonly string site = Path.GetTempFileName();

    public void Dispose() => File.Delete(site);

    [Fact]
    public void Lets_a_device_back_a_version_by_an_exception_for_rollback_alone()
    {
        Assert.Equal([ArtefactReason.Rollback], Reasons(Judge(Set(""), Newer, "hgw-1.2.0.bin")));
        var lifted = Set("exceptions: [{ rule: artefact-rollback, device: { oui: \"001122\" }, until: 2999-01-01, ticket: CHG-1 }]");

        var decision = Judge(lifted, Newer, "hgw-1.2.0.bin");

        Assert.Equal(Verdict.Forward, decision.Verdict);
        Assert.Contains(decision.Hits, h => h is { RuleId: "artefact-rollback", Exception: "CHG-1" });
        Assert.Equal([ArtefactReason.WrongModel], Reasons(Judge(lifted, Newer with { Device = new DeviceId("001122", "STB", "1") }, "hgw-1.2.0.bin")));
        Assert.Equal([ArtefactReason.Withdrawn], Reasons(Judge(lifted, Newer, "hgw-1.2.5.bin")));
    }

    [Fact]
    public void Lets_an_unlisted_file_pass_by_an_exception_for_both_rules_that_it_meets()
    {
        var one = Set("exceptions: [{ rule: artefact-unknown-url, device: any, until: 2999-01-01, ticket: CHG-1 }]");
        var both = Set("exceptions: [{ rule: [artefact-unknown-url, download-unsigned], device: any, until: 2999-01-01, ticket: CHG-1 }]");

        Assert.Equal(Verdict.Deny, Judge(one, Newer, "hgw-0.1.bin").Verdict);
        Assert.Equal(Verdict.Forward, Judge(both, Newer, "hgw-0.1.bin").Verdict);
    }

    [Fact]
    public void Asks_for_every_reason_of_the_gate() => Assert.Empty(Set("").UnaskedArtefactReasons);

    [Fact]
    public void Tells_the_reason_in_the_fault() => Assert.Equal(
        "Refused by the security gateway: artefact-rollback", Judge(Set(""), Newer, "hgw-1.2.0.bin").Fault!.Text);

    private static IEnumerable<string> Reasons(Decision decision) => decision.Reasons.Where(r => r != RuleReason.Denied);

    private RuleSet Set(string exceptions)
    {
        File.WriteAllText(site, $"{File.ReadAllText(Repository.Path("tests", "conformance", "site.yaml"))}\n{exceptions}\n");
        var loaded = RuleSetLoader.Load(Repository.Path("rules"), new RuleLoadOptions { Site = site });
        Assert.True(loaded.Set is not null, string.Join('\n', loaded.Diagnostics));
        return loaded.Set!;
    }

    private static Decision Judge(RuleSet rules, DeviceTraits device, string file)
    {
        var manifest = ManifestReader.Read("m", File.ReadAllBytes(Repository.Path("tests", "conformance", "artefacts.json"))).Manifest!;
        var body = $"""
            <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:cwmp="urn:dslforum-org:cwmp-1-2"><s:Header><cwmp:ID s:mustUnderstand="1">1</cwmp:ID></s:Header><s:Body>
            <cwmp:Download><CommandKey>k</CommandKey><FileType>1 Firmware Upgrade Image</FileType><URL>https://firmware.example.net/hgw/{file}</URL><Username/><Password/><FileSize>0</FileSize><TargetFileName/><DelaySeconds>0</DelaySeconds><SuccessURL/><FailureURL/></cwmp:Download></s:Body></s:Envelope>
            """;
        var context = new InspectionContext
        {
            Traits = device,
            Now = Now,
            Limits = SoapLimits.FromAcs,
            Artefacts = new ArtefactTrust(new ArtefactPolicy { RequiresManifest = true }, new SignedManifest(manifest, ["s"], DateTimeOffset.MaxValue, "")),
        };
        return Inspector.Inspect(rules, new RawMessage(Direction.AcsToCpe, Encoding.UTF8.GetBytes(body), "text/xml"), context).Decision;
    }
}
