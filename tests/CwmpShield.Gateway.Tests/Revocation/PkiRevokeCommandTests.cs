using System.Security.Cryptography.X509Certificates;
using CwmpShield.Cli;
using CwmpShield.Core.Identity.Revocation;
using CwmpShield.Gateway.Tests.Storage;

namespace CwmpShield.Gateway.Tests.Revocation;

/// <summary>The lab authority's revocation list from the command line, read as a listener reads it.</summary>
public sealed class PkiRevokeCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("p256")]
    [InlineData("rsa")]
    public async Task Revokes_by_file_and_by_number_and_keeps_who_was_revoked(string key)
    {
        var lab = folder.File("lab");
        await RunsAsync("init", "--out", lab, "--key", key);
        await RunsAsync("issue", "--ca", lab, "--device", "001122-HGW-S1", "--out", folder.File("one"));
        await RunsAsync("crl", "--ca", lab);
        Assert.Equal(0, Read(lab).Count);

        await RunsAsync("revoke", "--ca", lab, "--cert", folder.File("one.pem"), "--reason", "key-compromise");
        await RunsAsync("revoke", "--ca", lab, "--serial", "0abc");
        await RunsAsync("revoke", "--ca", lab, "--serial", "ABC");
        await RunsAsync("crl", "--ca", lab, "--days", "30");

        using var one = X509CertificateLoader.LoadCertificateFromFile(folder.File("one.pem"));
        Assert.True(CertificateSerial.TryRead(one.SerialNumberBytes.Span, out var serial));
        var list = Read(lab);
        Assert.Equal(2, list.Count);
        Assert.Equal(5, list.Number);
        Assert.True(list.Contains(serial));
        Assert.Equal(30, (list.NextUpdate - list.ThisUpdate).TotalDays, 1);
    }

    [Fact]
    public async Task Refuses_bad_usage()
    {
        Assert.NotEmpty(PkiCommand.Create().Parse(["revoke", "--ca", "x"]).Errors);
        Assert.NotEmpty(PkiCommand.Create().Parse(["revoke", "--ca", "x", "--serial", "zz"]).Errors);
        Assert.NotEmpty(PkiCommand.Create().Parse(["revoke", "--ca", "x", "--serial", "01", "--cert", "y"]).Errors);
        Assert.NotEmpty(PkiCommand.Create().Parse(["crl", "--ca", "x", "--days", "0"]).Errors);
        Assert.Equal(ExitCode.Usage, await PkiCommand.Create().Parse(["crl", "--ca", folder.File("absent")]).InvokeAsync());
    }

    private static async Task RunsAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        Assert.Equal(ExitCode.Ok, await PkiCommand.Create().Parse(arguments).InvokeAsync(new() { Output = output }));
    }

    private static RevocationList Read(string lab)
    {
        using var authority = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(lab, "ca.pem"));
        var reader = new RevocationListReader([new IssuingAuthority(authority)], new CertificatePolicy());
        var der = Assert.Single(RevocationListFile.Split(File.ReadAllBytes(Path.Combine(lab, "ca.crl"))));
        Assert.True(reader.TryRead(der, TimeProvider.System.GetUtcNow(), out var list, out var reason), reason);
        return list!;
    }
}
