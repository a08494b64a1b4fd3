using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Mirror;

namespace CwmpShield.Bench;

/// <summary>
/// What the mirror costs: fetching a 64 MiB image beside sha256sum and cp, and serving it over TLS beside nginx, each several times in
/// turn, with the CPU time and memory of the server.
/// </summary>
internal static class MirrorTable
{
    private const int Size = 64 << 20;
    private const int Rounds = 9;

    public static async Task PrintAsync(TextWriter output)
    {
        var folder = Directory.CreateTempSubdirectory("cwmpshield-bench-");
        try
        {
            var image = Path.Combine(folder.FullName, "image.bin");
            await File.WriteAllBytesAsync(image, RandomNumberGenerator.GetBytes(Size));
            var target = new MirrorTarget("image", FileDigest.Of(image, default), Size);
            var origin = new MirrorOriginOptions { Url = "https://origin.example/", Folder = folder.FullName };
            await using var host = await MirrorHost.StartAsync(Path.Combine(folder.FullName, "shelf"), origin, target, MirrorHost.Certificate(folder.FullName));
            await FetchAsync(output, host, target, image);
            await ServeAsync(output, host, folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task FetchAsync(TextWriter output, MirrorHost host, MirrorTarget target, string image)
    {
        var (tools, fetches) = (new List<double>(), new List<double>());
        for (var i = 0; i < Rounds; i++)
        {
            var watch = Stopwatch.StartNew();
            Shell($"sha256sum {image} > /dev/null && cp {image} {image}.copy");
            tools.Add(watch.Elapsed.TotalSeconds);
            File.Delete(image + ".copy");

            watch.Restart();
            var reason = await host.Get<MirrorFetch>().RunAsync(target, "https://origin.example/image.bin", null, () => true, default);
            fetches.Add(watch.Elapsed.TotalSeconds);
            if (reason.Length > 0)
            {
                throw new InvalidOperationException(reason);
            }
        }

        Line(output, "fetch, verify, flush, place 64 MiB", fetches, "sha256sum && cp", tools);
    }

    private static async Task ServeAsync(TextWriter output, MirrorHost host, string folder)
    {
        using var nginx = Nginx.Start(folder);
        var (ours, theirs) = (new List<double>(), new List<double>());
        var order = 0L;
        var memory = 0L;
        for (var i = 0; i < Rounds; i++)
        {
            theirs.Add(Curl($"https://localhost:{nginx.Port}/image.bin"));
            ours.Add(Curl($"https://localhost:{host.Door.Port}{host.NewLink(++order)}"));
            memory = i == 0 ? Environment.WorkingSet : memory;
        }

        Line(output, "serve 64 MiB over TLS", ours, "nginx", theirs);
        output.WriteLine(FormattableString.Invariant($"memory of this process after the first and the last transfer: {memory >> 20} MiB, {Environment.WorkingSet >> 20} MiB"));
        await Task.CompletedTask;
    }

    private static double Curl(string url)
    {
        var text = Shell($"curl -sk -o /dev/null -w '%{{http_code}} %{{size_download}} %{{time_total}}' {url}");
        var words = text.Split(' ');
        return words is ["200", var bytes, var seconds] && long.Parse(bytes, CultureInfo.InvariantCulture) == Size
            ? double.Parse(seconds, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"{url}: {text}");
    }

    private static string Shell(string command)
    {
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", command]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? text : throw new InvalidOperationException($"{command}: exit code {process.ExitCode}");
    }

    private static void Line(TextWriter output, string what, List<double> ours, string other, List<double> theirs)
    {
        var (mine, its) = (Median(ours), Median(theirs));
        output.WriteLine(FormattableString.Invariant(
            $"{what,-36} {mine * 1000,7:0} ms  {Size / mine / 1e6,7:0} MB/s   {other}: {its * 1000:0} ms  {Size / its / 1e6:0} MB/s   {its / mine:P0} of its speed"));
    }

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);
}
