using System.Text.Json;
using System.Text.Json.Serialization;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Decisions;
using CwmpShield.Core.Decisions.Recordings;
using CwmpShield.Core.Rules;

namespace CwmpShield.Cli;

/// <summary>One run of <c>inspect</c> over files.</summary>
internal sealed class InspectRun(RuleSet rules, InspectionContext context, TextWriter output, TextWriter errors)
{
    private bool refused;
    private bool failed;

    /// <summary>Direction of bare bodies; null when it was not given.</summary>
    public Direction? Direction { get; init; }

    /// <summary>SOAPAction of bare bodies.</summary>
    public string? SoapAction { get; init; }

    /// <summary>Request path of bare bodies.</summary>
    public string Path { get; init; } = "";

    /// <summary>Where canonical bytes go; null writes none.</summary>
    public string? OutputDirectory { get; init; }

    /// <summary>Whether to say which conditions held.</summary>
    public bool Explain { get; init; }

    /// <summary>Inspects everything that is named; gives the exit code.</summary>
    public int All(IReadOnlyList<string> names)
    {
        RecordedSession? onCommandLine = null;
        foreach (var name in names.Count == 0 ? ["-"] : names)
        {
            if (Directory.Exists(name))
            {
                foreach (var files in RecordedFiles.Sessions(name))
                {
                    var session = new RecordedSession(rules, context);
                    files.ToList().ForEach(file => One(file, file, session));
                }
            }
            else
            {
                One(name, name, onCommandLine ??= new RecordedSession(rules, context));
            }
        }

        return failed ? ExitCode.Usage : refused ? ExitCode.Denied : ExitCode.Ok;
    }

    private void One(string file, string shown, RecordedSession session)
    {
        if (Read(file) is not { } bytes || !TryRecorded(bytes, shown, out var recorded))
        {
            failed = true;
            return;
        }

        var isBare = recorded.Direction is null;
        if ((recorded.Direction ?? Direction) is not { } direction)
        {
            errors.WriteLine($"{shown}: --direction is needed for a bare body");
            failed = true;
            return;
        }

        recorded = isBare ? recorded with { SoapAction = SoapAction, Path = Path } : recorded;
        if (!isBare && IsNoMessage(recorded))
        {
            Print(new Line(shown, "forward", [], [], null));
            return;
        }

        // A bare body is judged by itself: nothing says that it belongs to one session with its neighbours.
        var ground = isBare ? new RecordedSession(rules, context) : session;
        var explanations = Explain ? ground.Explain(recorded, direction) : null;
        Report(shown, ground.Next(recorded, direction), explanations);
    }

    /// <summary>An empty body, or the page of an HTTP error, which the gateway never relays. A SOAP fault travels with 500.</summary>
    private static bool IsNoMessage(RecordedMessage recorded) =>
        recorded.Status is 204 or (>= 300 and not 500) || recorded.Body.Span.IndexOfAnyExcept(" \t\r\n"u8) < 0;

    private void Report(string shown, Inspection inspection, IReadOnlyList<RuleExplanation>? explanations)
    {
        var decision = inspection.Decision;
        refused |= !decision.Forwards;
        var lifted = decision.Hits.Where(h => h.Exception is not null).Select(h => new Lifted(h.RuleId, h.Exception!)).Distinct().ToArray();
        Print(new Line(
            shown,
            decision.Verdict.ToString().ToLowerInvariant(),
            decision.Reasons,
            [.. decision.Hits.Where(h => h.Exception is null).Select(h => h.RuleId).Distinct(StringComparer.Ordinal)],
            inspection.Message is { } message ? MessageLine.Of(message) : null)
        {
            Parameters = decision.Hits.Any(h => h.Parameter.Length > 0) ? [.. decision.Hits.Where(h => h.Parameter.Length > 0).Select(h => h.Parameter).Distinct(StringComparer.Ordinal)] : null,
            Fault = decision.Fault?.Code,
            Lifted = lifted.Length > 0 ? lifted : null,
            OriginalHash = decision.OriginalHash.Length > 0 ? decision.OriginalHash : null,
            RuleSet = decision.RuleSetHash.Length > 0 ? decision.RuleSetHash : null,
            Explain = explanations is null ? null : [.. explanations.Select(ExplainLine.Of)],
        });
        if (OutputDirectory is { } directory && decision.Forwards)
        {
            Directory.CreateDirectory(directory);
            File.WriteAllBytes(System.IO.Path.Combine(directory, OutputName(shown)), inspection.Canonical.ToArray());
        }
    }

    private static string OutputName(string shown) =>
        shown == "-" ? "stdin.xml" : shown.TrimStart('.', '/').Contains('/', StringComparison.Ordinal) && !File.Exists(shown) ? shown.Replace('/', '_') : System.IO.Path.GetFileName(shown);

    private byte[]? Read(string file)
    {
        try
        {
            if (file != "-")
            {
                return File.ReadAllBytes(file);
            }

            using var copy = new MemoryStream();
            using var input = Console.OpenStandardInput();
            input.CopyTo(copy);
            return copy.ToArray();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            errors.WriteLine($"{file}: {problem.Message}");
            return null;
        }
    }

    private bool TryRecorded(byte[] bytes, string shown, out RecordedMessage recorded)
    {
        var readable = RecordedMessage.TryRead(bytes, out recorded, out var problem);
        if (!readable)
        {
            errors.WriteLine($"{shown}: {problem}");
        }

        return readable;
    }

    private void Print(Line line) => output.WriteLine(JsonSerializer.Serialize(line, RuleArguments.Json));

    private sealed record Line(string File, string Verdict, IReadOnlyList<string> Reasons, IReadOnlyList<string> Rules, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] MessageLine? Message)
    {
        public IReadOnlyList<string>? Parameters { get; init; }

        public int? Fault { get; init; }

        public IReadOnlyList<Lifted>? Lifted { get; init; }

        public string? OriginalHash { get; init; }

        public string? RuleSet { get; init; }

        public IReadOnlyList<ExplainLine>? Explain { get; init; }
    }

    private sealed record Lifted(string Rule, string Ticket);

    private sealed record MessageLine(string Rpc, string? Id, string Name, string Role, string Direction)
    {
        public static MessageLine Of(CwmpMessage message) => new(
            message.Rpc switch { RpcKind.Unknown => "unknown", RpcKind.Vendor => "vendor", var rpc => rpc.ToString() },
            message.Id,
            message.Name,
            message.Role.ToString().ToLowerInvariant(),
            message.Direction == Core.Cwmp.Direction.AcsToCpe ? "acs-to-cpe" : "cpe-to-acs");
    }

    internal sealed record ExplainLine(string Rule, bool Held, string Subject, string Value, IReadOnlyList<ConditionLine> Conditions, string? Exception)
    {
        public static ExplainLine Of(RuleExplanation e) => new(
            e.RuleId, e.Held, e.Subject, e.Value, [.. e.Conditions.Select(c => new ConditionLine(c.Condition, c.Truth.ToString().ToLowerInvariant()))], e.Exception);
    }

    internal sealed record ConditionLine(string Condition, string Says);
}
