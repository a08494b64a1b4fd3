using System.Diagnostics.Metrics;

namespace CwmpShield.Gateway.Telemetry;

/// <summary>Names as Prometheus wants them: <c>cwmpshield.inspection.duration</c> in <c>s</c> is <c>cwmpshield_inspection_duration_seconds</c>.</summary>
internal static class PrometheusName
{
    /// <summary>The family's name, without the suffix <c>_total</c> of a counter's samples.</summary>
    public static string Of(Instrument instrument)
    {
        var name = Sanitise(instrument.Name);
        var unit = instrument.Unit switch { "s" => "_seconds", "By" => "_bytes", _ => "" };
        return name.EndsWith(unit, StringComparison.Ordinal) ? name : name + unit;
    }

    /// <summary><paramref name="name"/> with an underscore for every character that a name cannot have.</summary>
    public static string Sanitise(string name) =>
        string.Create(name.Length, name, static (buffer, from) =>
        {
            for (var i = 0; i < buffer.Length; i++)
            {
                buffer[i] = char.IsAsciiLetterOrDigit(from[i]) ? from[i] : '_';
            }
        });
}
