using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Text;
using CwmpShield.Core.ConnectionRequests;
using CwmpShield.Core.DataModel.Values;
using CwmpShield.Gateway.Configuration;

namespace CwmpShield.Gateway.ConnectionRequests;

/// <summary>
/// Calls a device: one GET that the gateway alone words, answered with Digest (or Basic where allowed) as far as the device asks for
/// it. Nothing of what an ACS sent reaches the device, and nothing of what a device answers reaches the ACS but its outcome. The
/// endpoint is checked again, names are resolved once, and what is connected to is the address that was checked.
/// </summary>
internal sealed class DeviceCaller(DeviceCallOptions options, EndpointPolicy policy, DeviceTrust trust)
{
    private const int MaxRounds = 4;

    /// <summary>How names become addresses.</summary>
    public Func<string, CancellationToken, Task<IPAddress[]>> Resolve { get; init; } = Dns.GetHostAddressesAsync;

    /// <summary>Whether a place is one of the gateway's own listeners: a device that names one would have it call itself.</summary>
    public Func<IPEndPoint, bool> IsOwn { get; init; } = _ => false;

    /// <summary>Calls; never throws but for <paramref name="cancellationToken"/>.</summary>
    public async Task<CallOutcome> CallAsync(DeviceEndpoint endpoint, IReadOnlyList<RequestCredential> credentials, CancellationToken cancellationToken)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        time.CancelAfter(options.TotalTime);
        var isConnected = false;
        try
        {
            var (address, refusal) = await AddressAsync(endpoint, time.Token);
            if (address is null)
            {
                return CallOutcome.Unavailable(refusal);
            }

            var place = new IPEndPoint(address, endpoint.Host.Port);
            if (IsOwn(place))
            {
                return CallOutcome.Unavailable(ConnectionRequestReason.EndpointOwn);
            }

            using var call = new Call(this, endpoint, place, () => isConnected = true);
            return await call.RunAsync(credentials, time.Token);
        }
        catch (AuthenticationException)
        {
            return CallOutcome.Bad(ConnectionRequestReason.DeviceTls);
        }
        catch (Exception broken) when (broken is SocketException or IOException)
        {
            return CallOutcome.Late(ConnectionRequestReason.DeviceUnreachable);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return CallOutcome.Late(isConnected ? ConnectionRequestReason.DeviceTimeout : ConnectionRequestReason.DeviceUnreachable);
        }
    }

    private async Task<(IPAddress? Address, string Refusal)> AddressAsync(DeviceEndpoint endpoint, CancellationToken cancellationToken)
    {
        // The configuration may have changed since the endpoint was learned.
        var source = endpoint.IsObserved ? endpoint.Host.Address : null;
        if (!EndpointCheck.TryCheck(endpoint.Url, source, policy, out _, out var refusal))
        {
            return (null, refusal);
        }

        if (endpoint.Host.Address is { } known)
        {
            return (known.ToAddress(), "");
        }

        IPAddress[] addresses;
        try
        {
            addresses = await Resolve(endpoint.Host.Name, cancellationToken);
        }
        catch (SocketException)
        {
            return (null, ConnectionRequestReason.NameUnresolved);
        }

        foreach (var address in addresses)
        {
            // One bad address among good ones is how names are made to point elsewhere: none of them is called then.
            refusal = address.AddressFamily == AddressFamily.InterNetworkV6 && (address.ScopeId != 0 || address.IsIPv4MappedToIPv6)
                ? ConnectionRequestReason.EndpointEmbeddedAddress
                : AddressCheck.Judge(IpValue.From(address), null, policy);
            if (refusal.Length > 0)
            {
                return (null, refusal);
            }
        }

        return addresses.Length > 0 ? (addresses[0], "") : (null, ConnectionRequestReason.NameUnresolved);
    }

    private DeviceCallOptions Options => options;

    private System.Net.Security.SslClientAuthenticationOptions TlsFor(DeviceEndpoint endpoint) => trust.OptionsFor(endpoint);

    private bool AllowsBasic(DeviceEndpoint endpoint) => options.Basic switch
    {
        BasicToDevices.Always => true,
        BasicToDevices.OverTls => endpoint.IsTls,
        _ => false,
    };

    /// <summary>The rounds of one call.</summary>
    private sealed class Call(DeviceCaller caller, DeviceEndpoint endpoint, IPEndPoint place, Action connected) : IDisposable
    {
        private DeviceLine? line;

        public async Task<CallOutcome> RunAsync(IReadOnlyList<RequestCredential> credentials, CancellationToken cancellationToken)
        {
            var answer = await AskAsync(null, cancellationToken);
            var next = 0;
            for (var round = 1; answer is { Status: 401 } && round < MaxRounds && credentials.Count > 0; round++)
            {
                var challenge = DeviceChallengeReader.Choose(answer.Challenges, caller.AllowsBasic(endpoint));
                if (challenge is null)
                {
                    return CallOutcome.Bad(ConnectionRequestReason.DeviceSchemeRefused);
                }

                // Whose nonce alone was at fault is tried again with the new one.
                var isAgain = challenge is DeviceChallenge.Digest { IsStale: true } && next > 0;
                if (!isAgain && next == credentials.Count)
                {
                    break;
                }

                var one = credentials[isAgain ? next - 1 : next++];
                if (challenge.Answer(one.User, one.Secret, endpoint.Target, ClientNonce()) is { } authorization)
                {
                    answer = await AskAsync(authorization, cancellationToken);
                }
            }

            return Outcome(answer, credentials.Count);
        }

        public void Dispose() => line?.Dispose();

        private static CallOutcome Outcome(DeviceAnswer? answer, int credentials) => answer?.Status switch
        {
            null => CallOutcome.Bad(ConnectionRequestReason.DeviceAnswerBroken),
            200 or 204 => new CallOutcome(answer.Status, ""),
            401 or 403 => CallOutcome.Bad(credentials == 0 ? ConnectionRequestReason.CredentialsUnknown : ConnectionRequestReason.DeviceRefusesCredentials),
            503 => CallOutcome.Unavailable(ConnectionRequestReason.DeviceBusy),
            >= 300 and < 400 => CallOutcome.Bad(ConnectionRequestReason.DeviceRedirects),
            _ => CallOutcome.Bad(ConnectionRequestReason.DeviceAnswerOther),
        };

        private static string ClientNonce() => RandomNumberGenerator.GetHexString(16, lowercase: true);

        private async Task<DeviceAnswer?> AskAsync(string? authorization, CancellationToken cancellationToken)
        {
            var request = Encoding.UTF8.GetBytes(
                $"GET {endpoint.Target} HTTP/1.1\r\nHost: {endpoint.Authority}\r\nUser-Agent: CwmpShield\r\n"
                + (authorization is null ? "Connection: keep-alive\r\n\r\n" : $"Authorization: {authorization}\r\nConnection: close\r\n\r\n"));
            if (line is { IsReusable: true })
            {
                try
                {
                    if (await line.AskAsync(request, cancellationToken) is { } answer)
                    {
                        return answer;
                    }
                }
                catch (Exception broken) when (broken is SocketException or IOException)
                {
                    // It said that it would stay open, and did not: asking twice harms nobody.
                }
            }

            line?.Dispose();
            line = null;
            var tls = endpoint.IsTls ? caller.TlsFor(endpoint) : null;
            line = await DeviceLine.ConnectAsync(place, caller.Options.MaxAnswerBytes, tls, caller.Options.ConnectTime, cancellationToken);
            connected();
            return await line.AskAsync(request, cancellationToken);
        }
    }
}
