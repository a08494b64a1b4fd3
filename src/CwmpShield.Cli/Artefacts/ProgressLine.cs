using System.Globalization;

namespace CwmpShield.Cli.Artefacts;

/// <summary>One line of progress on the error stream, drawn over itself; nothing where that is no terminal.</summary>
/// <param name="what">What is going on.</param>
/// <param name="output">Where it is drawn; null draws nothing.</param>
internal sealed class ProgressLine(string what, TextWriter? output)
{
    private const int Cells = 30;
    private const int Percent = 100;
    private int shown = -1;

    /// <summary>A line on the terminal, if there is one.</summary>
    public static ProgressLine OnTerminal(string what) => new(what, Console.IsErrorRedirected ? null : Console.Error);

    /// <summary>Shows how far it is; without a known end only how much.</summary>
    public void Show(long done, long all)
    {
        var percent = all > 0 ? (int)Math.Min(Percent, done * Percent / all) : (int)Math.Min(int.MaxValue, done >> 20);
        if (output is null || percent == shown)
        {
            return;
        }

        shown = percent;
        var bar = all > 0 ? $"[{new string('#', percent * Cells / Percent).PadRight(Cells, '.')}] {percent,3} %" : "";
        output.Write(string.Create(CultureInfo.InvariantCulture, $"\r{what} {bar} {done >> 20} MiB"));
    }

    /// <summary>Clears the line.</summary>
    public void Clear()
    {
        if (output is not null && shown >= 0)
        {
            output.Write("\r" + new string(' ', what.Length + Cells + 30) + "\r");
        }
    }
}
