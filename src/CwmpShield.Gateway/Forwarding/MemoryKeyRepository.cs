using System.Collections.Concurrent;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace CwmpShield.Gateway.Forwarding;

/// <summary>
/// Keeps the Data Protection keys that YARP brings for affinity cookies in memory. No such cookie is ever made here, and the
/// framework's own place for the keys would be a file in clear.
/// </summary>
internal sealed class MemoryKeyRepository : IXmlRepository
{
    private readonly ConcurrentBag<XElement> keys = [];

    /// <inheritdoc/>
    public IReadOnlyCollection<XElement> GetAllElements() => keys;

    /// <inheritdoc/>
    public void StoreElement(XElement element, string friendlyName) => keys.Add(new XElement(element));
}
