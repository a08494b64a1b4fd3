using System.Globalization;

namespace CwmpShield.Soak.Rig;

/// <summary>What a process holds and has used, out of <c>/proc</c>.</summary>
/// <param name="Megabytes">Resident memory in MiB.</param>
/// <param name="Handles">Open files and sockets.</param>
/// <param name="Threads">Threads.</param>
/// <param name="Processor">Processor time, user and kernel.</param>
internal sealed record ProcessReading(double Megabytes, int Handles, int Threads, TimeSpan Processor)
{
    private const double TicksPerSecond = 100;

    /// <summary>Reads a process that runs.</summary>
    public static ProcessReading Of(int process)
    {
        var status = File.ReadAllLines($"/proc/{process}/status");
        var stat = File.ReadAllText($"/proc/{process}/stat");
        var times = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        var ticks = long.Parse(times[11], CultureInfo.InvariantCulture) + long.Parse(times[12], CultureInfo.InvariantCulture);
        return new ProcessReading(
            Figure(status, "VmRSS:") / 1024.0,
            Directory.GetFileSystemEntries($"/proc/{process}/fd").Length,
            (int)Figure(status, "Threads:"),
            TimeSpan.FromSeconds(ticks / TicksPerSecond));
    }

    private static long Figure(string[] status, string name)
    {
        var line = status.First(one => one.StartsWith(name, StringComparison.Ordinal));
        return long.Parse(line[name.Length..].Trim().Split(' ')[0], CultureInfo.InvariantCulture);
    }
}
