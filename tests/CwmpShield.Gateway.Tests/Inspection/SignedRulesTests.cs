using System.Security.Cryptography;
using System.Text;
using CwmpShield.Core.Rules;
using CwmpShield.Core.Rules.Signing;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Tests.Auditing;
using CwmpShield.Gateway.Inspection;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Telemetry;
using CwmpShield.Gateway.Tests.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace CwmpShield.Gateway.Tests.Inspection;

/// <summary>Rules that must be signed: nothing unsigned, ended or older comes into force, at the start and afterwards.</summary>
public sealed class SignedRulesTests : IDisposable
{
    private const string First = "cwmpshield: 1\nrules: []\n";

    private readonly TemporaryFolder state = new();
    private readonly DirectoryInfo rules = Directory.CreateTempSubdirectory("cwmpshield-signed-");
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ShieldMetrics metrics = new();
    private readonly SqliteStore store;

    public SignedRulesTests()
    {
        store = SqliteStore.Open(state.File("state.db"));
        state.Write("key.pem", key.ExportSubjectPublicKeyInfoPem());
    }

    public void Dispose()
    {
        store.Dispose();
        key.Dispose();
        metrics.Dispose();
        state.Dispose();
        rules.Delete(recursive: true);
    }

    [Fact]
    public void Refuses_to_start_with_rules_that_nobody_signed()
    {
        Write(First);
        Assert.Contains("CSR0301", Assert.Throws<RulesException>(Hold).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_to_start_with_rules_that_another_key_signed()
    {
        Write(First);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Sign(1, other);
        Assert.Throws<RulesException>(Hold);
    }

    [Fact]
    public void Refuses_to_start_when_the_signature_has_ended()
    {
        Write(First);
        Sign(1, key, TimeProvider.System.GetUtcNow().AddMinutes(-1));
        Assert.Throws<RulesException>(Hold);
    }

    [Fact]
    public void Refuses_to_start_without_the_trusted_key()
    {
        Write(First);
        Sign(1, key);
        File.Delete(state.File("key.pem"));
        Assert.Throws<RulesException>(Hold);
    }

    [Fact]
    public async Task Keeps_the_last_good_rules_until_the_changed_ones_are_signed()
    {
        Write(First);
        Sign(1, key);
        var holder = Hold();
        var before = holder.Current;

        Write(First + "# changed\n");
        holder.Poll();
        Assert.Same(before, holder.Current);

        Sign(2, key);
        holder.Poll();
        Assert.NotSame(before, holder.Current);
        Assert.Equal(2, await new RuleVersionMemory(store).ReachedAsync(default));
    }

    [Fact]
    public void Refuses_an_older_version_with_a_good_signature_even_after_a_restart()
    {
        Write(First);
        Sign(7, key);
        var holder = Hold();
        var before = holder.Current;

        Write(First + "# as it was once\n");
        Sign(6, key);
        holder.Poll();
        Assert.Same(before, holder.Current);
        Assert.Contains("older", Assert.Throws<RulesException>(Hold).Message, StringComparison.Ordinal);

        Sign(7, key);
        Assert.NotEqual(before.Hash, Hold().Current.Hash);
    }

    [Fact]
    public async Task Keeps_the_last_good_rules_while_the_version_cannot_be_remembered_and_tries_again()
    {
        Write(First);
        Sign(1, key);
        var holder = Hold();
        var before = holder.Current;
        Write(First + "# changed\n");
        Sign(2, key);

        await store.WriteAsync(commands => commands.ExecuteAsync("ALTER TABLE setting RENAME TO away"), default);
        holder.Poll();
        Assert.Same(before, holder.Current);

        await store.WriteAsync(commands => commands.ExecuteAsync("ALTER TABLE away RENAME TO setting"), default);
        holder.Poll();
        Assert.NotSame(before, holder.Current);
    }

    private void Write(string text) => File.WriteAllText(Path.Combine(rules.FullName, "rules.yaml"), text);

    private void Sign(long version, ECDsa with, DateTimeOffset? expires = null)
    {
        var index = RuleIndexText.Of(rules.FullName, version, expires ?? TimeProvider.System.GetUtcNow().AddDays(1), out var problems);
        Assert.Empty(problems);
        var text = Encoding.UTF8.GetBytes(index!.ToString());
        File.WriteAllBytes(Path.Combine(rules.FullName, RuleIndexText.FileName), text);
        File.WriteAllBytes(Path.Combine(rules.FullName, RuleIndexText.SignatureName), RuleSignature.Sign(text, with.ExportPkcs8PrivateKeyPem())!);
    }

    private RuleSetHolder Hold() => new(
        new GatewayOptions { Rules = new RulesOptions { Path = rules.FullName, RequireSignedRules = true, TrustedKeyFile = state.File("key.pem") } },
        new RuleVersionMemory(store),
        metrics,
        UnreadLedger.Changes(),
        new BreakGlass(metrics, TimeProvider.System),
        TimeProvider.System,
        NullLogger<RuleSetHolder>.Instance);
}
