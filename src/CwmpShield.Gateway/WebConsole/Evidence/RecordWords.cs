using CwmpShield.Core.Audit;
using CwmpShield.Core.Audit.Export;
using CwmpShield.Gateway.WebConsole.Pages;
using Microsoft.AspNetCore.Html;

namespace CwmpShield.Gateway.WebConsole.Evidence;

/// <summary>Records in words and badges.</summary>
internal static class RecordWords
{
    /// <summary>The kind in words: <c>Order refused</c>.</summary>
    public static string Kind(AuditKind kind)
    {
        var word = AuditKindName.Of(kind).Replace('-', ' ');
        return char.ToUpperInvariant(word[0]) + word[1..];
    }

    /// <summary>Badge of what became of it; of its kind where nothing was judged.</summary>
    public static IHtmlContent Verdict(AuditRecord record) => record.Kind switch
    {
        AuditKind.OrderOutcome => Badge.Of(record.Action.Length > 0 ? record.Action : "outcome", record.Action == Auditing.AuditReason.Answered ? "good" : "warn"),
        _ when record.Verdict.Length > 0 => Verdict(record.Verdict),
        _ => Badge.Of(AuditKindName.Of(record.Kind).Replace('-', ' '), Tone(record)),
    };

    /// <summary>Badge of a verdict by the ledger's word.</summary>
    public static IHtmlContent Verdict(string verdict) => Badge.Of(WordOf(verdict), ToneOf(verdict));

    /// <summary>The word of a verdict as people say it.</summary>
    public static string WordOf(string verdict) => verdict switch
    {
        "forward" => "forwarded",
        "observe" => "observed",
        "neutralise" => "neutralised",
        "hold" => "held",
        "quarantine" => "quarantined",
        "deny" => "refused",
        _ => "no verdict",
    };

    /// <summary>Who sent what was judged.</summary>
    public static string From(AuditKind kind) => kind switch
    {
        AuditKind.OrderIntent or AuditKind.OrderRefused or AuditKind.OrderHeld or AuditKind.MirrorRewrite => "ACS",
        AuditKind.MessageRefused or AuditKind.OrderOutcome or AuditKind.Quarantined or AuditKind.Drift => "device",
        AuditKind.AuthenticationFailed => "stranger",
        AuditKind.OperatorAction or AuditKind.BreakGlass or AuditKind.Pruned => "operator",
        _ => "gateway",
    };

    /// <summary>An address, and whose it is: an order of the ACS carries the address of the device that it was for.</summary>
    public static string Source(AuditKind kind, string source) => From(kind) == "ACS" ? "device at " + source : source;

    /// <summary>What it was about, in one line: the file, the first parameters, a claimed name, or what was done to what.</summary>
    public static string About(AuditRecord record)
    {
        if (record.Artefact.Length > 0)
        {
            return record.Artefact;
        }

        if (record.Parameters.Count > 0)
        {
            var more = record.Parameters.Count - 1 + record.ParametersLeftOut;
            return Said(record.Parameters[0]) + (more > 0 ? FormattableString.Invariant($" and {more} more") : "");
        }

        return record.Kind == AuditKind.AuthenticationFailed
            ? record.Subject.Length > 0 ? "claims " + record.Subject : record.Detail
            : string.Join(' ', new[] { record.Kind == AuditKind.OrderOutcome ? "" : record.Action, record.Subject, record.Detail }.Where(text => text.Length > 0));
    }

    private static string Said(AuditParameter parameter) => parameter.Value is { } value ? $"{parameter.Name} = {value}" : parameter.Name;

    private static string ToneOf(string verdict) => verdict switch
    {
        "forward" => "good",
        "observe" => "info",
        "neutralise" or "hold" => "warn",
        "quarantine" or "deny" => "bad",
        _ => "quiet",
    };

    private static string Tone(AuditRecord record) => AuditSeverityOf.Record(record) switch
    {
        AuditSeverity.Critical or AuditSeverity.High => "bad",
        AuditSeverity.Medium => "warn",
        AuditSeverity.Low => "info",
        _ => "quiet",
    };
}
