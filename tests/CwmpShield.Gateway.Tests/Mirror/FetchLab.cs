using System.Net;
using System.Security.Cryptography;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Mirror;
using CwmpShield.Gateway.Mirror.Origins;
using CwmpShield.Gateway.Telemetry;
using CwmpShield.Gateway.Tests.Doubles;
using CwmpShield.Gateway.Tests.Storage;

namespace CwmpShield.Gateway.Tests.Mirror;

/// <summary>A mirror's folder and a fetch into it, with a clock of the test's.</summary>
internal sealed class FetchLab : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly ShieldMetrics metrics = new();
    private readonly MirrorOrigins origins;

    public FetchLab(OriginServer? server = null, Func<MirrorOptions, MirrorOptions>? change = null, Func<MirrorOriginOptions, MirrorOriginOptions>? origin = null)
    {
        Directory.CreateDirectory(folder.File("files"));
        var place = new MirrorOriginOptions { Url = "https://files.example/", Folder = folder.File("files") };
        if (server is not null)
        {
            File.WriteAllText(folder.File("vendor.pem"), server.Authority.Certificate.ExportCertificatePem());
            place = new MirrorOriginOptions { Url = server.Address + "/", Tls = new AcsTlsOptions { CaPath = folder.File("vendor.pem") } };
        }

        var options = new MirrorOptions { Path = folder.File("mirror"), Origins = [origin?.Invoke(place) ?? place] };
        Options = change?.Invoke(options) ?? options;
        origins = new MirrorOrigins(Options);
        MirrorMetrics = new MirrorMetrics(metrics);
        Shelf = new MirrorShelf(Options, Clock, MirrorMetrics);
        Fetch = NewFetch();
    }

    public MovableClock Clock { get; } = new();

    public MirrorOptions Options { get; }

    public MirrorMetrics MirrorMetrics { get; }

    public MirrorShelf Shelf { get; private set; }

    public MirrorFetch Fetch { get; set; }

    public static byte[] Image { get; } = RandomNumberGenerator.GetBytes(300_000);

    public static MirrorTarget Target { get; } = TargetOf(Image);

    public static MirrorTarget TargetOf(byte[] image, string name = "image") => new(name, Convert.ToHexStringLower(SHA256.HashData(image)), image.Length);

    public string Origin(string name) => Path.Combine(folder.File("files"), name);

    public string Place(string name) => Path.Combine(Options.Path, name);

    public string[] Files => [.. Directory.EnumerateFiles(Options.Path).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    public MirrorFetch NewFetch(PartialFile.WriteBytes? write = null) =>
        new(Shelf, origins, Options.Fetch, MirrorMetrics, Clock) { Write = write ?? RandomAccess.Write };

    /// <summary>The process has ended and begins again.</summary>
    public void Restart()
    {
        Shelf = new MirrorShelf(Options, Clock, MirrorMetrics);
        Fetch = NewFetch();
    }

    public Task<string> RunAsync(string url, MirrorTarget? target = null, NetworkCredential? credential = null, Func<bool>? mayGoOn = null) =>
        Fetch.RunAsync(target ?? Target, url, credential, mayGoOn ?? (() => true), default);

    public void Dispose()
    {
        origins.Dispose();
        metrics.Dispose();
        folder.Dispose();
    }
}
