using System.Diagnostics.Metrics;
using CwmpShield.Core.Firmware;
using CwmpShield.Gateway.Telemetry;

namespace CwmpShield.Gateway.Firmware;

/// <summary>Instruments of the artefact gate. Its refusals are counted by rule, like every other.</summary>
internal sealed class ArtefactMetrics
{
    private readonly Meter meter;
    private readonly Counter<long> loads;

    /// <summary>Creates the instruments under the gateway's meter.</summary>
    public ArtefactMetrics(ShieldMetrics metrics)
    {
        meter = metrics.Meter;
        loads = meter.CreateCounter<long>("cwmpshield.artefact.manifest.loads", description: "Artefact manifests taken in, by outcome; what did not count left the last one in force.");
    }

    /// <summary>A manifest was taken in, or not because of <paramref name="refusal"/>.</summary>
    public void Loaded(string refusal) => loads.Add(1, new KeyValuePair<string, object?>("outcome", refusal.Length > 0 ? refusal : "loaded"));

    /// <summary>Exports what is in force; nothing of a manifest while there is none.</summary>
    public void Watch(Func<ArtefactTrust> current, TimeProvider time)
    {
        IEnumerable<Measurement<long>> OfManifest(Func<SignedManifest, long> value) => current().Manifest is { } manifest ? [new(value(manifest))] : [];
        meter.CreateObservableGauge("cwmpshield.artefacts", () => OfManifest(m => m.Manifest.Artefacts.Length), description: "Artefacts of the manifest in force.");
        meter.CreateObservableGauge("cwmpshield.artefacts.withdrawn", () => (long)current().Withdrawn.Count, description: "Artefacts that operators have withdrawn.");
        meter.CreateObservableGauge("cwmpshield.artefact.manifest.version", () => OfManifest(m => m.Manifest.Version), description: "Version of the manifest in force.");
        meter.CreateObservableGauge(
            "cwmpshield.artefact.manifest.age", () => OfManifest(m => (long)(time.GetUtcNow() - m.Manifest.Issued).TotalSeconds), unit: "s", description: "Time since the manifest in force was issued.");
        meter.CreateObservableGauge(
            "cwmpshield.artefact.manifest.expiry.timestamp", () => OfManifest(m => m.Expires.ToUnixTimeSeconds()), unit: "s", description: "When the manifest in force, or its signers, expire, in Unix time.");
    }
}
