using System.Collections.Concurrent;
using System.Net;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Identity;
using CwmpShield.Core.Sessions;
using CwmpShield.Gateway.Listening;
using Microsoft.Extensions.Primitives;

namespace CwmpShield.Gateway.Inspection;

/// <summary>
/// The sessions in progress, found by the device's connection, by the gateway's cookie where a device reconnects, and by the
/// device itself when it Informs anew. One for each device at most, and no more in all than its capacity.
/// </summary>
/// <param name="capacity">Sessions at one time.</param>
internal sealed class SessionTable(int capacity)
{
    private readonly ConcurrentDictionary<string, DeviceSession> byCookie = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<SessionKey, DeviceSession> byDevice = new();
    private int count;

    /// <summary>Every session, for the sweep.</summary>
    public IEnumerable<DeviceSession> All => byDevice.Select(entry => entry.Value);

    /// <summary>
    /// The session that a request belongs to, null when none. Connection and cookie lead to it only for the identity that
    /// opened it, at no lower strength; else it is foreign, and the request is refused.
    /// </summary>
    public SessionLookup Find(DeviceConnection connection, StringValues cookies, ProvenIdentity proven)
    {
        var own = connection.Items.TryGetValue(typeof(DeviceSession), out var item) ? item as DeviceSession : null;
        own = own is { Closed.IsCompleted: false } ? own : null;
        var named = SessionCookie.Find(cookies) is { } cookie ? byCookie.GetValueOrDefault(cookie) : null;
        var session = named ?? own;
        return session is null || SameIdentity.Holds(session, proven)
            ? new SessionLookup(session, IsForeign: false)
            : new SessionLookup(null, IsForeign: true);
    }

    /// <summary>The session of a device, ending ones included; null when none.</summary>
    public DeviceSession? Of(SessionKey key) => byDevice.GetValueOrDefault(key);

    /// <summary>Adds a session; false when its device has one, or the table is full.</summary>
    public bool TryAdd(DeviceSession session)
    {
        if (Interlocked.Increment(ref count) > capacity || !byDevice.TryAdd(session.Key, session))
        {
            Interlocked.Decrement(ref count);
            return false;
        }

        byCookie[session.Cookie] = session;
        return true;
    }

    /// <summary>Ties a session to a connection, so that a device without cookies is found.</summary>
    public static void Tie(DeviceConnection connection, DeviceSession session) => connection.Items[typeof(DeviceSession)] = session;

    /// <summary>Removes a session that is over.</summary>
    public void Remove(DeviceSession session)
    {
        byCookie.TryRemove(KeyValuePair.Create(session.Cookie, session));
        if (byDevice.TryRemove(KeyValuePair.Create(session.Key, session)))
        {
            Interlocked.Decrement(ref count);
        }
    }
}

/// <summary>
/// The place that a session takes. A device has one; where nothing is proven (identity mode observe) it is one for each address
/// that uses the device's name, so that a stranger who knows a serial number cannot end the device's session.
/// </summary>
/// <param name="Device">The device.</param>
/// <param name="Source">Its address where nothing is proven; else null.</param>
internal sealed record SessionKey(DeviceId Device, IPAddress? Source)
{
    /// <summary>The place of a session of this strength.</summary>
    public static SessionKey Of(DeviceId device, IdentityStrength strength, IPAddress source) =>
        new(device, strength == IdentityStrength.None ? source : null);
}

/// <summary>What looking for a session came to.</summary>
/// <param name="Session">The session, null when there is none.</param>
/// <param name="IsForeign">Whether the connection or the cookie leads to a session of another identity.</param>
internal readonly record struct SessionLookup(DeviceSession? Session, bool IsForeign);
