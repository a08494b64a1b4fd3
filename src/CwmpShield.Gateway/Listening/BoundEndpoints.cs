using System.Net;

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

    internal void AddDevice(string name, Func<IPEndPoint> endpoint) => devices.Add(name, endpoint);

    internal void SetBroker(Func<IPEndPoint> endpoint) => broker = endpoint;

    internal void SetManagement(Func<IPEndPoint> endpoint) => management = endpoint;
}
