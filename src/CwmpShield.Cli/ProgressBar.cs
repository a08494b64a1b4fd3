using System.Globalization;

namespace CwmpShield.Cli;

/// <summary>
/// Shows on the error stream how far long work is: a bar that moves on a terminal, a line for every tenth elsewhere. Not for several
/// threads.
/// </summary>
/// <param name="output">The error stream.</param>
/// <param name="isTerminal">Whether a line can be written over.</param>
/// <param name="total">Steps in all.</param>
/// <param name="unit">What the steps are.</param>
/// <param name="time">Clock.</param>
internal sealed class ProgressBar(TextWriter output, bool isTerminal, long total, string unit, TimeProvider time)
{
    private const int Width = 30;
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(200);

    private readonly long startedAt = time.GetTimestamp();
    private long done;
    private long drawnTenth;
    private TimeSpan drawnAt;

    /// <summary>Whether <paramref name="writer"/> is the process's error stream on a terminal.</summary>
    public static bool IsTerminal(TextWriter writer) => ReferenceEquals(writer, Console.Error) && !Console.IsErrorRedirected;

    /// <summary>A step is done.</summary>
    public void Step()
    {
        done++;
        var elapsed = time.GetElapsedTime(startedAt);
        if (isTerminal && (elapsed - drawnAt >= Between || done >= total))
        {
            drawnAt = elapsed;
            output.Write($"\r{Line(elapsed)}");
        }
        else if (!isTerminal && total > 0 && done * 10 / total > drawnTenth)
        {
            drawnTenth = done * 10 / total;
            output.WriteLine(Line(elapsed));
        }
    }

    /// <summary>Leaves the line; what is printed next begins a new one.</summary>
    public void End()
    {
        if (isTerminal && done > 0)
        {
            output.WriteLine();
        }
    }

    private string Line(TimeSpan elapsed)
    {
        var share = total > 0 ? Math.Min(1, (double)done / total) : 1;
        var full = (int)(share * Width);
        var left = share > 0 && done < total ? TimeSpan.FromSeconds(Math.Ceiling(elapsed.TotalSeconds * (1 - share) / share)) : TimeSpan.Zero;
        return string.Create(
            CultureInfo.InvariantCulture, $"[{new string('#', full)}{new string('.', Width - full)}] {done}/{total} {unit}, {left:hh\\:mm\\:ss} left ");
    }
}
