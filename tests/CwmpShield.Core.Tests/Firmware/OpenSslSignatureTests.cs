using CwmpShield.Core.Firmware.Signing;

namespace CwmpShield.Core.Tests.Firmware;

/// <summary>Signatures that the real openssl makes, in the forms that its verbs and cosign have.</summary>
public sealed class OpenSslSignatureTests : IClassFixture<OpenSslSignatureTests.Keys>
{
    private static readonly byte[] Data = "{\"cwmpshield-manifest\": 1}\r\n"u8.ToArray();

    private readonly Keys keys;

    public OpenSslSignatureTests(Keys keys) => this.keys = keys;

    [Theory]
    [InlineData("ECDSA, binary", "ec", "openssl dgst -sha256 -sign ec.key -out s d")]
    [InlineData("ECDSA, base64 as cosign sign-blob --key prints it", "ec", "openssl dgst -sha256 -sign ec.key d | openssl base64 -A > s")]
    [InlineData("ECDSA, base64 in lines", "ec", "openssl dgst -sha256 -sign ec.key d | openssl base64 > s")]
    [InlineData("RSA-PSS with openssl's own salt", "rsa", "openssl dgst -sha256 -sign rsa.key -sigopt rsa_padding_mode:pss -out s d")]
    [InlineData("RSA-PSS with a salt as long as the hash", "rsa", "openssl dgst -sha256 -sign rsa.key -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:digest -out s d")]
    [InlineData("RSA-PSS without salt", "rsa", "openssl dgst -sha256 -sign rsa.key -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:0 -out s d")]
    [InlineData("CMS, ECDSA", "ec", "openssl cms -sign -binary -in d -signer ec.crt -inkey ec.key -outform DER -md sha256 -out s")]
    [InlineData("CMS, ECDSA over SHA-384", "ec", "openssl cms -sign -binary -in d -signer ec.crt -inkey ec.key -outform DER -md sha384 -out s")]
    [InlineData("CMS, RSA", "rsa", "openssl cms -sign -binary -in d -signer rsa.crt -inkey rsa.key -outform DER -md sha256 -out s")]
    [InlineData("CMS, RSA-PSS", "rsa", "openssl cms -sign -binary -in d -signer rsa.crt -inkey rsa.key -outform DER -md sha256 -keyopt rsa_padding_mode:pss -keyopt rsa_pss_saltlen:digest -out s")]
    [InlineData("CMS in PEM", "rsa", "openssl cms -sign -binary -in d -signer rsa.crt -inkey rsa.key -outform PEM -md sha256 -out s")]
    [InlineData("PKCS#7 in PEM, as smime makes it", "rsa", "openssl smime -sign -binary -in d -signer rsa.crt -inkey rsa.key -outform PEM -md sha256 -out s")]
    [InlineData("CMS without attributes", "ec", "openssl cms -sign -binary -noattr -in d -signer ec.crt -inkey ec.key -outform DER -md sha256 -out s")]
    [InlineData("CMS without certificates", "ec", "openssl cms -sign -binary -nocerts -in d -signer ec.crt -inkey ec.key -outform DER -md sha256 -out s")]
    [InlineData("CMS by key identifier", "rsa", "openssl cms -sign -binary -keyid -in d -signer rsa.crt -inkey rsa.key -outform DER -md sha256 -out s")]
    [InlineData("CMS by two signers", "ec rsa", "openssl cms -sign -binary -in d -signer ec.crt -inkey ec.key -signer rsa.crt -inkey rsa.key -outform DER -md sha256 -out s")]
    public void Takes_signatures_of_pinned_certificates(string form, string signers, string script)
    {
        var check = Check(script, Data, [keys.Pinned("ec", "crt"), keys.Pinned("rsa", "crt")]);

        Assert.True(check.Problems.Count == 0, form);
        Assert.Equal(signers.Split(' '), check.Signers.Select(s => s.Name));
    }

    [Theory]
    [InlineData("openssl dgst -sha256 -sign ec.key -out s d")]
    [InlineData("openssl cms -sign -binary -in d -signer ec.crt -inkey ec.key -outform DER -md sha256 -out s")]
    public void Takes_signatures_of_pinned_keys(string script) =>
        Assert.Equal(["ec"], Check(script, Data, [keys.Pinned("rsa", "pub"), keys.Pinned("ec", "pub")]).Signers.Select(s => s.Name));

