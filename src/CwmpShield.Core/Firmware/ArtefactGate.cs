using System.Collections.Immutable;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.DataModel.Values;
using CwmpShield.Core.Firmware.Urls;
using CwmpShield.Core.Identity;

namespace CwmpShield.Core.Firmware;

/// <summary>
/// Whether a device may be told to fetch a file: the order's URL must name one artefact that is signed, valid now, meant for this model, and an
/// allowed step from what the device runs; or the URL's own signature must vouch for it. Everything that speaks against it is said, so
/// that an exception which lifts one reason does not lift another.
/// </summary>
public static class ArtefactGate
{
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    /// <summary>Judges a transfer of an order: Download, ScheduleDownload, ChangeDUState Install or Update. Ask only where something is configured.</summary>
    public static ArtefactAnswer Judge(ArtefactTrust trust, TransferOrder order, DeviceTraits device, DateTimeOffset now)
    {
        var reasons = ImmutableArray.CreateBuilder<string>();
        var check = SignedUrl.Check(order.Url, trust.UrlKeys, device.Device, now, trust.Policy.MaxUrlLife);
        Note(reasons, check.Reason);
        var artefact = AtUrl(trust, order.Url, check, reasons);
        if (artefact is null && check.Key is { } key && !reasons.Contains(ArtefactReason.Ambiguous) && key.FileTypes.Any(t => IsType(t, order)))
        {
            return new ArtefactAnswer(null, reasons.ToImmutable(), key.Id);
        }

        ManifestReasons(trust, now, reasons, artefact is not null);
        if (artefact is not null)
        {
            ArtefactChecks.File(artefact, order, reasons);
            ArtefactChecks.Device(trust, artefact, device, now, reasons);
        }

        return new ArtefactAnswer(artefact, ArtefactChecks.Ordered(reasons), check.Key?.Id ?? "");
    }

    /// <summary>Judges an address from which the device will fetch by itself: the URL of an artefact, or a source of the manifest (a URL, or its host alone).</summary>
    public static ArtefactAnswer JudgeSource(ArtefactTrust trust, string value, DeviceTraits device, DateTimeOffset now)
    {
        var reasons = ImmutableArray.CreateBuilder<string>();
        if (SourceFor(trust, value, device, reasons))
        {
            ManifestReasons(trust, now, reasons, found: true);
            return new ArtefactAnswer(null, ArtefactChecks.Ordered(reasons));
        }

        var check = SignedUrl.Check(value, trust.UrlKeys, device.Device, now, trust.Policy.MaxUrlLife);
        Note(reasons, check.Reason);
        var artefact = AtUrl(trust, value, check, reasons);
        ManifestReasons(trust, now, reasons, artefact is not null || reasons.Contains(ArtefactReason.WrongModel));
        if (artefact is not null)
        {
            ArtefactChecks.Device(trust, artefact, device, now, reasons);
        }

        return new ArtefactAnswer(artefact, ArtefactChecks.Ordered(reasons), check.Key?.Id ?? "");
    }

    /// <summary>Judges firmware that lies on the device already, by its version: it must be an artefact's for this model.</summary>
    public static ArtefactAnswer JudgeImage(ArtefactTrust trust, string version, DeviceTraits device, DateTimeOffset now)
    {
        var reasons = ImmutableArray.CreateBuilder<string>();
        Artefact? artefact = null;
        foreach (var candidate in trust.Index.OfVersion(version))
        {
            // A version alone does not tell two files apart: where one of them is withdrawn, it may be the one that is there.
            var isMeant = candidate.Models.Any(m => m.Takes(device));
            artefact = artefact is null || (isMeant && !(artefact.Models.Any(m => m.Takes(device)) && trust.WithdrawnBecause(artefact) is not null)) ? candidate : artefact;
        }

        ManifestReasons(trust, now, reasons, found: true);
        if (artefact is null)
        {
            Note(reasons, ArtefactReason.NotSigned);
        }
        else
        {
            ArtefactChecks.Device(trust, artefact, device, now, reasons);
        }

        return new ArtefactAnswer(artefact, ArtefactChecks.Ordered(reasons));
    }

    private static Artefact? AtUrl(ArtefactTrust trust, string asked, SignedUrlCheck check, ImmutableArray<string>.Builder reasons)
    {
        // Where the list alone vouches, forms of URLs are the rules' own business.
        var matters = trust.Policy.RequiresManifest || check.Key is not null;
        if (!UrlValue.TryParse(asked, out var url))
        {
            Note(reasons, matters ? ArtefactReason.UrlNotAllowed : "");
            return null;
        }

        Note(reasons, matters && !IsAllowed(trust.Policy, url!) ? ArtefactReason.UrlNotAllowed : "");
        var found = trust.Index.At(url!, out var ambiguous);
        if (found is null && !ambiguous && !ReferenceEquals(asked, check.Url) && UrlValue.TryParse(check.Url, out var plain))
        {
            found = trust.Index.At(plain!, out ambiguous);
        }

        if (ambiguous)
        {
            reasons.Add(ArtefactReason.Ambiguous);
        }

        return found;
    }

    private static bool IsAllowed(ArtefactPolicy policy, UrlValue url) =>
        !url.HasUserInfo && policy.Schemes.Contains(url.Scheme, StringComparer.Ordinal) && (url.Host.Address is null || policy.AllowsAddresses);

    /// <summary>What speaks against the manifest as a whole; and where it has nothing at this URL, that.</summary>
    private static void ManifestReasons(ArtefactTrust trust, DateTimeOffset now, ImmutableArray<string>.Builder reasons, bool found)
    {
        if (!trust.Policy.RequiresManifest)
        {
            return;
        }

        if (trust.Manifest is not { } manifest)
        {
            reasons.Add(ArtefactReason.NotSigned);
            return;
        }

        if (now >= manifest.Expires)
        {
            reasons.Add(ArtefactReason.ManifestExpired);
        }
        else if (manifest.Manifest.Issued - now > Skew)
        {
            reasons.Add(ArtefactReason.ManifestNotYetValid);
        }

        if (!found && !reasons.Contains(ArtefactReason.Ambiguous))
        {
            reasons.Add(ArtefactReason.UnknownUrl);
        }
    }

    /// <summary>Whether a source of the manifest takes the value, which may be a host alone; where only another model's does, that is noted.</summary>
    private static bool SourceFor(ArtefactTrust trust, string value, DeviceTraits device, ImmutableArray<string>.Builder reasons)
    {
        var isUrl = UrlValue.TryParse(value, out var url);
        HostValue host = default;
        if (!isUrl && !HostValue.TryParse(value, out host))
        {
            return false;
        }

        var wrongModel = false;
        foreach (var source in trust.Manifest?.Manifest.Sources ?? [])
        {
            if (isUrl ? source.Url.Takes(url!) : source.Url.IsHost(host))
            {
                if (source.Models.Any(m => m.Takes(device)))
                {
                    Note(reasons, isUrl && !IsAllowed(trust.Policy, url!) ? ArtefactReason.UrlNotAllowed : "");
                    return true;
                }

                wrongModel = true;
            }
        }

        Note(reasons, wrongModel ? ArtefactReason.WrongModel : "");
        return false;
    }

    private static bool IsType(string type, TransferOrder order) =>
        order.Kind is TransferKind.Install or TransferKind.Update ? type == Artefact.DeploymentUnit : FileTypeWord.Matches(type, order.FileType);

    private static void Note(ImmutableArray<string>.Builder reasons, string reason)
    {
        if (reason.Length > 0)
        {
            reasons.Add(reason);
        }
    }
}
