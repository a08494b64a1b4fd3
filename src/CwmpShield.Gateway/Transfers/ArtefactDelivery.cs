using System.Net;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.DataModel.Values;
using CwmpShield.Core.Decisions;
using CwmpShield.Core.Firmware;
using CwmpShield.Core.Wire;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Inspection;
using CwmpShield.Gateway.Mirror;

namespace CwmpShield.Gateway.Transfers;

/// <summary>
/// Decides how a device comes by an artefact: by the mirror, which then must have it verified, or straight from a host that is stated
/// as direct. What no manifest lists goes as it came.
/// </summary>
internal sealed class ArtefactDelivery(GatewayOptions options, RolloutStore rollouts, ArtefactStands stands, MirrorFetches? fetches = null, MirrorShelf? shelf = null)
{
    private readonly HostValue[] direct = [.. options.Mirror.Direct.Select(host => HostValue.TryParse(host, out var parsed) ? parsed : default)];

    /// <summary>Plans the delivery of one file of an order.</summary>
    public async ValueTask<DeliveryPlan> PlanAsync(DeviceSession session, CwmpMessage order, int index, ArtefactAnswer? answer)
    {
        var transfer = order.Transfers[index];
        if (answer?.Artefact is not { } artefact)
        {
            return new DeliveryPlan.AsOrdered(answer is null ? "" : MirrorReason.BytesUnverified);
        }

        if (await rollouts.RefusalAsync(artefact, session.Traits, CancellationToken.None) is { Length: > 0 } refusal)
        {
            return new DeliveryPlan.Refused(refusal);
        }

        if (IsDirect(transfer.Url))
        {
            return new DeliveryPlan.AsOrdered(MirrorReason.BytesUnverified);
        }

        if (fetches is null || shelf is null)
        {
            return new DeliveryPlan.Refused(MirrorReason.NotMirrored);
        }

        // Whatever lifts the rule: the mirror serves nothing that is withdrawn, and a URL of it would lead nowhere.
        if (!stands(artefact.Name, artefact.Sha256))
        {
            return new DeliveryPlan.Refused(ArtefactReason.Withdrawn);
        }

        if (TransferTime.DelayOf(order) > options.Mirror.MaxDelay)
        {
            return new DeliveryPlan.Refused(MirrorReason.DelayTooLong);
        }

        var state = fetches.Ask(
            new MirrorTarget(artefact.Name, artefact.Sha256, artefact.Size), transfer.Url, CredentialOf(order, index), () => stands(artefact.Name, artefact.Sha256));
        if (state is not MirrorState.Ready ready)
        {
            return new DeliveryPlan.Refused((state as MirrorState.Absent)?.Reason ?? MirrorReason.FetchError);
        }

        shelf.Ordered(ready.File);
        return new DeliveryPlan.ByMirror();
    }

    /// <summary>Whether the host of a URL is stated as direct; its port is left open.</summary>
    private bool IsDirect(string url) =>
        UrlValue.TryParse(url, out var parsed) && Array.Exists(direct, host => host == parsed!.Host with { Port = 0 });

    private static NetworkCredential? CredentialOf(CwmpMessage order, int index)
    {
        var transfer = TransferRewrite.ElementOf(order, index);
        var (user, password) = (Text(transfer, "Username"), Text(transfer, "Password"));
        return user.Length + password.Length == 0 ? null : new NetworkCredential(user, password);
    }

    private static string Text(SoapElement? element, string name) => element?.Child(name)?.Text ?? "";
}

/// <summary>How a device comes by one file. Closed.</summary>
internal abstract record DeliveryPlan
{
    private DeliveryPlan()
    {
    }

    /// <summary>Straight, with the order's own URL.</summary>
    /// <param name="Note">What is to be known of it; empty when nothing.</param>
    public sealed record AsOrdered(string Note) : DeliveryPlan;

    /// <summary>By the mirror, which has it.</summary>
    public sealed record ByMirror : DeliveryPlan;

    /// <summary>Not now.</summary>
    /// <param name="Reason">Why.</param>
    public sealed record Refused(string Reason) : DeliveryPlan;
}
