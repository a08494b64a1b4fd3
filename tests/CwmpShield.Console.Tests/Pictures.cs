using System.Net;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Decisions;
using CwmpShield.Core.Identity;
using CwmpShield.Gateway.Inspection;
using CwmpShield.Gateway.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace CwmpShield.Console.Tests;

/// <summary>The pictures of docs/images, taken of a console that has something to show; written there where <c>CWMPSHIELD_PICTURES</c> is set.</summary>
[Collection(BrowserCollection.Name)]
public sealed class Pictures(Browser browser)
{
    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Show_every_page_filled(ColorScheme colours)
    {
        await using var lab = await ConsoleLab.StartAsync();
        await FillAsync(lab);
        await using var visitor = await browser.VisitAsync(lab, colours: colours);
        await visitor.OpenAsync("/sign-in");
        await visitor.PictureAsync("sign-in", colours);
        await visitor.SignInAsync(ConsoleLab.Operator);
        await visitor.OpenAsync("/devices");
        await visitor.PictureAsync("devices", colours);
        await visitor.OpenAsync("/devices/3");
        await visitor.PictureAsync("device", colours);
        await visitor.OpenAsync("/live");
        foreach (var judged in Judgements())
        {
            lab.Feed.Publish(judged);
        }

        await visitor.Page.Locator("#live tbody tr").Nth(7).WaitForAsync();
        await visitor.PictureAsync("live", colours);
        Assert.Empty(visitor.Complaints);
    }

    private static async Task FillAsync(ConsoleLab lab)
    {
        var registry = lab.Services.GetRequiredService<IDeviceRegistry>();
        var now = TimeProvider.System.GetUtcNow();
        for (var i = 1; i <= 18; i++)
        {
            var device = new DeviceId(i % 3 == 0 ? "202BC1" : "00D09E", i % 3 == 0 ? "BM632w" : "HGW-2000", $"SN{4_207_000 + (i * 37)}");
            await lab.AddDeviceAsync(device, i % 3 == 0 ? "BM632w" : "HGW 2000 v2");
            if (i % 7 == 3)
            {
                await registry.ChangeStatusAsync(device, StatusChange.Quarantine("SEC-88: ordered to fetch unlisted firmware", now), default);
            }
        }
    }

    private static IEnumerable<DecisionEvent> Judgements()
    {
        var now = TimeProvider.System.GetUtcNow();
        (string Message, Direction Way, Verdict Verdict, string Reason, string Rule)[] seen =
        [
            ("Inform", Direction.CpeToAcs, Verdict.Forward, "", ""),
            ("InformResponse", Direction.AcsToCpe, Verdict.Forward, "", ""),
            ("GetParameterValues", Direction.AcsToCpe, Verdict.Forward, "", ""),
            ("Download", Direction.AcsToCpe, Verdict.Deny, "artefact-unknown-url", "download-unlisted-host"),
            ("SetParameterValues", Direction.AcsToCpe, Verdict.Hold, "rule-matched", "dns-redirect"),
            ("GetParameterValuesResponse", Direction.CpeToAcs, Verdict.Neutralise, "rule-matched", "identity-string-markup"),
            ("Reboot", Direction.AcsToCpe, Verdict.Observe, "rule-matched", "reboot-mass"),
            ("SetParameterValues", Direction.AcsToCpe, Verdict.Quarantine, "rule-matched", "acs-redirect"),
        ];
        return seen.Select((one, i) => new DecisionEvent
        {
            At = now.AddMilliseconds(i * 37),
            Device = new DeviceId("00D09E", "HGW-2000", $"SN{4_207_000 + (37 * (i % 3 + 1))}"),
            Strength = i % 3 == 0 ? IdentityStrength.UniqueCertificate : IdentityStrength.PasswordOverTls,
            Source = IPAddress.Loopback,
            Direction = one.Way,
            Message = one.Message,
            Decision = new Decision
            {
                Verdict = one.Verdict,
                Reasons = one.Reason.Length > 0 ? [one.Reason] : [],
                Hits = one.Rule.Length > 0 ? [new RuleHit(one.Rule, one.Verdict)] : [],
            },
        });
    }
}
