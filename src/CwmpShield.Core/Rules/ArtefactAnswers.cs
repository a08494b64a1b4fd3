using CwmpShield.Core.Firmware;

namespace CwmpShield.Core.Rules;

/// <summary>The gate's answers on one message. Rules ask the same of one subject one after the other, so that the last answer is kept.</summary>
internal sealed class ArtefactAnswers
{
    private (ArtefactSubject Of, object? Key, ArtefactAnswer? Answer) last;

    /// <summary>The answer on a subject; null where neither manifest nor URL keys are configured, or where nobody can know.</summary>
    public ArtefactAnswer? On(Judgement judgement, ArtefactSubject of, in Subject subject)
    {
        object? key = of == ArtefactSubject.Transfer ? subject.Transfer : subject.Parameter;
        if (!judgement.Artefacts.IsConfigured || key is null)
        {
            return null;
        }

        if (last.Of != of || !ReferenceEquals(last.Key, key))
        {
            last = (of, key, of switch
            {
                ArtefactSubject.Transfer => ArtefactGate.Judge(judgement.Artefacts, subject.Transfer!, judgement.Traits, judgement.Now),
                ArtefactSubject.Source => ArtefactGate.JudgeSource(judgement.Artefacts, subject.Parameter!.Value ?? "", judgement.Traits, judgement.Now),
                _ => FirmwareImages.Judge(judgement, subject.Parameter!),
            });
        }

        return last.Answer;
    }
}
