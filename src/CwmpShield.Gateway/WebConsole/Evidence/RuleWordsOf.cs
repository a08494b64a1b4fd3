using CwmpShield.Core.Rules;
using CwmpShield.Gateway.WebConsole.Pages;
using Microsoft.AspNetCore.Html;

namespace CwmpShield.Gateway.WebConsole.Evidence;

/// <summary>Words and badges of rules.</summary>
internal static class RuleWordsOf
{
    /// <summary>Badge of a severity.</summary>
    public static IHtmlContent Severity(Severity severity) => Badge.Of(severity.ToString().ToLowerInvariant(), severity switch
    {
        Core.Rules.Severity.Critical or Core.Rules.Severity.High => "bad",
        Core.Rules.Severity.Medium => "warn",
        Core.Rules.Severity.Low => "info",
        _ => "quiet",
    });

    /// <summary>Badge of a maturity.</summary>
    public static IHtmlContent Maturity(Maturity maturity) =>
        Badge.Of(maturity.ToString().ToLowerInvariant(), maturity == Core.Rules.Maturity.Stable ? "good" : maturity == Core.Rules.Maturity.Incubating ? "info" : "quiet");

    /// <summary>What a rule asks for, in the word of rule files.</summary>
    public static string Action(RuleAction action) => action.ToString().ToLowerInvariant();
}
