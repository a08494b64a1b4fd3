using CwmpShield.Core.Rules;
using CwmpShield.Gateway.Inspection;

namespace CwmpShield.Gateway.WebConsole.Pages;

/// <summary>Who is excepted from which rules, and until when.</summary>
internal sealed class ExceptionsModel(RuleSetHolder holder, TimeProvider time) : ConsolePage
{
    /// <summary>The exceptions.</summary>
    public IReadOnlyList<RuleException> Exceptions { get; private set; } = [];

    /// <summary>When the page was made.</summary>
    public DateTimeOffset Now { get; private set; }

    /// <summary>Finds them.</summary>
    public void OnGet() => (Exceptions, Now) = (holder.Current.Exceptions, time.GetUtcNow());
}
