using System.Security.Cryptography;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.Tests.Storage;

public sealed class MasterKeyTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Reads_base64_and_hexadecimal_alike()
    {
        var bytes = RandomNumberGenerator.GetBytes(32);
        var base64 = MasterKey.Read(folder.Write("a", Convert.ToBase64String(bytes) + "\n"));
        var hex = MasterKey.Read(folder.Write("b", " " + Convert.ToHexString(bytes) + "\r\n"));
        Assert.Equal(base64.Id, hex.Id);
        Assert.Equal(Convert.ToBase64String(bytes), hex.Export());
        Assert.Equal(16, hex.Id.Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("not base64 at all, and certainly no key !!!!")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("00000000000000000000000000000000000000000000000000000000000000")]
    public void Says_how_to_make_a_key_when_the_file_holds_none(string text)
    {
        var error = Assert.Throws<StoreException>(() => MasterKey.Read(folder.Write("key", text)));
        Assert.Contains("openssl rand -base64 32", error.Message, StringComparison.Ordinal);
        Assert.Contains(folder.File("key"), error.Message, StringComparison.Ordinal);
        Assert.True(text.Length == 0 || !error.Message.Contains(text, StringComparison.Ordinal));
    }

    [Fact]
    public void Says_how_to_make_a_key_when_there_is_no_file()
    {
        Assert.Contains("openssl rand", Assert.Throws<StoreException>(() => MasterKey.Read(folder.File("none"))).Message, StringComparison.Ordinal);
        Assert.Contains("openssl rand", Assert.Throws<StoreException>(() => MasterKey.Read("")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Derives_a_key_of_its_own_for_each_purpose()
    {
        var key = MasterKey.Create();
        Assert.Equal(key.Derive("a"), key.Derive("a"));
        Assert.NotEqual(key.Derive("a"), key.Derive("b"));
        Assert.NotEqual(key.Derive("a"), MasterKey.Create().Derive("a"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(13)]
    [InlineData(29)]
    public void Does_not_open_a_seal_with_a_bit_changed(int position)
    {
        var seal = new SecretSeal(MasterKey.Create());
        var closed = seal.Close(RegistryLab.Password("s3cret"), 7, "login");
        closed[position] ^= 1;
        Assert.Throws<RegistryUnavailableException>(() => seal.Open(closed, 7, "login"));
    }

    [Fact]
    public void Opens_a_seal_for_its_owner_and_purpose_only()
    {
        var seal = new SecretSeal(MasterKey.Create());
        var closed = seal.Close(RegistryLab.Password("s3cret"), 7, "login");
        Assert.NotEqual(closed, seal.Close(RegistryLab.Password("s3cret"), 7, "login"));
        Assert.NotNull(seal.Open(closed, 7, "login"));
        Assert.Throws<RegistryUnavailableException>(() => seal.Open(closed, 8, "login"));
        Assert.Throws<RegistryUnavailableException>(() => seal.Open(closed, 7, "other"));
        Assert.Throws<RegistryUnavailableException>(() => seal.Open(closed.AsSpan(0, 29), 7, "login"));
        Assert.Throws<RegistryUnavailableException>(() => new SecretSeal(MasterKey.Create()).Open(closed, 7, "login"));
    }

    [Fact]
    public void Keeps_an_empty_password()
    {
        var seal = new SecretSeal(MasterKey.Create());
        Assert.NotNull(seal.Open(seal.Close(RegistryLab.Password(""), 7, "login"), 7, "login"));
    }
}
