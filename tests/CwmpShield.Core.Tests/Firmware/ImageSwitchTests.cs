using System.Collections.Immutable;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Firmware;
using CwmpShield.Core.Identity;

namespace CwmpShield.Core.Tests.Firmware;

/// <summary>A switch to an image that the device has already: its version alone says what it is.</summary>
public sealed class ImageSwitchTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("bad", "good")]
    [InlineData("good", "bad")]
    public void Refuses_a_version_of_which_any_file_for_the_model_is_withdrawn(string first, string second)
    {
        var device = new DeviceTraits { Device = new DeviceId("001122", "HGW", "1"), SoftwareVersion = "1.0" };

        Assert.Equal(ArtefactReason.Withdrawn, Assert.Single(Judge(Trust("bad", first, second), device)));
        Assert.Empty(Judge(Trust("another", first, second), device));
        Assert.Empty(Judge(Trust("bad", first, second), device with { Device = new DeviceId("001122", "Other", "1") }));
    }

    private static ImmutableArray<string> Judge(ArtefactTrust trust, DeviceTraits device) => ArtefactGate.JudgeImage(trust, "2.0", device, Now).Reasons;

    private static ArtefactTrust Trust(string withdrawn, params string[] names)
    {
        var manifest = new ArtefactManifest
        {
            Version = 1,
            Issued = Now,
            Expires = Now.AddDays(1),
            Artefacts = [.. names.Select(Image)],
        };
        return new ArtefactTrust(
            new ArtefactPolicy { RequiresManifest = true },
            new SignedManifest(manifest, ["release"], manifest.Expires, ""),
            withdrawn: new Dictionary<string, string>(StringComparer.Ordinal) { [withdrawn] = "bricks" });
    }

    private static Artefact Image(string name) => new()
    {
        Name = name,
        Version = "2.0",
        FileTypes = ["1"],
        Sha256 = name,
        Size = 1,
        Models = name == "bad" ? [new ArtefactModel("001122", ["HGW"], [])] : [new ArtefactModel("001122", [], [])],
        Urls = [],
        IsFirmware = true,
    };
}
