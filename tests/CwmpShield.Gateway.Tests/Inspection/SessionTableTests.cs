using System.Net;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Identity;
using CwmpShield.Core.Sessions;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Inspection;
using CwmpShield.Gateway.Listening;

namespace CwmpShield.Gateway.Tests.Inspection;

public sealed class SessionTableTests
{
    private static readonly IPAddress Here = IPAddress.Parse("192.0.2.1");
    private static readonly IPAddress There = IPAddress.Parse("192.0.2.2");
    private readonly SessionTable table = new(capacity: 3);

    [Fact]
    public void Finds_a_session_by_cookie_for_the_same_identity_at_no_lower_strength()
    {
        var session = Add(1, IdentityStrength.PasswordOverTls);

        Assert.Same(session, Find(session, Proof(1, IdentityStrength.PasswordOverTls)).Session);
        Assert.Same(session, Find(session, Proof(1, IdentityStrength.UniqueCertificate)).Session);
        Assert.True(Find(session, Proof(1, IdentityStrength.DigestWithoutTls)).IsForeign);
        Assert.True(Find(session, Proof(2, IdentityStrength.UniqueCertificate)).IsForeign);
        Assert.True(Find(session, new ProvenIdentity { Strength = IdentityStrength.UniqueCertificate }).IsForeign);
    }

    [Fact]
    public void Finds_a_session_by_connection_for_the_same_identity_alone()
    {
        var session = Add(1, IdentityStrength.UniqueCertificate);
        var connection = Connection();
        SessionTable.Tie(connection, session);

        Assert.Same(session, table.Find(connection, default, Proof(1, IdentityStrength.UniqueCertificate)).Session);
        Assert.True(table.Find(connection, default, Proof(2, IdentityStrength.UniqueCertificate)).IsForeign);
    }

    [Fact]
    public void Compares_key_and_user_where_the_log_in_names_no_device()
    {
        var opened = new ProvenIdentity { User = "shared", Strength = IdentityStrength.PasswordOverTls };
        var session = Make(1, IdentityStrength.PasswordOverTls, Here, opened);
        table.TryAdd(session);

        Assert.Same(session, Find(session, opened).Session);
        Assert.True(Find(session, opened with { User = "other" }).IsForeign);
    }

    [Fact]
    public void Finds_nothing_for_a_cookie_of_a_session_that_is_over()
    {
        var session = Add(1, IdentityStrength.UniqueCertificate);
        table.Remove(session);

        Assert.Equal(new SessionLookup(null, false), Find(session, Proof(2, IdentityStrength.UniqueCertificate)));
    }

    [Fact]
    public void Holds_one_session_of_a_device_and_no_more_than_its_capacity()
    {
        var first = Add(1, IdentityStrength.UniqueCertificate);
        Assert.False(table.TryAdd(Make(1, IdentityStrength.UniqueCertificate, There)));
        Assert.True(table.TryAdd(Make(2, IdentityStrength.UniqueCertificate, Here)));
        Assert.True(table.TryAdd(Make(3, IdentityStrength.UniqueCertificate, Here)));
        Assert.False(table.TryAdd(Make(4, IdentityStrength.UniqueCertificate, Here)));

        table.Remove(first);
        table.Remove(first);

        Assert.True(table.TryAdd(Make(4, IdentityStrength.UniqueCertificate, Here)));
        Assert.False(table.TryAdd(Make(5, IdentityStrength.UniqueCertificate, Here)));
    }

    [Fact]
    public void Keeps_unproven_sessions_of_two_addresses_apart()
    {
        Assert.True(table.TryAdd(Make(1, IdentityStrength.None, Here)));
        Assert.True(table.TryAdd(Make(1, IdentityStrength.None, There)));
        Assert.False(table.TryAdd(Make(1, IdentityStrength.None, There)));
    }

    [Fact]
    public void Takes_neither_a_slow_line_nor_a_slow_ACS_for_a_device_s_silence()
    {
        var session = Add(1, IdentityStrength.UniqueCertificate);
        var now = DateTimeOffset.UnixEpoch;
        Assert.True(session.TryEnter());
        Assert.Null(session.Leave(now));

        // A large answer is on its way for longer than a device may be silent, and the ACS thinks about it as long again.
        session.Arrives(now + TimeSpan.FromSeconds(120));
        Assert.False(session.TryExpire(now + TimeSpan.FromSeconds(119)));
        Assert.True(session.TryEnter());
        Assert.False(session.TryExpire(now + TimeSpan.FromSeconds(121)));
        now += TimeSpan.FromSeconds(200);
        Assert.Null(session.Leave(now));

        Assert.False(session.TryExpire(now + TimeSpan.FromSeconds(60)));
        Assert.True(session.TryExpire(now + TimeSpan.FromSeconds(61)));
    }

    [Fact]
    public void Lets_one_exchange_in_and_nobody_once_the_session_is_to_end()
    {
        var session = Add(1, IdentityStrength.UniqueCertificate);

        Assert.True(session.TryEnter());
        Assert.False(session.TryEnter());
        Assert.False(session.RequestEnd(SessionOutcome.Superseded));
        Assert.False(session.RequestEnd(SessionOutcome.Timeout));
        Assert.Equal(SessionOutcome.Superseded, session.Leave(DateTimeOffset.UnixEpoch));
        Assert.False(session.TryEnter());
    }

    [Fact]
    public void Expires_a_session_that_nobody_is_in()
    {
        var session = Add(1, IdentityStrength.UniqueCertificate);
        var late = DateTimeOffset.UnixEpoch.AddHours(2);
        Assert.True(session.TryEnter());
        Assert.False(session.TryExpire(late));
        session.Leave(DateTimeOffset.UnixEpoch);

        Assert.False(session.TryExpire(DateTimeOffset.UnixEpoch));
        Assert.True(session.TryExpire(late));
        Assert.False(session.TryExpire(late));
    }

    private SessionLookup Find(DeviceSession session, ProvenIdentity proven) =>
        table.Find(Connection(), "cwmpshield=" + session.Cookie, proven);

    private DeviceSession Add(int key, IdentityStrength strength)
    {
        var session = Make(key, strength, Here);
        Assert.True(table.TryAdd(session));
        return session;
    }

    private static ProvenIdentity Proof(int key, IdentityStrength strength) => new() { Device = Row(key), Strength = strength };

    private static RegisteredDevice Row(int key) => new() { Key = key, Device = new DeviceId("00D09E", "HGW", $"{key}") };

    private static DeviceSession Make(int key, IdentityStrength strength, IPAddress source, ProvenIdentity? proven = null) => new()
    {
        Cookie = SessionCookie.Create(),
        Listener = new ListenerOptions(),
        Source = source,
        Forwarded = "",
        CwmpNamespace = "",
        Proven = proven ?? Proof(key, strength),
        Device = Row(key),
        Strength = strength,
        Turns = new CwmpSession(SessionBounds.Default, DateTimeOffset.UnixEpoch),
    };

    private static DeviceConnection Connection() => new() { Listener = new ListenerOptions(), ConnectionId = "c", Source = new IPEndPoint(Here, 1) };
}
