namespace CwmpShield.Core.Audit.Export;

/// <summary>What people read first of a record.</summary>
internal static class AuditSentence
{
    private const string Answered = "answered";

    /// <summary>The kind, and what it was about: <c>order refused: Download</c>.</summary>
    public static string Title(AuditRecord record)
    {
        var what = record.Message.Length > 0 ? record.Message : record.Action;
        var kind = AuditKindName.Of(record.Kind).Replace('-', ' ');
        return what.Length > 0 ? $"{kind}: {what}" : kind;
    }

    /// <summary><c>success</c> or <c>failure</c> of what the record tells, empty where it has neither, or not yet.</summary>
    public static string Outcome(AuditRecord record) => record.Kind switch
    {
        AuditKind.OrderOutcome => record.Action == Answered ? "success" : "failure",
        AuditKind.OperatorAction => record.Reasons.Count == 0 ? "success" : "failure",
        _ => record.IsRefusal ? "failure" : "",
    };
}
