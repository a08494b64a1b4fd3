using System.Text;

namespace CwmpShield.Bench.Peers;

/// <summary>A device's side of the conversation on one line: builds requests, and holds every answer against what it must be.</summary>
internal sealed class DeviceTalk(DeviceLine line, BenchDevice device)
{
    private static readonly byte[] NextOrder = Request(CwmpScript.Values(CwmpScript.Set));
    private static readonly byte[] NextGet = Request(CwmpScript.Names(CwmpScript.Get));
    private static readonly byte[] Last = Request(CwmpScript.Names(CwmpScript.End));
    private static readonly byte[] LastValues = Request(CwmpScript.Values(CwmpScript.End));
    private static readonly byte[] Done = Request(CwmpScript.SetDone());
    private static readonly byte[] GetAgain = Request(CwmpScript.Values(CwmpScript.Get));
    private static readonly byte[] Nothing = Encoding.ASCII.GetBytes(Head("/acs", 0) + "\r\n");
    private static readonly byte[] Elsewhere = Encoding.ASCII.GetBytes(Head("/none", 0) + "\r\n");
    private byte[] cookies = [];
    private byte[] id = [];

    /// <summary>A request that the proxy answers itself, with 404: proof that it has accepted the connection.</summary>
    public void Knock()
    {
        var status = line.Exchange(Elsewhere);
        if (status != 404)
        {
            throw new BenchException($"404 was expected, {status} came");
        }
    }

    /// <summary>One session of five exchanges.</summary>
    public void Session(Action timed)
    {
        Begin();
        timed();
        Say(NextOrder, "SetParameterValues");
        timed();
        Say(Done, "GetParameterNames");
        timed();
        Say(Last, null);
        timed();
    }

    /// <summary>The Inform and the empty POST of a session, up to its first order.</summary>
    public void Begin()
    {
        Say(Request(CwmpScript.Inform(device.Serial)), "InformResponse");
        cookies = Cookies(line.Head);
        Say(Nothing, "GetParameterValues");
    }

    /// <summary>Five exchanges inside a session, after which it stands where it stood before.</summary>
    public void Cycle(Action timed)
    {
        Say(GetAgain, "GetParameterValues");
        timed();
        Say(NextOrder, "SetParameterValues");
        timed();
        Say(Done, "GetParameterNames");
        timed();
        Say(NextGet, "GetParameterValues");
        timed();
        Say(GetAgain, "GetParameterValues");
        timed();
    }

    /// <summary>Sends a report of a size of its own and has the same order again.</summary>
    public void Report(byte[] request) => Say(request, "GetParameterValues");

    /// <summary>The last exchange of a session that stands where <see cref="Begin"/> left it.</summary>
    public void End() => Say(LastValues, null);

    /// <summary>A message as a request; the identifier and the session's cookies are put in when it is sent.</summary>
    public static byte[] Request(byte[] message) =>
        [.. Encoding.ASCII.GetBytes(Head("/acs", message.Length) + "Content-Type: text/xml; charset=\"utf-8\"\r\nSOAPAction: \r\n\r\n"), .. message];

    private static string Head(string path, int length) => FormattableString.Invariant($"POST {path} HTTP/1.1\r\nHost: localhost\r\nUser-Agent: device\r\nContent-Length: {length}\r\n");

    /// <summary>Says something and checks what comes; null for the end of the session.</summary>
    private void Say(byte[] request, string? method)
    {
        var status = line.Exchange(Addressed(request));
        if (status != (method is null ? 204 : 200))
        {
            throw new BenchException($"{method ?? "204"} was expected, status {status} came\n{Encoding.UTF8.GetString(line.Head)}{Encoding.UTF8.GetString(line.Body)}");
        }

        if (method is not null && (line.Body.IndexOf(Encoding.ASCII.GetBytes($":{method}>")) < 0 || line.Body.LastIndexOf(":Envelope>"u8) < line.Body.Length - 14))
        {
            throw new BenchException($"{method} was expected, something else came:\n{Encoding.UTF8.GetString(line.Body)}");
        }

        id = method is null || string.Equals(method, "InformResponse", StringComparison.Ordinal) ? [] : ScriptedId.Find(line.Body).ToArray();
    }

    private byte[] Addressed(byte[] request)
    {
        // Behind the request line, where a header may stand.
        var line1 = request.AsSpan().IndexOf("\r\n"u8) + 2;
        byte[] whole = [.. request[..line1], .. cookies, .. request[line1..]];
        if (id.Length > 0 && ScriptedId.PlaceIn(whole) > 0)
        {
            ScriptedId.Put(whole, id);
        }

        return whole;
    }

    private static byte[] Cookies(ReadOnlySpan<byte> head)
    {
        var pairs = Encoding.ASCII.GetString(head).Split("\r\n")
            .Where(line => line.StartsWith("set-cookie:", StringComparison.OrdinalIgnoreCase))
            .Select(line => line["set-cookie:".Length..].Split(';')[0].Trim());
        var all = string.Join("; ", pairs);
        return all.Length == 0 ? [] : Encoding.ASCII.GetBytes($"Cookie: {all}\r\n");
    }
}
