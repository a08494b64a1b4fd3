using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text;
using CwmpShield.Soak.Rig;
using CwmpShield.Soak.Strangers;

namespace CwmpShield.Gateway.Tests.Hostile;

/// <summary>The XML safety matrix, and documents that are too much, sent by a device whose certificate is good.</summary>
[Collection(HostileGroup.Name)]
public sealed class XmlTests(HostileRig hostile)
{
    private const string Serial = "S1";
    private readonly TestRig rig = hostile.Rig;

    [Fact]
    public async Task Refuses_every_dangerous_case_of_the_matrix_and_writes_the_others_anew()
    {
        var wrong = new List<string>();
        foreach (var one in XmlCase.All)
        {
            var (answer, seen) = await SayAsync(one.Body);
            if (one.IsRefused != (answer.Status == 400) || one.IsRefused != seen.IsEmpty)
            {
                wrong.Add($"{one.Name}: {answer.Status}, the ACS saw {seen.Count} messages");
            }

            Assert.All(seen, body => Assert.DoesNotMatch("<!|<\\?(?!xml )", new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(body)));
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task Refuses_what_is_too_deep_too_wide_or_too_much_in_bounded_time_and_memory()
    {
        var before = rig.Gateway.Read();
        var wrong = new List<string>();
        foreach (var one in XmlGiant.All)
        {
            var clock = Stopwatch.StartNew();
            var processor = rig.Gateway.Read().Processor;
            var (answer, seen) = await SayAsync(one.Body);
            processor = rig.Gateway.Read().Processor - processor;
            var isRefused = answer.Status is 400 or 413 && seen.IsEmpty;
            if (isRefused != one.IsRefused || processor > TimeSpan.FromSeconds(5))
            {
                wrong.Add($"{one.Name}: {answer.Status} after {clock.Elapsed}, {processor} of processor time, the ACS saw {seen.Count} messages");
            }
        }

        Assert.Empty(wrong);
        Assert.True(rig.Gateway.Read().Megabytes < before.Megabytes + 512, $"{before} became {rig.Gateway.Read()}");
    }

    private async Task<(Answer Answer, ConcurrentQueue<byte[]> Seen)> SayAsync(byte[] body)
    {
        var seen = new ConcurrentQueue<byte[]>();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await using var line = await Line.OpenTlsAsync(
            rig.Gateway.Door("fleet"), IPAddress.Parse("127.66.201.1"), rig.Folder.CertificateOf(Serial), patience.Token);
        rig.Acs.Sees = message =>
        {
            // Nothing but Informs: the session before may still be ended at the ACS.
            if (message.AsSpan().IndexOf(":Inform>"u8) >= 0)
            {
                seen.Enqueue(message);
            }
        };
        try
        {
            var answer = await line.AskAsync(Messages.Post(body), patience.Token);
            if (answer.Status == 200)
            {
                await line.AskAsync(Messages.Post(Messages.Envelope("x", "")), patience.Token);
            }

            return (answer, new ConcurrentQueue<byte[]>(seen));
        }
        finally
        {
            rig.Acs.Sees = _ => { };
        }
    }
}
