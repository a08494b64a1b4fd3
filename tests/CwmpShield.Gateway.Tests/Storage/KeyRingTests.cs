using CwmpShield.Core.Identity;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Storage.Secrets;
using CwmpShield.Core.Tests.Identity;

namespace CwmpShield.Gateway.Tests.Storage;

public sealed class KeyRingTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly MasterKey one = MasterKey.Create();
    private readonly MasterKey two = MasterKey.Create();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Reads_several_keys_of_a_file_and_takes_the_last_as_the_newest()
    {
        var ring = KeyRing.Read(new KeySource.InFile(folder.Write("keys", $"# old\n{one.Export()}\n\n# new\n{two.Export()}\n")));
        Assert.Equal([one.Id, two.Id], ring.Keys.Select(key => key.Id));
        Assert.Equal(two.Id, ring.Newest.Id);
        Assert.Equal(one.Id, ring.Find(one.Id)!.Id);
        Assert.Null(ring.Find("0000000000000000"));
    }

    [Fact]
    public void Reads_an_environment_variable_and_a_systemd_credential()
    {
        var variable = "CWMPSHIELD_TEST_KEY_" + one.Id;
        Environment.SetEnvironmentVariable(variable, one.Export());
        Assert.Equal(one.Id, KeyRing.Read(KeySource.Of(new StoreOptions { KeyVariable = variable })).Newest.Id);
        Environment.SetEnvironmentVariable(variable, null);
        Assert.Contains(variable, Assert.Throws<StoreException>(() => KeyRing.Read(new KeySource.InVariable(variable))).Message, StringComparison.Ordinal);

        var credential = Path.GetFileName(folder.Write("store-key", two.Export()));
        Environment.SetEnvironmentVariable("CREDENTIALS_DIRECTORY", Path.GetDirectoryName(folder.File(credential)));
        Assert.Equal(two.Id, KeyRing.Read(KeySource.Of(new StoreOptions { SystemdKey = credential })).Newest.Id);
        Assert.Throws<StoreException>(() => KeyRing.Read(new KeySource.InCredentials("../" + credential)));
        Assert.Throws<StoreException>(() => KeyRing.Read(new KeySource.InCredentials("..")));
        Environment.SetEnvironmentVariable("CREDENTIALS_DIRECTORY", null);
        Assert.Contains("LoadCredential", Assert.Throws<StoreException>(() => KeyRing.Read(new KeySource.InCredentials(credential))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_no_source_and_two()
    {
        Assert.Contains("Store:KeyFile", Assert.Throws<StoreException>(() => KeySource.Of(new StoreOptions())).Message, StringComparison.Ordinal);
        Assert.Throws<StoreException>(() => KeySource.Of(new StoreOptions { KeyFile = "a", SystemdKey = "b" }));
    }

    [Theory]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    [InlineData(UnixFileMode.GroupWrite)]
    public void Refuses_a_key_file_that_others_can_read_or_change(UnixFileMode extra)
    {
        var file = folder.Write("key", one.Export());
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        Assert.Equal(one.Id, MasterKey.Read(file).Id);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | extra);
        Assert.Contains("chmod 600", Assert.Throws<StoreException>(() => MasterKey.Read(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_a_key_that_is_there_twice_and_names_the_line_of_one_that_is_none()
    {
        var twice = folder.Write("twice", $"{one.Export()}\n{one.Export()}\n");
        Assert.Contains("line 2", Assert.Throws<StoreException>(() => MasterKey.Read(twice)).Message, StringComparison.Ordinal);
        var broken = folder.Write("broken", $"{one.Export()}\n\nrubbish\n");
        Assert.Contains("line 3", Assert.Throws<StoreException>(() => MasterKey.Read(broken)).Message, StringComparison.Ordinal);
        Assert.DoesNotContain("rubbish", Assert.Throws<StoreException>(() => MasterKey.Read(broken)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Finds_a_key_that_was_added_to_the_file_later_and_keeps_its_keys_when_the_file_breaks()
    {
        var time = new TestClock();
        var file = folder.Write("keys", one.Export());
        var ring = KeyRing.Read(new KeySource.InFile(file), time);
        folder.Write("keys", $"{one.Export()}\n{two.Export()}\n");
        Assert.Null(ring.Find(two.Id));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(two.Id, ring.Find(two.Id)!.Id);
        folder.Write("keys", "half a li");
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(ring.Find("0000000000000000"));
        Assert.Equal(one.Id, ring.Find(one.Id)!.Id);
    }

    [Fact]
    public void Opens_what_an_older_key_sealed_and_refuses_what_a_missing_one_did()
    {
        var seal = new SecretSeal(KeyRing.Of(one));
        var old = seal.Close(RegistryLab.Password("s3cret"), 7, "login");
        Assert.Equal(one.Id, SecretSeal.KeyOf(old));
        var both = new SecretSeal(KeyRing.Of(one, two));
        Assert.IsType<StoredSecret.Password>(both.Open(old, 7, "login"));
        both.Use(two.Id);
        Assert.Equal(two.Id, SecretSeal.KeyOf(both.Close(RegistryLab.Password("s3cret"), 7, "login")));
        var error = Assert.Throws<RegistryUnavailableException>(() => new SecretSeal(two).Open(old, 7, "login"));
        Assert.Contains(one.Id, error.Message, StringComparison.Ordinal);
        Assert.Throws<RegistryUnavailableException>(() => seal.Use(two.Id));
    }

    [Fact]
    public void Opens_a_seal_of_the_first_version_with_whichever_key_made_it()
    {
        var seal = SealOfVersion1(one, "s3cret", 7, "login");
        Assert.IsType<StoredSecret.Password>(new SecretSeal(KeyRing.Of(two, one)).Open(seal, 7, "login"));
        Assert.Throws<RegistryUnavailableException>(() => new SecretSeal(two).Open(seal, 7, "login"));
        Assert.Throws<RegistryUnavailableException>(() => new SecretSeal(one).Open(seal, 8, "login"));
    }

    [Fact]
    public void A_verifier_opens_for_its_own_device_and_takes_its_own_password_only()
    {
        byte[] storeKey = [.. Enumerable.Repeat((byte)5, 32)];
        var seal = new SecretSeal(one);
        seal.SetKeys(storeKey, storeKey);
        var verifier = seal.Verifier(RegistryLab.Password("s3cret"), 7);
        var opened = seal.Open(seal.Close(verifier, 7, "login"), 7, "login");
        Assert.True(CredentialVerifier.Verify(new HttpCredential.Basic("u", "s3cret"u8.ToArray()), opened));
        Assert.False(CredentialVerifier.Verify(new HttpCredential.Basic("u", "s3creT"u8.ToArray()), opened));
        Assert.Throws<RegistryUnavailableException>(() => new SecretSeal(one).Open(seal.Close(verifier, 7, "login"), 7, "login"));
    }

    internal static byte[] SealOfVersion1(MasterKey key, string password, long owner, string purpose)
    {
        byte[] plain = [0, .. System.Text.Encoding.UTF8.GetBytes(password)];
        var seal = new byte[29 + plain.Length];
        seal[0] = 1;
        byte[] associated = [.. BitConverter.GetBytes(owner).Reverse(), .. System.Text.Encoding.UTF8.GetBytes(purpose)];
        using var aes = new System.Security.Cryptography.AesGcm(key.Derive("secrets 1"), 16);
        aes.Encrypt(seal.AsSpan(1, 12), plain, seal.AsSpan(29), seal.AsSpan(13, 16), associated);
        return seal;
    }
}
