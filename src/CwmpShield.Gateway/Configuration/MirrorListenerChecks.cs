using System.Net;

namespace CwmpShield.Gateway.Configuration;

/// <summary>The mirror's listeners, alone and beside the others.</summary>
internal static class MirrorListenerChecks
{
    /// <summary>Adds what is wrong to <paramref name="problems"/>.</summary>
    public static void Run(string key, GatewayOptions options, ConfigurationProblems problems)
    {
        var listeners = options.Mirror.Listeners;
        problems.Require(listeners.Count > 0, key, "", "at least one listener");
        for (var i = 0; i < listeners.Count; i++)
        {
            Listener($"{key}:{i}", listeners[i], problems);
        }

        // Beside device listeners, by their own rules: names, places, and certificates that resumption would carry across.
        ListenerPairChecks.Run(key, options with { Listeners = [.. listeners.Select(listener => listener.ToListener())] }, problems);
        foreach (var device in options.Listeners)
        {
            for (var i = 0; i < listeners.Count; i++)
            {
                ListenerPairChecks.Beside($"{key}:{i}", device, listeners[i].ToListener(), problems);
            }
        }
    }

    private static void Listener(string key, MirrorListenerOptions listener, ConfigurationProblems problems)
    {
        problems.Require(
            listener.Name.Length is > 0 and <= 64 && listener.Name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'),
            $"{key}:Name",
            listener.Name,
            "letters, digits, '-' and '_', 64 at most");
        problems.Require(IPAddress.TryParse(listener.Address, out _), $"{key}:Address", listener.Address, "an IP address");
        problems.Range($"{key}:Port", listener.Port, 0, 65535);
        problems.Range($"{key}:MaxConnections", listener.MaxConnections, 1, 1_000_000);
        problems.Range($"{key}:MaxConnectionsPerAddress", listener.MaxConnectionsPerAddress, 1, 1_000_000);
        problems.Range($"{key}:MinBytesPerSecond", listener.MinBytesPerSecond, 1, 1 << 20);
        problems.Range($"{key}:TransferTime", listener.TransferTime, TimeSpan.FromSeconds(10), TimeSpan.FromDays(1));
        ListenerChecks.Proxies(key, listener.ToListener(), problems);
        problems.Require(
            listener is not { AllowPlaintext: true, Challenge: HttpChallenge.Basic }, $"{key}:Challenge", "basic", "digest-md5 or digest-sha256 where AllowPlaintext is true");
        ListenerTlsChecks.Run(key, listener.ToListener(), problems);
    }
}
