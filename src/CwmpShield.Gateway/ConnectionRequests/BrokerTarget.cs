using CwmpShield.Core.ConnectionRequests;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.DataModel.Values;
using CwmpShield.Gateway.Configuration;

namespace CwmpShield.Gateway.ConnectionRequests;

/// <summary>What a request line names: a token of the broker's own URL, or in a proxy's form the endpoint of a device.</summary>
/// <param name="Token">The token; empty where it names an endpoint.</param>
/// <param name="Endpoint">The endpoint; null where it names a token.</param>
/// <param name="Signed">The target in each form that a client may have signed.</param>
internal sealed record BrokerTarget(string Token, DeviceEndpoint? Endpoint, IReadOnlyList<string> Signed)
{
    private const int MaxLength = 512;

    /// <summary>Reads a request target; null where it names nothing, and <paramref name="reason"/> says what it is instead.</summary>
    public static BrokerTarget? Read(string target, ConnectionRequestOptions options, EndpointPolicy policy, out string reason)
    {
        reason = BrokerReason.PathUnknown;
        if (target.Length is 0 or > MaxLength)
        {
            return null;
        }

        if (target[0] == '/')
        {
            reason = Tr064Endpoint.Is(target, policy) ? Tr064Reason.Path : reason;
            return OfToken(target, PathOf(options.PublicUrl));
        }

        if (target.StartsWith(options.PublicUrl, StringComparison.Ordinal))
        {
            return OfToken(target, options.PublicUrl);
        }

        // A proxy's form: the very URL that was learned, whatever the check thinks of it for a device that never told it.
        if (!UrlValue.TryParse(target, out var url) || DeviceEndpoint.Parse(target, isObserved: false) is not { } endpoint)
        {
            return null;
        }

        reason = Tr064Endpoint.Is(url!, policy) ? Tr064Reason.Path : ConnectionRequestReason.TargetUnknown;
        return reason == Tr064Reason.Path ? null : new BrokerTarget("", endpoint, [target, endpoint.Target]);
    }

    private static BrokerTarget? OfToken(string target, string prefix) =>
        target.Length == prefix.Length + BrokerToken.Length && target.StartsWith(prefix, StringComparison.Ordinal)
            ? new BrokerTarget(target[prefix.Length..], null, [target])
            : null;

    private static string PathOf(string publicUrl) => publicUrl[publicUrl.IndexOf('/', publicUrl.IndexOf("://", StringComparison.Ordinal) + 3)..];
}
