using CwmpShield.Core.Decisions;
using CwmpShield.Core.Identity;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace CwmpShield.Gateway.WebConsole.Pages;

/// <summary>Words with a colour and a sign: never the colour alone.</summary>
internal static class Badge
{
    /// <summary>A badge of a tone: <c>good</c>, <c>bad</c>, <c>warn</c>, <c>info</c> or <c>quiet</c>.</summary>
    public static IHtmlContent Of(string word, string tone)
    {
        var tag = new TagBuilder("span");
        tag.AddCssClass($"badge {tone}");
        tag.InnerHtml.Append(word);
        return tag;
    }

    /// <summary>A verdict.</summary>
    public static IHtmlContent Of(Verdict verdict) => Of(WordOf(verdict), ToneOf(verdict));

    /// <summary>A device's status.</summary>
    public static IHtmlContent Of(DeviceStatus status) => Of(StatusName.Of(status), status switch
    {
        DeviceStatus.Active => "good",
        DeviceStatus.Bootstrap => "info",
        DeviceStatus.Quarantined => "bad",
        _ => "quiet",
    });

    /// <summary>How strongly a device is proven.</summary>
    public static IHtmlContent Of(IdentityStrength strength) => Of(StrengthName.Of(strength), strength switch
    {
        IdentityStrength.UniqueCertificate => "good",
        IdentityStrength.SharedCertificateAndPassword or IdentityStrength.PasswordOverTls => "info",
        IdentityStrength.DigestWithoutTls => "warn",
        _ => "quiet",
    });

    /// <summary>The word of a verdict.</summary>
    public static string WordOf(Verdict verdict) => verdict switch
    {
        Verdict.Forward => "forwarded",
        Verdict.Observe => "observed",
        Verdict.Neutralise => "neutralised",
        Verdict.Hold => "held",
        Verdict.Quarantine => "quarantined",
        _ => "refused",
    };

    /// <summary>The tone of a verdict.</summary>
    public static string ToneOf(Verdict verdict) => verdict switch
    {
        Verdict.Forward => "good",
        Verdict.Observe => "info",
        Verdict.Neutralise or Verdict.Hold => "warn",
        _ => "bad",
    };
}
