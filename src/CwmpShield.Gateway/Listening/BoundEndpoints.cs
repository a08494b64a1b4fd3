using System.Net;
using System.Net.NetworkInformation;

namespace CwmpShield.Gateway.Listening;

/// <summary>Where the doors are once the application has started: ports are known then, even where port 0 was configured.</summary>
public sealed class BoundEndpoints
{
    private readonly Dictionary<string, Func<IPEndPoint>> devices = new(StringComparer.Ordinal);
    private Func<IPEndPoint>? management;
    private Func<IPEndPoint>? broker;

    /// <summary>Names of the device listeners, as configured.</summary>
    public IReadOnlyCollection<string> Listeners => devices.Keys;

    /// <summary>The management listener.</summary>
    public IPEndPoint Management => management?.Invoke() ?? throw new InvalidOperationException("The application has not started.");

    /// <summary>The broker's listener.</summary>
    public IPEndPoint Broker => broker?.Invoke() ?? throw new InvalidOperationException("The application has not started, or has no broker.");

    /// <summary>The device listener <paramref name="name"/>.</summary>
    public IPEndPoint Device(string name) => devices[name]();

    /// <summary>Whether <paramref name="place"/> is one of the listeners, by an address of its own or by any of this machine's.</summary>
    public bool IsOwn(IPEndPoint place)
    {
        ArgumentNullException.ThrowIfNull(place);
        return devices.Values.Append(management).Append(broker).Any(bound => bound is not null && IsAt(bound(), place));
    }

    private static bool IsAt(IPEndPoint bound, IPEndPoint place)
    {
        if (bound.Port != place.Port)
        {
            return false;
        }

        var isAny = bound.Address.Equals(IPAddress.Any) || bound.Address.Equals(IPAddress.IPv6Any);
        return isAny ? IPAddress.IsLoopback(place.Address) || IsOfThisMachine(place.Address) : bound.Address.Equals(place.Address);
    }

    private static bool IsOfThisMachine(IPAddress address) => NetworkInterface.GetAllNetworkInterfaces()
        .Any(card => card.GetIPProperties().UnicastAddresses.Any(one => one.Address.Equals(address)));

    internal void AddDevice(string name, Func<IPEndPoint> endpoint) => devices.Add(name, endpoint);

    internal void SetBroker(Func<IPEndPoint> endpoint) => broker = endpoint;

    internal void SetManagement(Func<IPEndPoint> endpoint) => management = endpoint;
}
