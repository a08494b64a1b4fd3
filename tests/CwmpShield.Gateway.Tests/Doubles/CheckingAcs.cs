using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CwmpShield.Gateway.Tests.Doubles;

/// <summary>An ACS that checks the log-in of devices itself, by Basic or by Digest with a nonce for each socket, and gives orders from a queue.</summary>
internal sealed class CheckingAcs : IAsyncDisposable
{
    private readonly ConcurrentQueue<Func<string, string>> orders = new();
    private readonly ConcurrentDictionary<int, string> users = new();
    private readonly bool isDigest;
    private int ids;

    public CheckingAcs(bool isDigest = false)
    {
        this.isDigest = isDigest;
        Server = new ScriptedAcs(Answer);
    }

    public ScriptedAcs Server { get; }

    /// <summary>What it knows devices by; empty lets everybody in.</summary>
    public ConcurrentDictionary<string, string> Passwords { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether it checks each request, not the Inform alone.</summary>
    public bool ChecksAll { get; set; }

    /// <summary>The user that each Inform was accepted from.</summary>
    public ConcurrentQueue<string> Users { get; } = new();

    /// <summary>How many log-ins it refused; requests without one do not count.</summary>
    public int Wrong { get; private set; }

    public void Order(Func<string, string> order) => orders.Enqueue(order);

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private AcsAnswer Answer(AcsRequest request)
    {
        var isInform = request.Method == "Inform";
        if (!Passwords.IsEmpty && (isInform || ChecksAll) && UserOf(request) is not { } user)
        {
            Wrong += request.Header("Authorization") is null ? 0 : 1;
            var challenge = isDigest ? $"Digest realm=\"acs\",qop=\"auth\",nonce=\"n{request.Connection}\"" : "Basic realm=\"acs\"";
            return AcsAnswer.Status("401 Unauthorized", "no", $"WWW-Authenticate: {challenge}\r\n");
        }
        else if (isInform)
        {
            users[request.Connection] = Passwords.IsEmpty ? "" : UserOf(request)!;
            Users.Enqueue(users[request.Connection]);
            return AcsAnswer.Soap(Soap.InformResponse(request.Id));
        }

        return orders.TryDequeue(out var order) ? AcsAnswer.Soap(order("o" + (++ids).ToString(CultureInfo.InvariantCulture))) : AcsAnswer.Done;
    }

    private string? UserOf(AcsRequest request)
    {
        if (request.Header("Authorization") is not { } sent)
        {
            return null;
        }

        if (!isDigest)
        {
            var pair = Encoding.UTF8.GetString(Convert.FromBase64String(sent["Basic ".Length..])).Split(':', 2);
            return Passwords.TryGetValue(pair[0], out var known) && known == pair[1] ? pair[0] : null;
        }

        string Part(string name) => sent.Split(name + "=")[1].Split(',')[0].Trim('"');
        var user = Part("username");
        if (!Passwords.TryGetValue(user, out var password) || Part("nonce") != $"n{request.Connection}")
        {
            return null;
        }

        var expected = Md5($"{Md5($"{user}:acs:{password}")}:{Part("nonce")}:{Part("nc")}:{Part("cnonce")}:auth:{Md5($"POST:{Part("uri")}")}");
        return Part("response") == expected ? user : null;
    }

#pragma warning disable CA5351 // What ACSs compute.
    private static string Md5(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5351
}
