using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;

namespace CwmpShield.Gateway.Tests.Doubles;

/// <summary>
/// The manners of a common open ACS, as recorded: a session is tied to its TCP connection and cookie, a device has one at a
/// time, a fault moves on to the next order and is retried in a later session, the end is 204 with Connection: close, and a
/// device whose connection went away is locked out.
/// </summary>
internal sealed class QueueingAcs
{
    private readonly ConcurrentQueue<Func<string, string>> orders = new();
    private readonly List<string> retries = [];
    private readonly Dictionary<int, string> sessions = [];
    private readonly Lock sync = new();
    private int ids;

    /// <summary>The sockets under it.</summary>
    public required ScriptedAcs Server { get; init; }

    /// <summary>The user that must log in by Digest, with a nonce for each socket; null for nobody.</summary>
    public string? DigestUser { get; init; }

    /// <summary>Ids of orders that a device refused.</summary>
    public ConcurrentDictionary<string, string> Faults { get; } = new(StringComparer.Ordinal);

    public bool HasOpenSession
    {
        get
        {
            lock (sync)
            {
                return sessions.Count > 0;
            }
        }
    }

    public static QueueingAcs Start(string? digestUser = null)
    {
        QueueingAcs? acs = null;
        acs = new QueueingAcs { Server = new ScriptedAcs(request => acs!.Answer(request)), DigestUser = digestUser };
        return acs;
    }

    /// <summary>Queues an order; it is given the id under which the ACS will send it.</summary>
    public void Order(Func<string, string> order) => orders.Enqueue(order);

    private AcsAnswer Answer(AcsRequest request)
    {
        lock (sync)
        {
            if (request.Method == "Inform")
            {
                return Begin(request);
            }

            if (!sessions.TryGetValue(request.Connection, out var cookie) || request.Header("Cookie")?.Contains("session=" + cookie, StringComparison.Ordinal) != true)
            {
                return AcsAnswer.Status("400 Bad Request", "Invalid session", "Connection: close\r\n") with { Closes = true };
            }

            if (request.Method == "TransferComplete")
            {
                return AcsAnswer.Soap(Soap.TransferCompleteResponse(request.Id));
            }

            if (request.Method == "DUStateChangeComplete")
            {
                return AcsAnswer.Soap(Soap.Envelope(request.Id, "<cwmp:DUStateChangeCompleteResponse/>"));
            }

            if (request.Method == "Fault")
            {
                Faults[request.Id] = request.FaultCode;
                retries.Add(request.Id);
            }

            return Next(request);
        }
    }

    private AcsAnswer Begin(AcsRequest request)
    {
        if (DigestUser is not null && request.Header("Authorization")?.Contains($"nonce=\"n{request.Connection}\"", StringComparison.Ordinal) != true)
        {
            return AcsAnswer.Status("401 Unauthorized", "Unauthorized", $"WWW-Authenticate: Digest realm=\"GenieACS\",qop=\"auth,auth-int\",nonce=\"n{request.Connection}\"\r\n");
        }

        if (sessions.Count > 0)
        {
            return AcsAnswer.Status("400 Bad Request", "CPE already in session", "Connection: close\r\n") with { Closes = true };
        }

        var cookie = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        sessions[request.Connection] = cookie;
        return AcsAnswer.Soap(Soap.InformResponse(request.Id), $"Set-Cookie: session={cookie}\r\n");
    }

    private AcsAnswer Next(AcsRequest request)
    {
        if (orders.TryDequeue(out var order))
        {
            return AcsAnswer.Soap(order("o" + (++ids).ToString(CultureInfo.InvariantCulture)));
        }

        sessions.Remove(request.Connection);
        return AcsAnswer.Done;
    }
}
