using System.Globalization;
using System.Text.Json;

namespace CwmpShield.Bench.Peers;

/// <summary>Results as text, as JSON and as pictures.</summary>
internal static class PeerReport
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Writes the tables and what has become of the targets.</summary>
    public static void Write(TextWriter output, PeerResults results)
    {
        foreach (var work in results.Works)
        {
            Line(output, $"\n{work,-30} {"CPU us",9} {"x YARP",8} {"(range)",14} {"x nginx",8} {"p50 ms",8} {"p99 ms",8} {"RSS MB",8}");
            foreach (var name in results.Names)
            {
                var yarp = results.Ratio(work, name, Reference(work));
                var range = yarp is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{yarp.Lowest:0.00}-{yarp.Highest:0.00}");
                var nginx = results.Ratio(work, name, Peer.Nginx);
                Line(output, $"{name,-30} {results.Cpu(work, name),9:0} {yarp?.Median,8:0.00} {range,14} {nginx?.Median,8:0.00} {results.Time(work, name, 0.5),8:0.0} {results.Time(work, name, 0.99),8:0.0} {results.Memory(name),8:0}");
            }
        }

        output.WriteLine();
        foreach (var target in PeerTarget.All)
        {
            if (results.Ratio(target.Work, Peer.Gateway, target.Beside) is { } ratio)
            {
                var verdict = ratio.Median <= target.Stretch ? "reached, and the stretch" : ratio.Median <= target.Most ? "reached" : "MISSED";
                Line(output, $"{target.Work} beside {target.Beside}: {ratio.Median:0.000}, wanted at most {target.Most:0.000}{(target.Stretch is { } stretch ? string.Create(CultureInfo.InvariantCulture, $" (stretch {stretch:0.00})") : "")}: {verdict}");
            }
        }
    }

    /// <summary>Writes everything as JSON.</summary>
    public static void WriteJson(string file, PeerResults results) => File.WriteAllText(file, JsonSerializer.Serialize(
        results.Works.ToDictionary(
            work => work,
            work => results.Names.ToDictionary(
                name => name,
                name => new
                {
                    CpuMicroseconds = results.Cpu(work, name),
                    P50Milliseconds = results.Time(work, name, 0.5),
                    P99Milliseconds = results.Time(work, name, 0.99),
                    ResidentMegabytes = results.Memory(name),
                    BesideYarp = results.Ratio(work, name, Reference(work)),
                    BesideNginx = results.Ratio(work, name, Peer.Nginx),
                },
                StringComparer.Ordinal),
            StringComparer.Ordinal),
        Indented));

    /// <summary>Draws one picture for requests and one for sessions and handshakes.</summary>
    public static void Draw(string folder, PeerResults results)
    {
        Directory.CreateDirectory(folder);
        foreach (var (file, work, title) in ((string, string, string)[])[("cpu-request.svg", WorkKind.Request, "CPU time of a request on a kept connection"), ("cpu-session.svg", WorkKind.Session, "CPU time of a whole session: new connection, full handshake, five exchanges"), ("cpu-handshake.svg", WorkKind.Handshake, "CPU time of a connection with a full handshake")])
        {
            if (!results.Works.Contains(work, StringComparer.Ordinal))
            {
                continue;
            }

            var bars = results.Names.Select(name => new Bar(name, results.Cpu(work, name), IsOurs: name is Peer.Gateway)).ToList();
            File.WriteAllText(Path.Combine(folder, file), BarChart.Draw(title, "us", bars));
        }
    }

    /// <summary>Which YARP a kind of work is held against: where sessions are whole, the one that opens a connection for each as well.</summary>
    private static string Reference(string work) => work is WorkKind.Session ? Peer.YarpBySession : Peer.Yarp;

    private static void Line(TextWriter output, FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
