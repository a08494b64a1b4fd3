using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Rules;

namespace CwmpShield.Core.Decisions;

/// <summary>Chooses the CWMP fault that tells of a refusal (TR-069 A.5).</summary>
internal static class FaultChoice
{
    private const int MethodNotSupportedByDevice = 9000;
    private const int RequestDenied = 9001;
    private const int DeviceInternalError = 9002;
    private const int InvalidArguments = 9003;
    private const int InvalidParameterName = 9005;
    private const int InvalidParameterValue = 9007;
    private const int MethodNotSupportedByAcs = 8000;
    private const int DeniedByAcs = 8001;
    private const int InvalidArgumentsAtAcs = 8003;

    /// <summary>For a body that is no message: an order is denied, a call of the device is invalid.</summary>
    public static CwmpFault Unreadable(Direction direction, string reason) =>
        new(direction == Direction.AcsToCpe ? RequestDenied : InvalidArgumentsAtAcs, Text(reason));

    /// <summary>For a method that may not pass.</summary>
    public static CwmpFault UnknownRpc(CwmpMessage message) =>
        new(message.IsOrder ? MethodNotSupportedByDevice : message.Role == MessageRole.Request ? MethodNotSupportedByAcs : DeviceInternalError, Text(RuleReason.RpcUnknown));

    /// <summary>For a parameter name that devices could read differently.</summary>
    public static CwmpFault BadName(CwmpMessage message, string reason, string parameter) =>
        message.Rpc == RpcKind.SetParameterValues
            ? new CwmpFault(InvalidArguments, Text(reason), [new ParameterFault(parameter, InvalidParameterName, Text(reason))])
            : new CwmpFault(RequestDenied, Text(reason));

    /// <summary>The fault with the words of a rule, which tell more than that the method or the name is unknown.</summary>
    public static CwmpFault Naming(CwmpFault fault, Rule rule) => fault with { Text = Text(rule.Id) };

    /// <summary>For what rules refuse; the first match decides the code.</summary>
    /// <param name="message">What is refused.</param>
    /// <param name="refusing">The matches that refuse it.</param>
    /// <param name="remark">What the artefact gate says of it; empty when it says nothing.</param>
    public static CwmpFault ByRules(CwmpMessage message, IReadOnlyList<RuleMatch> refusing, string remark)
    {
        var rule = refusing[0].Rule;
        var text = Text(remark.Length == 0 || remark == rule.Id ? rule.Id : $"{rule.Id} ({remark})");
        if (!message.IsOrder)
        {
            var ofAcs = message.Role == MessageRole.Request;
            var code = rule.Fault is { } given && given < 9000 == ofAcs ? given : ofAcs ? DeniedByAcs : DeviceInternalError;
            return new CwmpFault(code, text);
        }

        var parameters = message.Rpc == RpcKind.SetParameterValues && rule.Fault is null or InvalidArguments ? ParametersOf(refusing) : [];
        return parameters.Count > 0
            ? new CwmpFault(InvalidArguments, text, parameters)
            : new CwmpFault(rule.Fault is >= 9000 ? rule.Fault.Value : RequestDenied, text);
    }

    private static List<ParameterFault> ParametersOf(IReadOnlyList<RuleMatch> refusing)
    {
        List<ParameterFault> faults = [];
        HashSet<string> seen = new(StringComparer.OrdinalIgnoreCase);
        foreach (var match in refusing)
        {
            if (match.Parameter is { } parameter && seen.Add(parameter.Name))
            {
                faults.Add(new ParameterFault(parameter.Name, InvalidParameterValue, Text(match.Rule.Id)));
            }
        }

        return faults;
    }

    private static string Text(string word) => $"Refused by the security gateway: {word}";
}
