using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Identity;
using CwmpShield.Gateway.Storage.Secrets;

namespace CwmpShield.Gateway.Tests.Storage;

public sealed class WeakSecretTests
{
    private static readonly DeviceId Device = new("00AABB", "HGW-2", "SN-1/7");

    [Theory]
    [InlineData("admin", WeakSecret.Default)]
    [InlineData("TR069", WeakSecret.Default)]
    [InlineData("", WeakSecret.Default)]
    [InlineData("Cpe-User", WeakSecret.SameAsUser)]
    [InlineData("sn-1/7", WeakSecret.SameAsSerial)]
    [InlineData("SN17", WeakSecret.SameAsSerial)]
    [InlineData("00AABB-SN-1/7", WeakSecret.SameAsDevice)]
    [InlineData("00aabb-HGW%2D2-SN%2D1%2F7", WeakSecret.SameAsDevice)]
    [InlineData("00aabbhgw2sn17", WeakSecret.SameAsDevice)]
    [InlineData("00AABB", WeakSecret.SameAsDevice)]
    [InlineData("hgw2", WeakSecret.SameAsDevice)]
    [InlineData("00:aa:bb:12:34:56", WeakSecret.MacAddress)]
    [InlineData("00AABB123456", WeakSecret.MacAddress)]
    [InlineData("00AABC123456", null)]
    [InlineData("X7ugN3vKq2p9", null)]
    public void Says_why_a_password_is_weak(string password, string? reason) =>
        Assert.Equal(reason, WeakSecret.Find(password, Device, "cpe-user"));

    [Fact]
    public void Fingerprints_are_equal_for_equal_passwords_under_one_key_only()
    {
        var prints = new SecretFingerprint(new byte[32]);
        Assert.Equal(prints.Of("a"u8), prints.Of(RegistryLab.Password("a")));
        Assert.NotEqual(prints.Of("a"u8), prints.Of("b"u8));
        Assert.NotEqual(prints.Of("a"u8), new SecretFingerprint([.. Enumerable.Repeat((byte)1, 32)]).Of("a"u8));
        Assert.NotEqual(prints.Of("a"u8), prints.Of(new StoredSecret.Ha1(DigestHash.Md5, "r", "a"u8.ToArray())));
        Assert.Null(prints.Of(new StoredSecret.Verifier(new byte[32], new byte[32])));
        Assert.Equal(prints.Of(new byte[3000]), prints.Of(new byte[3000]));
    }
}
