using System.Buffers;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Decisions;
using CwmpShield.Core.Wire;
using Judged = CwmpShield.Core.Decisions.Inspection;

namespace CwmpShield.Gateway.Tests.Doubles;

/// <summary>Real reading and writing with rules that a test can see through: what mentions <c>evil</c> is denied, <c>plague</c> is quarantined.</summary>
internal static class TestJudge
{
    public static Judged Inspect(in RawMessage raw, InspectionContext context)
    {
        if (!SoapReader.TryRead(raw.Body, raw.ContentType, context.Limits, out var envelope, out var error)
            || !CwmpMessageReader.TryRead(envelope!, raw.Direction, out var message, out error))
        {
            return new Judged { Decision = new Decision { Reasons = [error.Reason] } };
        }

        var text = System.Text.Encoding.UTF8.GetString(raw.Body.Span);
        var verdict = text.Contains("evil", StringComparison.Ordinal) ? Verdict.Deny
            : text.Contains("plague", StringComparison.Ordinal) ? Verdict.Quarantine
            : text.Contains("odd", StringComparison.Ordinal) ? Verdict.Observe
            : Verdict.Forward;
        if (verdict is Verdict.Deny or Verdict.Quarantine)
        {
            return new Judged { Decision = new Decision { Verdict = verdict, Reasons = ["test-rule"], Hits = [new RuleHit("test-rule", verdict)] }, Message = message };
        }

        var output = new ArrayBufferWriter<byte>();
        CwmpMessageWriter.Write(message!, output);
        return new Judged { Decision = new Decision { Verdict = verdict }, Message = message, Canonical = output.WrittenMemory };
    }
}
