using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace CwmpShield.Soak.Rig;

/// <summary><c>cwmpshield run</c> as a process of its own, as an operator's service manager runs it.</summary>
internal sealed class GatewayProcess : IAsyncDisposable
{
    private static readonly HttpClient Client = new() { Timeout = TimeSpan.FromSeconds(60) };

    private readonly Process process;
    private readonly Dictionary<string, IPEndPoint> doors = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> log = new();

    private GatewayProcess(Process process) => this.process = process;

    /// <summary>Its process id.</summary>
    public int Id => process.Id;

    /// <summary>What it has logged.</summary>
    public string Log => string.Join('\n', log);

    /// <summary>Its exit code, once it has ended.</summary>
    public int ExitCode => process.ExitCode;

    public bool HasExited => process.HasExited;

    /// <summary>Starts it, and waits until it has said where it listens.</summary>
    /// <param name="configuration">The configuration file.</param>
    /// <param name="through">A program and its arguments that starts it, e.g. to bound its open files.</param>
    /// <param name="environment">Variables beside those of this process.</param>
    public static async Task<GatewayProcess> StartAsync(
        string configuration, IReadOnlyList<string>? through = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        string[] command = [.. through ?? [], "dotnet", Path.Combine(AppContext.BaseDirectory, "cwmpshield.dll"), "run", "--config", configuration];
        var start = new ProcessStartInfo(command[0], command[1..]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            start.Environment[name] = value;
        }

        var gateway = new GatewayProcess(Process.Start(start)!);
        gateway.process.ErrorDataReceived += (_, line) => gateway.Keep(line.Data);
        gateway.process.BeginErrorReadLine();
        foreach (var door in (string[])[.. RigConfiguration.Doors, "management"])
        {
            var line = await gateway.process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The gateway did not start: " + gateway.Log);
            gateway.doors[door] = IPEndPoint.Parse(line[(line.IndexOf("://", StringComparison.Ordinal) + 3)..].TrimEnd('/'));
        }

        return gateway;
    }

    public IPEndPoint Door(string name) => doors[name];

    /// <summary>Its resources now.</summary>
    public ProcessReading Read() => ProcessReading.Of(process.Id);

    /// <summary>Its metrics now.</summary>
    public async Task<Scraped> MetricsAsync() => Scraped.Parse(await Client.GetStringAsync(new Uri($"http://{Door("management")}/metrics")));

    /// <summary>The status of <c>/readyz</c>.</summary>
    public async Task<HttpStatusCode> ReadinessAsync()
    {
        using var answer = await Client.GetAsync(new Uri($"http://{Door("management")}/readyz"));
        return answer.StatusCode;
    }

    /// <summary>Waits until it serves its ACS; tells whether it came to that.</summary>
    public async Task<bool> IsReadyAsync()
    {
        for (var i = 0; i < 300; i++)
        {
            if (await ReadinessAsync() == HttpStatusCode.OK)
            {
                return true;
            }

            await Task.Delay(100);
        }

        return false;
    }

    /// <summary>SIGTERM.</summary>
    public void Terminate() => Signal("-TERM");

    /// <summary>SIGKILL.</summary>
    public void Kill() => process.Kill();

    /// <summary>Waits until it has ended; tells whether it did within the time.</summary>
    public async Task<bool> EndsAsync(TimeSpan within)
    {
        using var late = new CancellationTokenSource(within);
        try
        {
            await process.WaitForExitAsync(late.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        await process.WaitForExitAsync();
        process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is not null && log.Count < 2000)
        {
            log.Enqueue(line);
        }
    }

    private void Signal(string signal)
    {
        using var kill = Process.Start("kill", [signal, process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }
}
