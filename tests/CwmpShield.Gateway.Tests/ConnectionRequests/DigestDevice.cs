using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace CwmpShield.Gateway.Tests.ConnectionRequests;

/// <summary>How a device asks for its credentials.</summary>
internal sealed record DigestManner(string? Algorithm = "MD5", bool Qop = true, bool Persistent = true, bool NoncePerConnection = false, bool BasicBeside = false, string? Opaque = "op\"aque");

/// <summary>A device that authenticates callers as RFC 7616 says, written from its formulas and sharing no code with the product.</summary>
internal sealed class DigestDevice : IAsyncDisposable
{
    private readonly DigestManner manner;
    private readonly ConcurrentDictionary<string, int> nonces = new(StringComparer.Ordinal);

    public DigestDevice(string user, string password, DigestManner? manner = null, string success = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
    {
        (User, Password, Success) = (user, password, success);
        this.manner = manner ?? new DigestManner();
        Port = new CallableDevice(AnswerAsync);
    }

    public string User { get; set; }

    public string Password { get; set; }

    public string Success { get; set; }

    public CallableDevice Port { get; }

    public int Taken { get; private set; }

    public string Url => Port.Url;

    public ValueTask DisposeAsync() => Port.DisposeAsync();

    private Task AnswerAsync(CallableDevice.Call call)
    {
        if (call.Header("Authorization") is { } authorization && Proves(call, authorization))
        {
            Taken++;
            return call.SayAndCloseAsync(Success);
        }

        var nonce = RandomNumberGenerator.GetHexString(32, lowercase: true);
        nonces[nonce] = call.Connection;
        var algorithm = manner.Algorithm is null ? "" : $", algorithm={manner.Algorithm}";
        var challenge = $"Digest realm=\"HGW \\\"of\\\" Acme, Ltd\", nonce=\"{nonce}\"{algorithm}{(manner.Qop ? ", qop=\"auth-int,auth\"" : "")}"
            + (manner.Opaque is null ? "" : $", opaque=\"{manner.Opaque.Replace("\"", "\\\"", StringComparison.Ordinal)}\"");
        var head = $"HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: {(manner.BasicBeside ? "Basic realm=\"x\", " : "")}{challenge}\r\nContent-Length: 4\r\n{(manner.Persistent ? "" : "Connection: close\r\n")}\r\nnope";
        return manner.Persistent ? call.SayAsync(head) : call.SayAndCloseAsync(head);
    }

    private bool Proves(CallableDevice.Call call, string authorization)
    {
        string Value(string name) => Regex.Match(authorization, $"[ ,]{name}=(\"(?<it>(?:[^\"\\\\]|\\\\.)*)\"|(?<it>[^, \"]+))", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking).Groups["it"].Value.Replace("\\\"", "\"", StringComparison.Ordinal);
        var nonce = Value("nonce");
        var isSession = manner.Algorithm?.EndsWith("-sess", StringComparison.Ordinal) == true;
        if (!nonces.TryRemove(nonce, out var connection) || (manner.NoncePerConnection && connection != call.Connection)
            || Value("username") != User || Value("uri") != call.Target || Value("opaque") != (manner.Opaque ?? "")
            || Value("algorithm") != (manner.Algorithm ?? "") || Value("qop") != (manner.Qop ? "auth" : ""))
        {
            return false;
        }

        var a1 = Hash($"{User}:HGW \"of\" Acme, Ltd:{Password}");
        a1 = isSession ? Hash($"{a1}:{nonce}:{Value("cnonce")}") : a1;
        var a2 = Hash($"GET:{call.Target}");
        return Value("response") == Hash(manner.Qop ? $"{a1}:{nonce}:{Value("nc")}:{Value("cnonce")}:auth:{a2}" : $"{a1}:{nonce}:{a2}");
    }

    [SuppressMessage("Security", "CA5351", Justification = "RFC 7616.")]
    private string Hash(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return Convert.ToHexStringLower(manner.Algorithm?.StartsWith("SHA-256", StringComparison.Ordinal) == true ? SHA256.HashData(bytes) : MD5.HashData(bytes));
    }
}
