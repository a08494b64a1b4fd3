using System.Buffers;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Decisions;
using CwmpShield.Core.Rules;
using CwmpShield.Core.Wire;

namespace CwmpShield.Bench;

/// <summary>The stages of judging one message, each with all that come before it.</summary>
internal static class Stages
{
    private static readonly SoapLimits Limits = SoapLimits.FromDevice with { MaxBytes = 32 << 20, MaxElements = 4_000_000 };

    public static SoapEnvelope Read(Sample sample) =>
        SoapReader.TryRead(sample.Body, "text/xml; charset=\"utf-8\"", Limits, out var envelope, out var error)
            ? envelope!
            : throw new InvalidOperationException(error.Reason);

    public static CwmpMessage Understand(Sample sample) =>
        CwmpMessageReader.TryRead(Read(sample), sample.Direction, out var message, out var error)
            ? message!
            : throw new InvalidOperationException(error.Reason);

    public static int Rewrite(Sample sample)
    {
        var output = new ArrayBufferWriter<byte>(sample.Body.Length + 512);
        CwmpMessageWriter.Write(Understand(sample), output);
        return output.WrittenCount;
    }

    public static Inspection Judge(Sample sample, RuleSet rules) =>
        Inspector.Inspect(rules, new RawMessage(sample.Direction, sample.Body), new InspectionContext { Limits = Limits, Now = DateTimeOffset.UnixEpoch });

    /// <summary>The rules in a directory; without one, the shipped rules of the repository.</summary>
    public static RuleSet Rules(string? path = null)
    {
        var result = RuleSetLoader.Load(path ?? Path.Combine(Repository(), "rules"));
        return result.Set ?? throw new InvalidOperationException(string.Join('\n', result.Diagnostics));
    }

    private static string Repository()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "CwmpShield.sln")))
        {
            directory = directory.Parent;
        }

        return directory?.FullName ?? ".";
    }
}
