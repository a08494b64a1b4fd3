namespace CwmpShield.Cli.Demo;

/// <summary>Prints the rows of the demonstration as they come, in colour where the terminal has any.</summary>
internal sealed class DemoTable(TextWriter output, TimeProvider time, bool colour)
{
    private const string Reset = "\e[0m";
    private const string Bold = "\e[1m";
    private const string Dim = "\e[2m";
    private const string Green = "\e[32m";
    private const string Red = "\e[31m";
    private const string Yellow = "\e[33m";

    /// <summary>A table on standard output; colour unless it is redirected or NO_COLOR is set.</summary>
    public static DemoTable ForConsole(TextWriter output) =>
        new(output, TimeProvider.System, !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")));

    /// <summary>A line of prose between rows.</summary>
    public void Say(string text)
    {
        output.WriteLine();
        output.WriteLine(Paint(Bold, text));
    }

    /// <summary>A remark of less weight.</summary>
    public void Remark(string text) => output.WriteLine(Paint(Dim, "  " + text));

    /// <summary>One row: two lines, so that it can be read on 80 columns.</summary>
    public void Show(DemoRow row)
    {
        var refused = row.Rule.Length > 0;
        var clock = time.GetLocalNow().ToString("HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);
        var verdict = Paint(refused ? Red : Green, row.Verdict.ToUpperInvariant().PadRight(9));
        output.WriteLine($"{Paint(Dim, clock)}  {verdict}  {row.Who,-14}  {row.What}");
        if (refused)
        {
            output.WriteLine($"{"",10}{Paint(Yellow, row.Rule)}: {row.Why}");
        }

        if (row.AcsTold.Length > 0)
        {
            output.WriteLine($"{"",10}{Paint(Dim, row.AcsTold)}");
        }

        if (!row.AsItMust)
        {
            output.WriteLine($"{"",10}{Paint(Red, "NOT AS IT MUST BE")}");
        }
    }

    private string Paint(string style, string text) => colour ? style + text + Reset : text;
}
