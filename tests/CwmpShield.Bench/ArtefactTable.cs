using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Firmware;
using CwmpShield.Core.Firmware.Reading;
using CwmpShield.Core.Firmware.Urls;
using CwmpShield.Core.Identity;

namespace CwmpShield.Bench;

/// <summary>What the artefact gate costs with 10,000 artefacts, and what reading such a manifest does.</summary>
internal static class ArtefactTable
{
    private const int Artefacts = 10_000;
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Prints the table.</summary>
    public static void Print(TextWriter output)
    {
        var manifest = new ArtefactManifest { Version = 1, Issued = Now, Expires = Now.AddDays(30), Artefacts = [.. Enumerable.Range(0, Artefacts).Select(One)] };
        var bytes = ManifestWriter.Write(manifest);
        var start = Stopwatch.GetTimestamp();
        var read = ManifestReader.Read("m", bytes).Manifest!;
        var reading = Stopwatch.GetElapsedTime(start);
        start = Stopwatch.GetTimestamp();
        var key = UrlKey.Read("k1", new string('a', 64))!;
        var trust = new ArtefactTrust(new ArtefactPolicy { RequiresManifest = true }, new SignedManifest(read, ["bench"], DateTimeOffset.MaxValue, ""), [key]);
        var indexing = Stopwatch.GetElapsedTime(start);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Artefacts} artefacts, {bytes.Length >> 10} KiB: read in {reading.TotalMilliseconds:F0} ms, indexed in {indexing.TotalMilliseconds:F0} ms"));

        var device = new DeviceTraits { Device = new DeviceId("001122", "HGW", "1"), SoftwareVersion = "1.0.0", HighestSoftwareVersion = "1.0.0" };
        var signed = SignedUrl.Sign(key, "https://fw.example.net/cfg/1.cfg", device.Device, Now.AddDays(1), out _)!;
        foreach (var (what, url, type) in (ReadOnlySpan<(string, string, string)>)[
            ("listed URL", "https://fw.example.net/hgw/image-9999.bin", "1 Firmware Upgrade Image"),
            ("pattern", "https://eu1.cdn.example.net/hgw/image-9998.bin", "1 Firmware Upgrade Image"),
            ("unknown URL", "https://fw.example.net/hgw/other.bin", "1 Firmware Upgrade Image"),
            ("signed URL (HMAC)", signed, "3 Vendor Configuration File")])
        {
            var order = new TransferOrder(TransferKind.Download, url, type);
            Measure(trust, order, device, 20_000);
            var (nanoseconds, allocated) = Measure(trust, order, device, 200_000);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"gate, {what,-20} {nanoseconds / 1000.0,8:F2} µs  {allocated,6} B  {string.Join(", ", ArtefactGate.Judge(trust, order, device, Now).Reasons)}"));
        }
    }

    private static (double Nanoseconds, long Allocated) Measure(ArtefactTrust trust, TransferOrder order, DeviceTraits device, int times)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < times; i++)
        {
            ArtefactGate.Judge(trust, order, device, Now);
        }

        return (Stopwatch.GetElapsedTime(start).TotalNanoseconds / times, (GC.GetAllocatedBytesForCurrentThread() - before) / times);
    }

    private static Artefact One(int i)
    {
        _ = ArtefactUrl.TryParse(string.Create(CultureInfo.InvariantCulture, $"https://{(i % 2 == 0 ? "*.cdn" : "fw")}.example.net/hgw/image-{i}.bin"), out var url);
        return new Artefact
        {
            Name = string.Create(CultureInfo.InvariantCulture, $"image-{i}"),
            Version = string.Create(CultureInfo.InvariantCulture, $"1.{i}"),
            FileTypes = ["1"],
            Sha256 = i.ToString("x64", CultureInfo.InvariantCulture),
            Size = 1000,
            Models = [new ArtefactModel("001122", ["HGW"], ImmutableArray<string>.Empty)],
            Urls = [url!],
            IsFirmware = true,
        };
    }
}
