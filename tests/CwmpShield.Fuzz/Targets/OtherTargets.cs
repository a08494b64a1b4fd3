using System.Text;
using CwmpShield.Core.Firmware.Reading;
using CwmpShield.Core.Identity;
using CwmpShield.Core.Rules;
using CwmpShield.Core.Udp;

namespace CwmpShield.Fuzz.Targets;

/// <summary>What else reads strangers' or operators' input: rules, credentials, manifests and datagrams.</summary>
internal static class OtherTargets
{
    /// <summary>A file of rules: a set, or diagnostics that say why not.</summary>
    public static FuzzTarget Rules { get; } = new()
    {
        Name = "rules",
        Seeds = [.. Seeds.Files("rules", "*.yaml").Select(File.ReadAllBytes).Where(file => file.Length < 3000).Append(Encoding.UTF8.GetBytes(RuleFile))],
        Fragments =
        [
            "- ", ": ", "[", "]", "{", "}", "\"", "'", "&a ", "*a", "!!int ", "|\n", ">\n", "#", "\t", "? ", "---\n", "...\n", "%YAML 1.1\n", "<<: ", "null", "~", "0x7FFFFFFF", "-1", "1e999",
            "rules:", "lists:", "exceptions:", "where:", "parameter:", "value:", "then: deny", "matches: \"(a+)+$\"", "path: \"**\"", "class: dns", "not-in: $x", "until: 9999-99-99", "\uFEFF", "\u0085", "\0",
        ],
        Wraps = [("[", "]"), ("{", "}"), ("\"", "\""), ("- ", "\n")],
        MaxLength = 8192,
        Check = file => RuleSetLoader.LoadText(Encoding.UTF8.GetString(file)) is { Set: null, Diagnostics.Count: 0 } ? "refused without a diagnostic" : null,
    };

    /// <summary>The value of an Authorization header.</summary>
    public static FuzzTarget Authorization { get; } = new()
    {
        Name = "authorization",
        Seeds =
        [
            "Basic Y3BlOnNlY3JldA=="u8.ToArray(),
            "Digest username=\"cpe\", realm=\"r\", nonce=\"bm9uY2U=\", uri=\"/acs\", qop=auth, nc=00000001, cnonce=\"0a4f113b\", response=\"6629fae49393a05397450978507c4ef1\", algorithm=MD5, opaque=\"\""u8.ToArray(),
            "Digest username*=UTF-8''cp%C3%A9, realm=r, nonce=n, uri=/, qop=\"auth\", nc=ffffffff, cnonce=c, response=00000000000000000000000000000000, algorithm=SHA-256, userhash=false"u8.ToArray(),
        ],
        Fragments = [",", "=", "\"", "\\", "\\\"", " ", "\t", "\r\n", "qop=auth-int", "nc=0", "username=\"\"", "username*=", "realm=", "response=", "algorithm=MD5-sess", "%00", "\0", "\u00E9", "Digest ", "Basic ", "===="],
        Mark = (byte)',',
        MaxLength = 10_000,
        Check = value => AuthorizationReader.TryRead(Encoding.Latin1.GetString(value), out var credential, out var reason) ? credential is null ? "read as nothing" : null
            : string.IsNullOrEmpty(reason) ? "refused without a reason" : null,
    };

    /// <summary>A manifest of artefacts.</summary>
    public static FuzzTarget Manifest { get; } = new()
    {
        Name = "manifest",
        Seeds = [File.ReadAllBytes(Path.Combine(Seeds.Root, "tests/conformance/artefacts.json"))],
        Fragments = ["{", "}", "[", "]", ",", ":", "\"", "\\u0000", "\\ud800", "null", "true", "-1", "1e400", "99999999999999999999", "\"sha256\"", "\"url\"", "\"https://a.example/*\"", "//", "/*", "\uFEFF", "\0"],
        Wraps = [("[", "]"), ("{\"a\":", "}"), ("\"", "\"")],
        Mark = (byte)'"',
        Check = file => ManifestReader.Read("m", file) is var read && read.Manifest is null == read.Problems.Count > 0 ? null : "neither read nor refused",
    };

    /// <summary>Datagrams: STUN requests, and connection requests over UDP.</summary>
    public static FuzzTarget Datagrams { get; } = new()
    {
        Name = "datagrams",
        Seeds =
        [
            [0, 1, 0, 0, 0x21, 0x12, 0xA4, 0x42, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
            [0, 1, 0, 28, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 0xC0, 1, 0, 4, 0, 0, 0, 0, 0xC0, 2, 0, 0, 0, 6, 0, 12, .. "cpe-00112233"u8],
            "GET http://192.0.2.7:7547?ts=1735689600&id=12345&un=cpe&cn=0123456789ABCDEF&sig=0123456789abcdef0123456789abcdef01234567 HTTP/1.1\r\n\r\n"u8.ToArray(),
        ],
        Fragments = ["\0", "\u0001", "&", "=", "?", "ts=", "id=", "un=", "cn=", "sig=", "%00", "%", " HTTP/1.1\r\n", "\r\n", "Host: a\r\n", "http://", ":", "\0\u0006\0\u0004abcd", "\0\b\0\u0014"],
        Mark = (byte)'&',
        MaxLength = 1500,
        Check = Datagram,
    };

    private const string RuleFile = """
        cwmpshield: 1
        lists:
          resolvers: [192.0.2.53, "2001:db8::53"]
        rules:
          - id: dns-redirect
            title: DNS server outside the resolvers
            severity: critical
            maturity: stable
            on: [SetParameterValues]
            where:
              parameter: { class: dns }
              value: { as: ip-list, not-in: $resolvers }
            then: deny
            fault: 9001
        exceptions:
          - rule: dns-redirect
            device: { oui: "001122", product-class: HGW-LAB }
            until: 2027-03-31
            ticket: SEC-1234
        """;

    private static string? Datagram(byte[] datagram)
    {
        Span<byte> unknown = stackalloc byte[64];
        if (!StunRequestReader.TryRead(datagram, unknown, out _, out var reason) && string.IsNullOrEmpty(reason))
        {
            return "STUN refused without a reason";
        }

        return !UdpConnectionRequestReader.TryRead(datagram, out var request, out reason) && string.IsNullOrEmpty(reason) ? "refused without a reason"
            : request is { } && string.IsNullOrEmpty(request.ToString()) ? "read as nothing" : null;
    }
}
