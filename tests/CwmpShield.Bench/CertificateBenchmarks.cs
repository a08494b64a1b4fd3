using System.Security.Cryptography.X509Certificates;
using BenchmarkDotNet.Attributes;
using CwmpShield.Core.Identity.Revocation;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Identity;
using CwmpShield.Gateway.Listening;
using CwmpShield.Gateway.Revocation;
using CwmpShield.Gateway.Telemetry;

namespace CwmpShield.Bench;

/// <summary>What a device's certificate costs in a handshake and for a request, beside a list of many revoked ones.</summary>
[MemoryDiagnoser]
public class CertificateBenchmarks
{
    private readonly LabCertificateAuthority _authority = LabCertificateAuthority.CreateRoot("Bench");
    private X509Certificate2 _device = null!;
    private ClientCaBundle _bundle = null!;
    private byte[] _list = [];
    private CertificateDoor _door = null!;
    private DeviceCertificate _shown = null!;

    /// <summary>Revoked certificates.</summary>
    [Params(20_000, 1_000_000)]
    public int Revoked { get; set; }

    /// <summary>Makes authority, list and device.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, _authority.Certificate.ExportCertificatePem());
        _bundle = ClientCaBundle.Load(path);
        File.Delete(path);
        var list = LabRevocationList.Empty();
        Span<byte> serial = stackalloc byte[16];
        for (var i = 0; i < Revoked; i++)
        {
            System.Security.Cryptography.RandomNumberGenerator.Fill(serial);
            serial[0] = 0x40;
            list.Add(serial, TimeProvider.System.GetUtcNow());
        }

        _list = System.Text.Encoding.ASCII.GetBytes(list.Sign(_authority, TimeProvider.System.GetUtcNow().AddMinutes(-1), TimeSpan.FromDays(1)));
        var listener = new ListenerOptions { Revocation = new RevocationOptions { CrlFiles = ["list"] } };
        var metrics = new RevocationMetrics(new ShieldMetrics());
        var state = new RevocationState(listener, () => _bundle, metrics, TimeProvider.System);
        if (state.Take(_list) is { Length: > 0 } reason)
        {
            throw new InvalidOperationException(reason);
        }

        _door = new CertificateDoor(listener, state, new CertificateSightings(TimeProvider.System), metrics, TimeProvider.System);
        _device = _authority.IssueClient("001122-HGW-S1");
        _door.Admit(_device, [], out var shown);
        _shown = shown!;
    }

    /// <summary>Reads the list and verifies its signature.</summary>
    [Benchmark]
    public int ReadList() => RevocationListFile.Split(_list).Sum(
        der => new RevocationListReader(_bundle.Authorities, new CertificatePolicy()).TryRead(der, TimeProvider.System.GetUtcNow(), out var list, out _) ? list!.Count : 0);

    /// <summary>Builds and judges a path, as for a device's first handshake.</summary>
    [Benchmark]
    public string BuildPath() => CertificatePath.Judge(_device, [], _bundle, new CertificatePolicy(), TimeProvider.System.GetUtcNow(), out _);

    /// <summary>A further handshake of the same device.</summary>
    [Benchmark]
    public string AdmitKnown() => _door.Admit(_device, [], out _);

    /// <summary>A request.</summary>
    [Benchmark]
    public bool JudgeRequest() => _door.Judge(ref _shown).Verdict == CertificateVerdict.Accepted;
}
