using System.Diagnostics;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Decisions;

namespace CwmpShield.Gateway.Telemetry.Tracing;

/// <summary>
/// The spans that the gateway makes of its own work. Where nobody listens there are none, and nothing is allocated. What may stand in one is
/// what <see cref="SpanScrub"/> lets through: closed words and numbers, and of the device only the name of its session.
/// </summary>
internal static class ExchangeSpans
{
    /// <summary>Reading, judging and writing one message.</summary>
    public const string Judge = "cwmpshield.judge";

    /// <summary>One thing said to the ACS, and its answer.</summary>
    public const string Acs = "cwmpshield.acs";

    /// <summary>Tag: the session's public name, as in the ledger.</summary>
    public const string Session = "cwmpshield.session";

    /// <summary>Tag: which way the message goes.</summary>
    public const string Way = "cwmpshield.direction";

    /// <summary>Tag: the message's RPC.</summary>
    public const string Rpc = "cwmpshield.rpc";

    /// <summary>Tag: the verdict.</summary>
    public const string Verdict = "cwmpshield.verdict";

    /// <summary>Tag: the first reason of a verdict.</summary>
    public const string Reason = "cwmpshield.reason";

    /// <summary>Tag: the first rule of a verdict.</summary>
    public const string Rule = "cwmpshield.rule";

    /// <summary>Tag: the status of the answer.</summary>
    public const string Status = "http.response.status_code";

    private const string IsExchange = "cwmpshield.exchange";
    private static readonly ActivitySource Source = new(ExchangeTrace.SourceName);

    /// <summary>The request in progress is one of the data path; spans of any other are not sent.</summary>
    public static void Begun()
    {
        if (Activity.Current is { Recorded: true } request)
        {
            request.SetCustomProperty(IsExchange, IsExchange);
        }
    }

    /// <summary>The request in progress is answered.</summary>
    public static void Answered(int status)
    {
        if (Activity.Current is { Recorded: true } request)
        {
            request.SetTag(Status, status);
        }
    }

    /// <summary>Whether <paramref name="span"/> is the request of an exchange.</summary>
    public static bool IsOfExchange(Activity span) => span.GetCustomProperty(IsExchange) is not null;

    /// <summary>The request in progress belongs to a session.</summary>
    public static void BelongsTo(string session)
    {
        if (Activity.Current is { Recorded: true } request)
        {
            request.SetTag(Session, session);
        }
    }

    /// <summary>Begins a span of a session's; null where nobody listens. Disposing of it ends it.</summary>
    public static Activity? Begin(string name, string? session, ActivityKind kind = ActivityKind.Internal)
    {
        var span = Source.StartActivity(name, kind);
        if (session is not null)
        {
            span?.SetTag(Session, session);
        }

        return span;
    }

    /// <summary>Says what a message was, and what became of it.</summary>
    public static void Judged(Activity? span, Direction direction, Core.Decisions.Inspection inspection)
    {
        if (span is not { IsAllDataRequested: true })
        {
            return;
        }

        var decision = inspection.Decision;
        span.SetTag(Way, direction == Direction.CpeToAcs ? "up" : "down");
        span.SetTag(Rpc, (inspection.Message?.Rpc ?? RpcKind.Unknown).ToString());
        span.SetTag(Verdict, decision.Verdict.ToString());
        if (decision.Verdict is not Core.Decisions.Verdict.Forward)
        {
            span.SetTag(Reason, decision.Reasons.Count > 0 ? decision.Reasons[0] : null);
            span.SetTag(Rule, decision.Hits.Count > 0 ? decision.Hits[0].RuleId : null);
        }
    }
}
