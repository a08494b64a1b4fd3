using System.Diagnostics;
using System.Globalization;

namespace CwmpShield.Fuzz;

/// <summary>What the current thread has had of the processor: a busy machine must not look like a slow reader.</summary>
internal static class ThreadClock
{
    private const string Path = "/proc/thread-self/schedstat";

    /// <summary>Time on the processor; where the kernel does not tell, time by the wall.</summary>
    public static TimeSpan Now
    {
        get
        {
            if (!File.Exists(Path))
            {
                return Stopwatch.GetElapsedTime(0);
            }

            var text = File.ReadAllText(Path);
            return TimeSpan.FromTicks(long.Parse(text.AsSpan(0, text.IndexOf(' ', StringComparison.Ordinal)), CultureInfo.InvariantCulture) / 100);
        }
    }
}
