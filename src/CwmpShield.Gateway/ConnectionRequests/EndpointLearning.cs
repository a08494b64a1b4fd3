using CwmpShield.Core.ConnectionRequests;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.DataModel.Values;
using CwmpShield.Core.Decisions;
using CwmpShield.Core.Identity;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Inspection;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Telemetry;
using Microsoft.Extensions.Logging;

namespace CwmpShield.Gateway.ConnectionRequests;

/// <summary>
/// Learns from what devices report where they are called, and puts the broker's URL in its place before the ACS sees it. What was not
/// proven to come from the device is not learned; what cannot be learned is still replaced, so that no ACS calls it.
/// </summary>
internal sealed class EndpointLearning(
    ConnectionRequestOptions options,
    EndpointPolicy policy,
    EndpointDirectory directory,
    ConnectionRequestBroker broker,
    AnswerWatch watch,
    ConnectionRequestMetrics metrics,
    ShieldMetrics shield,
    TimeProvider time,
    ILogger<EndpointLearning> log) : SessionParticipant
{
    /// <inheritdoc/>
    public override async ValueTask<CwmpMessage> DeviceMessageAsync(DeviceSession session, CwmpMessage message, CwmpMessage? order)
    {
        // Observe mode is the cut-over of a living fleet: nothing is learned there, so that nothing may be replaced either.
        var isReport = message is { Rpc: RpcKind.Inform, Role: MessageRole.Request } or { Rpc: RpcKind.GetParameterValues, Role: MessageRole.Response };
        if (!isReport || session.Device.Key == 0 || session.Listener.Identity.Mode == IdentityMode.Observe)
        {
            return message;
        }

        if (message.Rpc == RpcKind.Inform)
        {
            Informed(session, message);
        }

        if (!message.Parameters.Any(one => EndpointParameter.IsUrl(one.Name) || EndpointParameter.IsUdp(one.Name)))
        {
            return message;
        }

        var learned = await LearnAsync(session, message);
        var url = options.PublicUrl + (learned is null ? "" : directory.TokenOf(learned));
        // Without a door for ACSs there is no address for their datagrams, and the device's own must not be known.
        var udp = learned?.Udp is not null && options.Udp.TakesAcs ? options.Udp.PublicAddress : "";
        return MessageRewrite.Values(message, (name, _) => EndpointParameter.IsUrl(name) ? url : EndpointParameter.IsUdp(name) ? udp : null)
            ?? throw new InvalidOperationException("A rewritten report is no message.");
    }

    private void Informed(DeviceSession session, CwmpMessage inform)
    {
        if (session.Strength > IdentityStrength.None)
        {
            broker.Informed(session.Device.Key);
            if (inform.Events.Contains(InformEvent.ConnectionRequest, StringComparer.Ordinal))
            {
                watch.Informed(session.Device.Key);
            }
        }
    }

    /// <summary>The device's row after what the message told; null when it cannot be asked for or written.</summary>
    private async ValueTask<LearnedEndpoint?> LearnAsync(DeviceSession session, CwmpMessage message)
    {
        try
        {
            if (session.Strength == IdentityStrength.None)
            {
                return (await directory.FindAsync(session.Device.Key))?.Learned;
            }

            var sighting = Sight(session, message);
            var before = (await directory.FindAsync(session.Device.Key))?.Learned;
            var learned = (await directory.LearnAsync(sighting, CancellationToken.None))?.Learned;
            Tell(session, sighting, before, learned);
            return learned;
        }
        catch (RegistryUnavailableException error)
        {
            log.EndpointUnwritten(error);
            return null;
        }
    }

    private EndpointSighting Sight(DeviceSession session, CwmpMessage message)
    {
        var source = IpValue.From(session.Source);
        (DeviceEndpoint?, string)? url = null;
        (UdpEndpoint?, string)? udp = null;
        if (Told(message, EndpointParameter.IsUrl) is { } toldUrl)
        {
            EndpointCheck.TryCheck(toldUrl, source, policy, out var endpoint, out var reason);
            url = (endpoint, reason);
        }

        if (Told(message, EndpointParameter.IsUdp) is { } toldUdp)
        {
            EndpointCheck.TryCheckUdp(toldUdp, source, policy, out var endpoint, out var reason);
            udp = (endpoint, reason);
        }

        return new EndpointSighting(session.Device.Key, url, udp, time.GetUtcNow());
    }

    /// <summary>The value that the message gives; one that has no one meaning where it gives several. Null where it gives none.</summary>
    private static string? Told(CwmpMessage message, Func<string, bool> isIt)
    {
        var values = message.Parameters.Where(one => isIt(one.Name) && EndpointParameter.IsStandard(one.Name)).Select(one => one.Value ?? "").Distinct(StringComparer.Ordinal).Take(2).ToList();
        return values.Count switch
        {
            0 => null,
            1 => values[0],
            _ => " ",
        };
    }

    private void Tell(DeviceSession session, EndpointSighting sighting, LearnedEndpoint? before, LearnedEndpoint? after)
    {
        if (sighting.Url is null || after is null || (before is not null && before.Endpoint == after.Endpoint && before.Refusal == after.Refusal && before.LearnedAt is not null))
        {
            return;
        }

        metrics.Learned(after.Refusal);
        shield.Tr064("endpoint", after.Refusal);
        if (after.Refusal == ConnectionRequestReason.Tr064EndpointReuse)
        {
            log.Tr064Reused(session.Device.Device);
        }
        else if (after.Refusal.Length > 0 && after.Refusal != ConnectionRequestReason.EndpointMissing)
        {
            log.EndpointRefused(session.Device.Device, after.Refusal);
        }
    }
}
