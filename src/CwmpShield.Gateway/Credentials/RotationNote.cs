using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Identity.Rotation;
using CwmpShield.Gateway.Storage.Credentials;

namespace CwmpShield.Gateway.Credentials;

/// <summary>The credentials of the one order that its device has not answered yet.</summary>
internal sealed class RotationNote
{
    private readonly List<(CredentialPurpose Purpose, RotationFlight Flight)> flights = [];
    private string? orderId;

    /// <summary>Another order is on its way, null for one without credentials; what became of one before that was never answered stays unknown.</summary>
    public void Begin(string? id)
    {
        flights.Clear();
        orderId = id;
    }

    /// <summary>The order gives the device a credential.</summary>
    public void Ordered(CredentialPurpose purpose, RotationFlight flight) => flights.Add((purpose, flight));

    /// <summary>Whether <paramref name="order"/> is that order.</summary>
    public bool IsOf(CwmpMessage order) => flights.Count > 0 && string.Equals(orderId, order.Id, StringComparison.Ordinal);

    /// <summary>Every credential of the order, once.</summary>
    public IReadOnlyList<(CredentialPurpose Purpose, RotationFlight Flight)> TakeAll()
    {
        var taken = flights.ToArray();
        flights.Clear();
        return taken;
    }
}

/// <summary>A credential on its way.</summary>
/// <param name="Ordered">User and secret after the order.</param>
/// <param name="Displaced">What was pending before, null for nothing.</param>
internal sealed record RotationFlight(DeviceCredential Ordered, DeviceCredential? Displaced);
