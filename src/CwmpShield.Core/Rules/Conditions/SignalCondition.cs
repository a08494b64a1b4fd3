using CwmpShield.Core.Identity.Impersonation;
using CwmpShield.Core.Rules.Loading;
using CwmpShield.Core.Rules.Yaml;

namespace CwmpShield.Core.Rules.Conditions;

/// <summary><c>signal</c>: what is odd about how the sender claims to be its device; one of those named is enough.</summary>
internal sealed class SignalCondition(Signal signals, string text) : Condition
{
    /// <inheritdoc/>
    public override int Cost => 2;

    /// <summary>Compiles the condition.</summary>
    public static Condition? Compile(YamlNode node, CompileScope scope)
    {
        var signals = Read(node, scope.Bag);
        if (signals == Signal.None)
        {
            scope.Bag.Add(node, DiagnosticCode.MissingKey, "\"signal\" names no signal", $"one or more of: {string.Join(", ", SignalName.All)}");
        }

        return new SignalCondition(signals, YamlPrinter.Print(node));
    }

    /// <summary>The signals that a node names; a word that is none is a problem.</summary>
    public static Signal Read(YamlNode node, DiagnosticBag bag)
    {
        var signals = Signal.None;
        foreach (var word in MapReader.TextsOf(node, "signal", bag))
        {
            if (SignalName.TryParse(word.Value, out var signal))
            {
                signals |= signal;
            }
            else
            {
                bag.Add(word, DiagnosticCode.UnknownWord, $"no such signal \"{word.Value}\"", Words.DidYouMean(word.Value, SignalName.All) is { Length: > 0 } meant ? meant : $"one of: {string.Join(", ", SignalName.All)}");
            }
        }

        return signals;
    }

    /// <inheritdoc/>
    public override Truth Evaluate(Judgement judgement, in Subject subject) => ((judgement.Signals & signals) != Signal.None).ToTruth();

    /// <inheritdoc/>
    public override string Describe() => $"signal: {text}";
}
