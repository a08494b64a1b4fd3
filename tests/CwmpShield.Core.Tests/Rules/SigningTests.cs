using System.Security.Cryptography;
using System.Text;
using CwmpShield.Core.Rules;
using CwmpShield.Core.Rules.Signing;

namespace CwmpShield.Core.Tests.Rules;

public sealed class SigningTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("signed").FullName;
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public SigningTests()
    {
        Write("10-a.yaml", "cwmpshield: 1\nrules:\n  - { id: one, title: t, severity: low, on: Reboot, where: { rpc: { in: $names } }, then: deny }");
        Write("lists/names.txt", "Reboot\n");
        Write("site.yaml", "cwmpshield: 1\n");
        Sign(7, Lab.Noon.AddDays(1));
    }

    [Fact]
    public void Accepts_what_was_signed()
    {
        var result = Load();

        Assert.Empty(result.Diagnostics);
        Assert.NotNull(result.Set);
        Assert.Equal(7, result.SignedVersion);
    }

    [Fact]
    public void Accepts_an_RSA_signature()
    {
        using var rsa = RSA.Create(2048);
        var data = Encoding.UTF8.GetBytes("index");
        var signature = RuleSignature.Sign(data, rsa.ExportPkcs8PrivateKeyPem())!;

        Assert.True(RuleSignature.Verify(data, signature, rsa.ExportSubjectPublicKeyInfoPem()));
        Assert.False(RuleSignature.Verify("other"u8, signature, rsa.ExportSubjectPublicKeyInfoPem()));
    }

    [Fact]
    public void Refuses_keys_that_are_too_weak_or_none()
    {
        using var rsa = RSA.Create(1024);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP384);

        Assert.Null(RuleSignature.Sign("x"u8, rsa.ExportPkcs8PrivateKeyPem()));
        Assert.Null(RuleSignature.Sign("x"u8, other.ExportPkcs8PrivateKeyPem()));
        Assert.Null(RuleSignature.Sign("x"u8, "no key"));
        Assert.False(RuleSignature.Verify("x"u8, [1, 2, 3], "no key"));
    }

    [Theory]
    [InlineData("10-a.yaml", "cwmpshield: 1\n")]
    [InlineData("lists/names.txt", "FactoryReset\n")]
    [InlineData("20-extra.yaml", "cwmpshield: 1\n")]
    [InlineData("classes/extra.yaml", "cwmpshield: 1\n")]
    [InlineData("rules.index", "cwmpshield-rules-index 1\nversion 9\nexpires 2099-01-01T00:00:00Z\n")]
    [InlineData("rules.index.sig", "")]
    public void Refuses_a_changed_or_extra_file(string name, string content)
    {
        Write(name, content);

        Refused();
    }

    [Theory]
    [InlineData("lists/names.txt")]
    [InlineData("site.yaml")]
    [InlineData("rules.index")]
    [InlineData("rules.index.sig")]
    public void Refuses_a_missing_file(string name)
    {
        File.Delete(Path.Combine(directory, name));

        Refused();
    }

    [Fact]
    public void Refuses_a_list_from_outside_the_signed_places()
    {
        Write("10-a.yaml", "cwmpshield: 1\nlists: { other: { file: other.lst } }\nrules:\n  - { id: one, title: t, severity: low, on: Reboot, where: { rpc: { in: [$names, $other] } }, then: deny }");
        Write("other.lst", "x");
        Sign(8, Lab.Noon.AddDays(1));

        Refused();
    }

    [Fact]
    public void Refuses_an_older_version_than_was_in_force() => Refused(leastVersion: 8);

    [Fact]
    public void Refuses_a_signature_that_has_ended() => Refused(now: Lab.Noon.AddDays(2));

    [Fact]
    public void Refuses_another_key()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        Assert.Contains(RuleSetLoader.Load(directory, new RuleLoadOptions { Now = Lab.Noon, Trust = new RuleTrust(other.ExportSubjectPublicKeyInfoPem()) }).Diagnostics, d => d.Code == DiagnosticCode.BadSignature);
    }

    public void Dispose()
    {
        key.Dispose();
        Directory.Delete(directory, recursive: true);
    }

    private void Refused(long leastVersion = 0, DateTimeOffset? now = null)
    {
        var result = Load(leastVersion, now);

        Assert.Null(result.Set);
        Assert.Contains(result.Diagnostics, d => d.Code == DiagnosticCode.BadSignature);
    }

    private RuleLoadResult Load(long leastVersion = 0, DateTimeOffset? now = null) => RuleSetLoader.Load(
        directory, new RuleLoadOptions { Now = now ?? Lab.Noon, Trust = new RuleTrust(key.ExportSubjectPublicKeyInfoPem(), leastVersion) });

    private void Sign(long version, DateTimeOffset expires)
    {
        var index = RuleIndexText.Of(directory, version, expires, out _)!;
        Write(RuleIndexText.FileName, index.ToString());
        File.WriteAllBytes(Path.Combine(directory, RuleIndexText.SignatureName), RuleSignature.Sign(Encoding.UTF8.GetBytes(index.ToString()), key.ExportPkcs8PrivateKeyPem())!);
    }

    private void Write(string name, string content)
    {
        var path = Path.Combine(directory, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }
}