    [Theory]
    [InlineData(SignerReason.NotPinned, "openssl dgst -sha256 -sign other.key -out s d")]
    [InlineData(SignerReason.NotPinned, "openssl dgst -sha1 -sign ec.key -out s d")]
    [InlineData(SignerReason.NotPinned, "openssl dgst -sha256 -sign rsa.key -out s d")]
    [InlineData(SignerReason.NotPinned, "openssl cms -sign -binary -in d -signer other.crt -inkey other.key -outform DER -md sha256 -out s")]
    [InlineData(SignerReason.Bad, "echo other > e; openssl cms -sign -binary -in e -signer ec.crt -inkey ec.key -outform DER -md sha256 -out s")]
    [InlineData(SignerReason.Unreadable, "openssl cms -sign -binary -in d -signer ec.crt -inkey ec.key -outform DER -md sha1 -out s")]
    [InlineData(SignerReason.Bad, "openssl cms -sign -binary -nodetach -in d -signer ec.crt -inkey ec.key -outform DER -md sha256 -out s")]
    [InlineData(SignerReason.Unreadable, "head -c 70000 /dev/zero > s")]
    [InlineData(SignerReason.Unreadable, ": > s")]
    [InlineData(SignerReason.NotPinned, "openssl cms -sign -binary -in d -signer ec.crt -inkey ec.key -outform DER -md sha256 | head -c 300 > s")]
    public void Refuses_other_signatures(string reason, string script)
    {
        var check = Check(script, Data, [keys.Pinned("ec", "crt"), keys.Pinned("rsa", "crt")]);

        Assert.Empty(check.Signers);
        Assert.Equal([reason], check.Problems.Select(p => p.Reason));
    }

    [Fact]
    public void Refuses_a_signature_over_other_bytes()
    {
        var check = Check("openssl dgst -sha256 -sign ec.key -out s d", "{}"u8.ToArray(), [keys.Pinned("ec", "pub")]);

        Assert.Equal([("s", SignerReason.NotPinned)], check.Problems);
    }

    [Fact]
    public void Refuses_a_signer_whose_certificate_has_ended_or_has_not_begun()
    {
        var signer = keys.Pinned("ec", "crt");
        var files = new[] { ("s", Signed("openssl dgst -sha256 -sign ec.key -out s d")) };

        Assert.Equal(SignerReason.SignerExpired, SignatureCheck.Of(Data, files, [signer], signer.CountsUntil).Problems[0].Reason);
        Assert.Equal(SignerReason.SignerNotYetValid, SignatureCheck.Of(Data, files, [signer], signer.CountsUntil.AddDays(-400)).Problems[0].Reason);
        Assert.Empty(SignatureCheck.Of(Data, files, [signer], signer.CountsUntil.AddSeconds(-1)).Problems);
    }

    [Fact]
    public void Counts_a_signer_once_however_often_it_signs()
    {
        var once = Signed("openssl dgst -sha256 -sign ec.key -out s d");
        var again = Signed("openssl cms -sign -binary -in d -signer ec.crt -inkey ec.key -outform DER -md sha256 -out s");

        var check = SignatureCheck.Of(Data, [("a", once), ("b", again)], [keys.Pinned("ec", "crt")], TimeProvider.System.GetUtcNow());

        Assert.Single(check.Signers);
        Assert.Equal(default, check.CountsUntil(2));
    }

    [Theory]
    [InlineData("server", SignerReason.SignerWrongUsage)]
    [InlineData("weak", SignerReason.SignerKeyBad)]
    [InlineData("none", SignerReason.SignerKeyBad)]
    public void Refuses_to_pin_what_is_not_for_code_signing_or_weak(string name, string reason)
    {
        Assert.Null(PinnedSigner.Read(name, name == "none" ? "no key at all" : keys.Folder.Text($"{name}.crt"), out var why));
        Assert.Equal(reason, why);
    }

    private byte[] Signed(string script)
    {
        lock (keys.Folder)
        {
            keys.Folder.Write("d", Data);
            keys.Folder.Run(script);
            return keys.Folder.Read("s");
        }
    }

    private SignatureCheck Check(string script, byte[] data, PinnedSigner[] signers) =>
        SignatureCheck.Of(data, [("s", Signed(script))], signers, TimeProvider.System.GetUtcNow());

    /// <summary>Keys and certificates, made once.</summary>
    public sealed class Keys : IDisposable
    {
        internal OpenSslFolder Folder { get; } = new();

        public Keys()
        {
            Folder.Certificate("ec");
            Folder.Certificate("rsa", "rsa");
            Folder.Certificate("other");
            Folder.Certificate("server", usage: "serverAuth");
            Folder.Run("""
                openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:1024 -out weak.key
                openssl req -new -x509 -key weak.key -subj /CN=weak -addext extendedKeyUsage=codeSigning -out weak.crt
                """);
        }

        internal PinnedSigner Pinned(string name, string kind) => PinnedSigner.Read(name, Folder.Text($"{name}.{kind}"), out _)!;

        public void Dispose() => Folder.Dispose();
    }
}
