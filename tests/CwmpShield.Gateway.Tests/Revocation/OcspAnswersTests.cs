using System.Security.Cryptography.X509Certificates;
using CwmpShield.Core.Identity.Revocation;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Listening;
using CwmpShield.Gateway.Revocation;

namespace CwmpShield.Gateway.Tests.Revocation;

/// <summary>How long an answer counts, and when it is asked for again.</summary>
public sealed class OcspAnswersTests : IDisposable
{
    private readonly RevocationLab lab = new();
    private readonly StandingClock clock = new();
    private readonly OcspAnswers answers;
    private readonly DeviceCertificate device;

    public OcspAnswersTests()
    {
        answers = new OcspAnswers(new RevocationOptions { StaleAfter = TimeSpan.FromMinutes(10) }, clock);
        using var certificate = lab.Device();
        Assert.Equal("", CertificatePath.Judge(certificate, [], ClientCaBundle.Load(lab.Tls.CaPath), new CertificatePolicy(), clock.GetUtcNow(), out var read));
        device = read!;
    }

    public void Dispose() => lab.Dispose();

    private RevocationStanding Standing => answers.StandingOf(device, clock.GetUtcNow());

    [Fact]
    public void Asks_once_for_what_it_does_not_know()
    {
        Assert.Equal(RevocationStanding.Pending, Standing);
        Assert.Equal(RevocationStanding.Pending, Standing);
        Assert.Equal(1, answers.Queue.Count);
    }

    [Fact]
    public void Asks_again_at_half_of_an_answers_life_and_counts_it_until_it_is_stale()
    {
        Take(OcspStatus.Good, TimeSpan.FromMinutes(20));
        Assert.Equal(RevocationStanding.Good, Standing);
        Assert.Equal(0, answers.Queue.Count);

        clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(RevocationStanding.Good, Standing);
        Assert.Equal(1, answers.Queue.Count);

        clock.Advance(TimeSpan.FromMinutes(20));
        Assert.Equal(RevocationStanding.Good, Standing);
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(RevocationStanding.Stale, Standing);
    }

    [Fact]
    public void Keeps_an_answer_when_the_responder_fails_and_asks_again_later()
    {
        Take(OcspStatus.Revoked, TimeSpan.FromMinutes(20));
        answers.Fail(device);
        Assert.Equal(RevocationStanding.Revoked, Standing);
        Assert.Equal(0, answers.Queue.Count);

        clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(RevocationStanding.Revoked, Standing);
        Assert.Equal(1, answers.Queue.Count);
    }

    [Fact]
    public void Refuses_an_answer_that_is_older_than_the_last()
    {
        Take(OcspStatus.Revoked, TimeSpan.FromMinutes(20));
        var old = new OcspAnswer(OcspStatus.Good, clock.GetUtcNow().AddMinutes(-1), clock.GetUtcNow().AddHours(1));

        Assert.False(answers.Take(device, old));
        Assert.Equal(RevocationStanding.Revoked, Standing);
    }

    [Fact]
    public void Knows_nothing_where_the_responder_knows_nothing()
    {
        Take(OcspStatus.Unknown, TimeSpan.FromMinutes(20));
        Assert.Equal(RevocationStanding.Unknown, Standing);
    }

    private void Take(OcspStatus status, TimeSpan life) =>
        Assert.True(answers.Take(device, new OcspAnswer(status, clock.GetUtcNow(), clock.GetUtcNow() + life)));

    private sealed class StandingClock : TimeProvider
    {
        private DateTimeOffset now = System.GetUtcNow();

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => now;

        public override long GetTimestamp() => now.UtcTicks;

        public void Advance(TimeSpan span) => now += span;
    }
}
