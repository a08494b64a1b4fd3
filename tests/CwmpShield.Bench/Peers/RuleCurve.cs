using System.Globalization;
using System.Text;
using CwmpShield.Core.Decisions;
using CwmpShield.Core.Rules;

namespace CwmpShield.Bench.Peers;

/// <summary>What rules cost by their number: such as can apply to the message, and such as cannot.</summary>
internal static class RuleCurve
{
    private static readonly int[] Counts = [250, 500, 1_000, 2_000, 4_000];

    /// <summary>Measures in this process: the processor time of judging one SetParameterValues of 4 KB.</summary>
    /// <returns>Microseconds by rules, of both kinds.</returns>
    public static IReadOnlyList<(string Name, IReadOnlyList<(double X, double Y)> Points)> Measure(TextWriter output)
    {
        var order = Samples.Order;
        List<(double, double)> can = [], cannot = [];
        foreach (var count in Counts)
        {
            can.Add((count, Judge(order, count, canApply: true)));
            cannot.Add((count, Judge(order, count, canApply: false)));
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{count} rules, {order.Name}: {can[^1].Item2:0.0} us where they can apply ({can[^1].Item2 * 1000 / count:0} ns a rule), {cannot[^1].Item2:0.0} us where they cannot"));
        }

        return [("rules that can apply", can), ("rules that cannot", cannot)];
    }

    private static double Judge(Sample sample, int count, bool canApply)
    {
        var rules = RuleSetLoader.LoadText(Yaml(count, canApply)).Set ?? throw new BenchException("the rules do not load");
        var judgement = new Judgement { Message = Stages.Understand(sample) };
        return 1000 * RuleTable.Best(canApply ? 100 : 1000, () => rules.Evaluate(judgement));
    }

    /// <summary>Rules about the order's own parameters and values that it does not have; else about other methods and other parameters, by halves.</summary>
    private static string Yaml(int count, bool canApply)
    {
        var yaml = new StringBuilder("cwmpshield: 1\nrules:\n");
        for (var i = 0; i < count; i++)
        {
            var (rpc, path) = canApply ? ("SetParameterValues", "Device.WiFi.SSID.{i}.X_EXAMPLE_Label")
                : i % 2 == 0 ? ("GetParameterValues", "Device.WiFi.SSID.{i}.X_EXAMPLE_Label")
                : ("SetParameterValues", $"Device.Other{i}.Value");
            yaml.Append(CultureInfo.InvariantCulture, $"  - {{ id: r{i}, title: t, severity: low, on: [{rpc}], where: {{ parameter: {{ path: \"{path}\" }}, value: {{ in: [v{i}] }} }}, then: deny }}\n");
        }

        return yaml.ToString();
    }
}
