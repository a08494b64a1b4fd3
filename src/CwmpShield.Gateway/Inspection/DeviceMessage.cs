using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Identity;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Listening;
using Microsoft.AspNetCore.Http;

namespace CwmpShield.Gateway.Inspection;

/// <summary>One request of a device with everything that is known of it.</summary>
/// <param name="Context">The request.</param>
/// <param name="Connection">Its connection.</param>
/// <param name="Proven">Who it has proven to be.</param>
/// <param name="ArrivedAt">When it began to arrive.</param>
/// <param name="Inspection">What came of its body, null for an empty POST.</param>
internal sealed record DeviceMessage(
    HttpContext Context, DeviceConnection Connection, ProvenIdentity Proven, DateTimeOffset ArrivedAt, Core.Decisions.Inspection? Inspection)
{
    /// <summary>The message, null for an empty POST and for a body that could not be read.</summary>
    public CwmpMessage? Message => Inspection?.Message;

    /// <summary>Whether it is an Inform.</summary>
    public bool IsInform => Message is { Rpc: RpcKind.Inform, Role: MessageRole.Request };

    /// <summary>Whether it is an Inform of the device that <paramref name="session"/> is bound to.</summary>
    public bool IsOf(DeviceSession session) => Message?.Device is { } device && DeviceName.Of(session.Device.Device).Names(device);

    /// <summary>The device's own Authorization, where the ACS is to see it (identity mode observe); else null.</summary>
    public string? PassingAuthorization =>
        Connection.Listener.Identity.Mode == IdentityMode.Observe && Context.Request.Headers.Authorization is [{ } sent] ? sent : null;
}
