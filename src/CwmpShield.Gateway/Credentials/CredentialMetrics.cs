using System.Diagnostics.Metrics;
using CwmpShield.Gateway.Storage.Credentials;
using CwmpShield.Gateway.Telemetry;

namespace CwmpShield.Gateway.Credentials;

/// <summary>Counts what happens to credentials.</summary>
internal sealed class CredentialMetrics(ShieldMetrics metrics)
{
    private readonly Counter<long> steps = metrics.Meter.CreateCounter<long>(
        "cwmpshield.credential.steps",
        description: "Credentials of devices by purpose and step: ordered, acknowledged, committed, cancelled, proven, unrecorded, weak.");

    /// <summary>One step of one credential.</summary>
    public void Step(CredentialPurpose purpose, string step) =>
        steps.Add(1, new("purpose", CredentialWords.Of(purpose)), new("step", step));
}
