using System.Globalization;

namespace CwmpShield.Cli;

/// <summary>One line on standard error that says how far long work has come: on a terminal by itself, elsewhere where it is asked for.</summary>
/// <param name="error">Where to.</param>
/// <param name="asked">Whether <c>--progress</c> was given.</param>
internal sealed class ProgressLine(TextWriter error, bool asked)
{
    private const int Width = 30;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly bool isTerminal = ReferenceEquals(error, Console.Error) && !Console.IsErrorRedirected;
    private readonly long startedAt = TimeProvider.System.GetTimestamp();
    private long shownAt;
    private bool isShown;

    /// <summary>Shows that <paramref name="done"/> of <paramref name="total"/> is done; a total of 0 is not known.</summary>
    /// <param name="done">What is done.</param>
    /// <param name="total">All of it.</param>
    /// <param name="text">What to say beside.</param>
    public void Show(long done, long total, string text)
    {
        if ((!isTerminal && !asked) || (isShown && TimeProvider.System.GetElapsedTime(shownAt) < Interval && done < total))
        {
            return;
        }

        shownAt = TimeProvider.System.GetTimestamp();
        isShown = true;
        var share = total > 0 ? Math.Clamp((double)done / total, 0, 1) : 0;
        var filled = (int)(share * Width);
        var bar = total > 0 ? $"[{new string('#', filled)}{new string('.', Width - filled)}] {share.ToString("P0", CultureInfo.InvariantCulture)} " : "";
        var line = $"{bar}{text}, {TimeProvider.System.GetElapsedTime(startedAt).TotalSeconds.ToString("F0", CultureInfo.InvariantCulture)} s";
        error.Write(isTerminal ? $"\r{line}\x1b[K" : line + Environment.NewLine);
    }

    /// <summary>Ends the line.</summary>
    public void End()
    {
        if (isTerminal && isShown)
        {
            error.WriteLine();
        }
    }
}
