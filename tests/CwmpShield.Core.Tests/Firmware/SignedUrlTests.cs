using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Firmware;
using CwmpShield.Core.Firmware.Urls;

namespace CwmpShield.Core.Tests.Firmware;

public sealed class SignedUrlTests
{
    private const string Url = "https://cfg.example.net/001122/ABC.cfg";
    private const string Secret = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly DeviceId Device = new("001122", "HGW-2000", "A B/1");

    [Theory]
    [InlineData("https://cfg.example.net/a.cfg")]
    [InlineData("https://cfg.example.net/a.cfg?t=1")]
    [InlineData("https://cfg.example.net/a.cfg?")]
    public void Takes_what_it_signed(string url)
    {
        var key = UrlKey.Read("k1", Secret)!;
        var signed = SignedUrl.Sign(key, url, Device, Now.AddDays(1), out var problem);

        Assert.Equal("", problem);
        var check = Check(signed!, key);
        Assert.Equal(("", "k1"), (check.Reason, check.Key?.Id));
        Assert.StartsWith(check.Url, url, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hmac")]
    [InlineData("ec")]
    public void Takes_what_the_documented_openssl_recipe_signs(string kind)
    {
        using var folder = new OpenSslFolder();
        folder.Run("openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out k.pem && openssl pkey -in k.pem -pubout -out k.pub");
        var sign = kind == "hmac" ? "openssl dgst -sha256 -mac HMAC -macopt hexkey:$SECRET -binary" : "openssl dgst -sha256 -sign k.pem";
        var signed = folder.Run(
            $$"""
            url="$URL?csk=k1&cse=$EXPIRES&csd=$DEVICE"
            sig=$(printf 'cwmpshield-url-1\n%s' "$url" | {{sign}} | openssl base64 -A | tr '+/' '-_' | tr -d '=')
            printf '%s' "$url&css=$sig"
            """,
            ("URL", Url),
            ("SECRET", Secret),
            ("EXPIRES", "1767355200"),
            ("DEVICE", "001122-HGW%252D2000-A%2520B%252F1"));
        var key = UrlKey.Read("k1", kind == "hmac" ? Secret : folder.Text("k.pub"))!;

        Assert.Equal(("", "k1", Url), (Check(signed, key).Reason, Check(signed, key).Key?.Id, Check(signed, key).Url));
        Assert.True(signed.Length <= SignedUrl.MaxLength);
    }

    [Fact]
    public void Refuses_to_sign_what_devices_cut_off()
    {
        Assert.Null(SignedUrl.Sign(UrlKey.Read("k1", Secret)!, "https://cfg.example.net/" + new string('a', 160), Device, Now.AddDays(1), out var problem));
        Assert.Matches("^the signed URL has [0-9]+ characters, devices take 256$", problem);
    }

    [Theory]
    [InlineData("ftp:/x")]
    [InlineData("https://u:p@cfg.example.net/")]
    [InlineData("https://cfg.example.net/?cse=1")]
    public void Refuses_to_sign_what_has_two_meanings(string url) => Assert.Null(SignedUrl.Sign(UrlKey.Read("k1", Secret)!, url, Device, Now, out _));

    [Fact]
    public void Refuses_every_change_of_a_character()
    {
        var key = UrlKey.Read("k1", Secret)!;
        var signed = SignedUrl.Sign(key, Url, Device, Now.AddDays(1), out _)!;
        for (var i = 0; i < signed.Length - 1; i++)
        {
            var changed = signed.Remove(i, 1).Insert(i, signed[i] == 'x' ? "y" : "x");
            Assert.True(Check(changed, key).Key is null, $"character {i}: {changed}");
        }
    }

    [Theory]
    [InlineData(0, ArtefactReason.UrlExpired)]
    [InlineData(-60, ArtefactReason.UrlExpired)]
    [InlineData((7 * 86_400) + 1, ArtefactReason.UrlExpired)]
    [InlineData(7 * 86_400, "")]
    [InlineData(1, "")]
    public void Refuses_what_has_expired_or_lasts_too_long(int seconds, string reason)
    {
        var key = UrlKey.Read("k1", Secret)!;
        Assert.Equal(reason, Check(SignedUrl.Sign(key, Url, Device, Now.AddSeconds(seconds), out _)!, key).Reason);
    }

    [Fact]
    public void Refuses_another_device_and_a_session_without_one()
    {
        var key = UrlKey.Read("k1", Secret)!;
        var signed = SignedUrl.Sign(key, Url, Device, Now.AddDays(1), out _)!;

        Assert.Equal(ArtefactReason.UrlWrongDevice, Check(signed, key, Device with { ProductClass = "HGW", SerialNumber = "2000-A B/1" }).Reason);
        Assert.Equal(ArtefactReason.UrlWrongDevice, SignedUrl.Check(signed, Keys(key), null, Now, TimeSpan.FromDays(7)).Reason);
    }

    [Theory]
    [InlineData("?csk=k1&cse=1&csd=x&css=")]
    [InlineData("?csk=k1&cse=99999999999999999999&csd=x&css=AA")]
    [InlineData("?csk=k1&cse=9223372036854775807&csd=x&css=AA")]
    [InlineData("?csk=k1&csk=k1&cse=1&csd=x&css=AA")]
    [InlineData("?css=AA&csk=k1&cse=1&csd=x")]
    [InlineData("?csd=&cse=&csk=&css=")]
    [InlineData("?css=%41")]
    [InlineData("?csk=k1&cse=1&csd=x&css=é")]
    public void Refuses_signatures_that_are_none(string query) => Assert.Equal(ArtefactReason.UrlSignatureBad, Check(Url + query, UrlKey.Read("k1", Secret)!).Reason);

    [Theory]
    [InlineData("k 1", Secret)]
    [InlineData("", Secret)]
    [InlineData("k1", "0011")]
    [InlineData("k1", "not a key")]
    public void Refuses_keys_that_are_none(string id, string text) => Assert.Null(UrlKey.Read(id, text));

    private static Dictionary<string, UrlKey> Keys(UrlKey key) => new(StringComparer.Ordinal) { [key.Id] = key };

    private static SignedUrlCheck Check(string url, UrlKey key, DeviceId? device = null) => SignedUrl.Check(url, Keys(key), device ?? Device, Now, TimeSpan.FromDays(7));
}
