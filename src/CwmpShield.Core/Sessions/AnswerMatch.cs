using CwmpShield.Core.Cwmp;

namespace CwmpShield.Core.Sessions;

/// <summary>Whether an answer belongs to what was asked: a response by method and cwmp:ID, a fault by cwmp:ID.</summary>
internal static class AnswerMatch
{
    /// <summary>Why the device's <paramref name="answer"/> is not the answer to <paramref name="order"/>, null when it is.</summary>
    /// <remarks>An order without an ID is answered with any: there is nothing to echo.</remarks>
    public static string? Violation(CwmpMessage order, CwmpMessage answer) =>
        order.Id is not null && !SameId(order, answer) ? SessionReason.AnswerIdMismatch
        : answer.Role == MessageRole.Response && !SameMethod(order, answer) ? SessionReason.AnswerNameMismatch
        : null;

    /// <summary>Why the ACS's <paramref name="answer"/> is not the answer to <paramref name="request"/>, null when it is.</summary>
    /// <remarks>Some ACSs leave the ID out of their answers; a wrong one is never accepted.</remarks>
    public static string? AcsViolation(CwmpMessage request, CwmpMessage answer) =>
        request.Id is not null && answer.Id is not null && !SameId(request, answer) ? SessionReason.AcsAnswerIdMismatch
        : answer.Role == MessageRole.Response && !SameMethod(request, answer) ? SessionReason.AcsAnswerNameMismatch
        : null;

    private static bool SameId(CwmpMessage asked, CwmpMessage answer) => string.Equals(asked.Id, answer.Id, StringComparison.Ordinal);

    private static bool SameMethod(CwmpMessage asked, CwmpMessage answer) =>
        asked.Rpc == answer.Rpc
        && (asked.Rpc is not (RpcKind.Vendor or RpcKind.Unknown)
            || string.Equals(asked.Name + "Response", answer.Name, StringComparison.Ordinal));
}
