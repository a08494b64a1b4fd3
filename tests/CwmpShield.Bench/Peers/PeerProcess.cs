using System.Diagnostics;
using System.Globalization;

namespace CwmpShield.Bench.Peers;

/// <summary>A server that was started for a measurement, and what the kernel says of it and its children.</summary>
internal sealed class PeerProcess : IDisposable
{
    private readonly Process process;
    private readonly Task<string> errors;

    private PeerProcess(Process process)
    {
        this.process = process;
        errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Whether it still runs.</summary>
    public bool IsRunning => !process.HasExited;

    /// <summary>Its process identifier.</summary>
    public int Id => process.Id;

    /// <summary>Starts a program; its standard input stays open until it is disposed of.</summary>
    public static PeerProcess Start(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            start.Environment[name] = value;
        }

        var started = Process.Start(start) ?? throw new BenchException($"{program} could not be started");
        Started.Add(started);
        return new PeerProcess(started);
    }

    /// <summary>Reads standard output up to the line that says the port.</summary>
    /// <exception cref="BenchException">It ended before it said so.</exception>
    public async Task<int> PortAsync(string prefix)
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(prefix, StringComparison.Ordinal))
            {
                return int.Parse(line[(line.LastIndexOfAny([' ', ':']) + 1)..], CultureInfo.InvariantCulture);
            }
        }

        throw new BenchException($"{process.StartInfo.FileName} {string.Join(' ', process.StartInfo.ArgumentList)} ended before it listened: {await errors}");
    }

    /// <summary>What it has said on standard error, once it has ended.</summary>
    public string Errors() => IsRunning ? "" : errors.GetAwaiter().GetResult();

    /// <summary>CPU time of every thread of the process and its children so far, in nanoseconds.</summary>
    public IReadOnlyDictionary<int, long> Cpu() => Tree()
        .SelectMany(Threads)
        .Select(thread => (thread.Id, Text: Read(thread.File).Split(' ')[0]))
        .Where(thread => thread.Text.Length > 0)
        .ToDictionary(thread => thread.Id, thread => long.Parse(thread.Text, CultureInfo.InvariantCulture));

    /// <summary>
    /// CPU seconds between two readings. The kernel's count of each thread is exact, where that of a whole process goes in steps of 10 ms; a
    /// thread that has ended between the two is missed, which the runtime's threads do after many idle seconds only.
    /// </summary>
    public static double Seconds(IReadOnlyDictionary<int, long> before, IReadOnlyDictionary<int, long> after) =>
        after.Sum(thread => thread.Value - before.GetValueOrDefault(thread.Key)) / 1e9;

    /// <summary>Resident memory of the process and its children, in MiB; pages that they share count for each.</summary>
    public double ResidentMegabytes() => Tree().Sum(ResidentMegabytes);

    /// <summary>Ends it: by the end of its input and SIGTERM, and by force after five seconds.</summary>
    public void Dispose()
    {
        if (IsRunning)
        {
            process.StandardInput.Close();
            using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
            kill.WaitForExit();
            if (!process.WaitForExit(5000))
            {
                process.Kill(entireProcessTree: true);
                process.WaitForExit();
            }
        }

        Started.Remove(process);
        process.Dispose();
    }

    /// <summary>
    /// Share of the CPU time between two readings that the runtime's compiler took; its thread is known by its name. A process is warm when it
    /// compiles no more.
    /// </summary>
    public double CompilerShare(IReadOnlyDictionary<int, long> before, IReadOnlyDictionary<int, long> after) =>
        after.Where(thread => Read($"/proc/{process.Id}/task/{thread.Key}/comm").StartsWith(".NET Tiered", StringComparison.Ordinal))
            .Sum(thread => thread.Value - before.GetValueOrDefault(thread.Key)) / 1e9 / Math.Max(1e-9, Seconds(before, after));

    private static IEnumerable<(int Id, string File)> Threads(int process)
    {
        var folder = $"/proc/{process}/task";
        return Directory.Exists(folder)
            ? Directory.GetDirectories(folder).Select(thread => (int.Parse(Path.GetFileName(thread), CultureInfo.InvariantCulture), Path.Combine(thread, "schedstat")))
            : [];
    }

    private static double ResidentMegabytes(int id)
    {
        var line = Read($"/proc/{id}/status").Split('\n').FirstOrDefault(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return line is null ? 0 : double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (IOException)
        {
            return "";
        }
    }

    private List<int> Tree()
    {
        var tree = new List<int> { process.Id };
        for (var i = 0; i < tree.Count; i++)
        {
            tree.AddRange(Read($"/proc/{tree[i]}/task/{tree[i]}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => int.Parse(id, CultureInfo.InvariantCulture)));
        }

        return tree;
    }
}
