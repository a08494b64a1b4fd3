using CwmpShield.Core.Identity.Rotation;
using CwmpShield.Core.Rules.Loading;
using CwmpShield.Core.Rules.Yaml;

namespace CwmpShield.Core.Rules.Conditions;

/// <summary><c>credential</c>: what is wrong with the credentials that the order gives its device; one of those named is enough.</summary>
internal sealed class CredentialCondition(CredentialFlaw flaws, string text) : Condition
{
    /// <inheritdoc/>
    public override int Cost => 2;

    /// <summary>Compiles the condition.</summary>
    public static Condition? Compile(YamlNode node, CompileScope scope) => new CredentialCondition(Read(node, scope.Bag), YamlPrinter.Print(node));

    /// <summary>The flaws that a node names; a word that is none is a problem.</summary>
    public static CredentialFlaw Read(YamlNode node, DiagnosticBag bag)
    {
        var flaws = CredentialFlaw.None;
        foreach (var word in MapReader.TextsOf(node, "credential", bag))
        {
            var flaw = CredentialFlawName.Read(word.Value);
            flaws |= flaw;
            if (flaw == CredentialFlaw.None)
            {
                bag.Add(word, DiagnosticCode.UnknownWord, $"no such flaw \"{word.Value}\"", $"one of: {string.Join(", ", CredentialFlawName.All)}");
            }
        }

        return flaws;
    }

    /// <inheritdoc/>
    public override Truth Evaluate(Judgement judgement, in Subject subject) => ((judgement.Credentials & flaws) != CredentialFlaw.None).ToTruth();

    /// <inheritdoc/>
    public override string Describe() => $"credential: {text}";
}
