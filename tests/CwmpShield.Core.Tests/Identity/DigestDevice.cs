using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace CwmpShield.Core.Tests.Identity;

/// <summary>A device that answers Digest challenges: RFC 7616 written out a second time, from the device's side.</summary>
internal sealed record DigestDevice
{
    public string User { get; init; } = "001122-HGW-SN1";

    public string Password { get; init; } = "s3cret";

    public string Realm { get; init; } = "CwmpShield";

    public string Nonce { get; init; } = "abc";

    public string Uri { get; init; } = "/";

    public string Method { get; init; } = "POST";

    public string ClientNonce { get; init; } = "0a4f113b";

    public uint Count { get; init; } = 1;

    public string Algorithm { get; init; } = "MD5";

    public string Response
    {
        get
        {
            var ha1 = Hash($"{User}:{Realm}:{Password}");
            if (Algorithm.EndsWith("-sess", StringComparison.Ordinal))
            {
                ha1 = Hash($"{ha1}:{Nonce}:{ClientNonce}");
            }

            return Hash($"{ha1}:{Nonce}:{Count:x8}:{ClientNonce}:auth:{Hash($"{Method}:{Uri}")}");
        }
    }

    public string Header =>
        $"Digest username=\"{User}\", realm=\"{Realm}\", nonce=\"{Nonce}\", uri=\"{Uri}\", algorithm={Algorithm}, "
        + $"qop=auth, nc={Count:x8}, cnonce=\"{ClientNonce}\", response=\"{Response}\"";

    public static string Basic(string user, string password) =>
        "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));

    public byte[] Ha1 => HashBytes($"{User}:{Realm}:{Password}");

    private string Hash(string text) => Convert.ToHexStringLower(HashBytes(text));

    [SuppressMessage("Security", "CA5351", Justification = "RFC 7616: MD5 is what devices speak.")]
    private byte[] HashBytes(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return Algorithm.StartsWith("SHA-256", StringComparison.Ordinal) ? SHA256.HashData(bytes) : MD5.HashData(bytes);
    }
}
