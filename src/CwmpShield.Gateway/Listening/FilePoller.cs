using Microsoft.Extensions.Hosting;

namespace CwmpShield.Gateway.Listening;

/// <summary>Lets every <see cref="ReloadingFile"/> look at its files every few seconds.</summary>
internal sealed class FilePoller(TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);
    private readonly List<ReloadingFile> files = [];

    /// <summary>Adds one; before the application starts.</summary>
    public T Add<T>(T file)
        where T : ReloadingFile
    {
        files.Add(file);
        return file;
    }

    /// <summary>Looks now.</summary>
    public void Poll() => files.ForEach(file => file.Poll());

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            Poll();
        }
    }
}
