using System.Net;
using CwmpShield.Gateway.WebConsole.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace CwmpShield.Console.Tests;

/// <summary>No page works longer than a page may, however large the ledger and however odd the question.</summary>
public sealed class PageTimeTests
{
    private const int Records = 300_000;

    [Theory]
    [InlineData("/ledger?model=00AABB-X&from=2000-01-01")]
    [InlineData("/ledger?message=Reboot&from=2000-01-01")]
    public async Task Gives_up_what_takes_too_long_and_says_so(string path)
    {
        await using var lab = await ConsoleLab.StartAsync(configure: builder => builder.Services.AddSingleton(new PageTime(TimeSpan.FromMilliseconds(5))));
        await FillAsync(lab);
        using var anna = await ConsoleClient.SignedInAsync(lab, ConsoleLab.Auditor);

        // A timer may come late on a machine that does other things; the page is then done first.
        var answer = await anna.GetAsync(path);
        for (var i = 0; i < 20 && answer.StatusCode == HttpStatusCode.OK; i++)
        {
            answer.Dispose();
            answer = await anna.GetAsync(path);
        }

        Assert.Equal(HttpStatusCode.GatewayTimeout, answer.StatusCode);
        Assert.Contains("took too long", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static ValueTask<int> FillAsync(ConsoleLab lab) => lab.Store.WriteAsync(
        async commands =>
        {
            await commands.ExecuteAsync("INSERT INTO ledger_chain (node) VALUES ('other')");
            return await commands.ExecuteAsync(
                $"""
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {Records})
                INSERT INTO ledger (chain, seq, at, kind, refused, device, model, session, source, message, verdict, rule, reason, actor, body, hash)
                SELECT (SELECT id FROM ledger_chain WHERE node = 'other'), i, 1700000000000 + i, 'message-refused', 1, '', '', '', '192.0.2.1', 'Inform', 'deny', '', 'no-body', '', X'7B7D', X'00' FROM n
                """);
        },
        default);
}
