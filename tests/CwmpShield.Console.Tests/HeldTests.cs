using System.Net;
using CwmpShield.Core.Audit;
using CwmpShield.Gateway.Auditing;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.WebConsole.Accounts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace CwmpShield.Console.Tests;

[Collection(BrowserCollection.Name)]
public sealed class HeldTests(Browser browser)
{
    [Fact]
    public async Task Releases_a_held_order_once_with_a_reason_that_is_recorded_before_it_is_done()
    {
        await using var lab = await EvidenceLab.StartAsync();
        await EvidenceLab.HoldAsync(lab);
        await using var olaf = await (await browser.VisitAsync(lab, javaScript: false)).SignInAsync(ConsoleLab.Operator);
        await olaf.Page.GetByRole(AriaRole.Link, new() { Name = "Held orders", Exact = true }).ClickAsync();
        await olaf.Page.GetByRole(AriaRole.Link, new() { Name = "1", Exact = true }).ClickAsync();
        await olaf.Page.GetByLabel("Reason").FillAsync("CHG-1207");
        await olaf.Page.GetByRole(AriaRole.Button, new() { Name = "Release once" }).ClickAsync();
        await olaf.Page.GetByText("Released: it passes once").WaitForAsync();

        Assert.Equal(HeldStatus.Released, (await OrderAsync(lab)).Status);
        var record = (await RecordsAsync(lab)).Single(one => one.Action == "held-release");
        Assert.Equal(("olaf", "1", EvidenceLab.Device.ToString(), "CHG-1207"), (record.Actor, record.Subject, record.Device, record.Detail));
        Assert.Empty(olaf.Complaints);
    }

    [Fact]
    public async Task Rejects_a_held_order()
    {
        await using var lab = await EvidenceLab.StartAsync();
        await EvidenceLab.HoldAsync(lab);
        using var olaf = await ConsoleClient.SignedInAsync(lab, ConsoleLab.Operator);
        Assert.Equal(HttpStatusCode.Redirect, (await olaf.PostAsync("/held/1", await olaf.TokenAsync("/held/1"), ("act", "reject"), ("reason", "SEC-9"))).StatusCode);
        Assert.Equal(HeldStatus.Rejected, (await OrderAsync(lab)).Status);
        Assert.Contains(await RecordsAsync(lab), one => one is { Action: "held-reject", Detail: "SEC-9" });
    }

    [Theory]
    [InlineData("release", "")]
    [InlineData("release", " ")]
    [InlineData("approve", "CHG-1")]
    [InlineData("confirm", "CHG-1")]
    public async Task Refuses_a_decision_without_reason_or_sense(string act, string reason)
    {
        await using var lab = await EvidenceLab.StartAsync();
        await EvidenceLab.HoldAsync(lab);
        using var olaf = await ConsoleClient.SignedInAsync(lab, ConsoleLab.Operator);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await olaf.PostAsync("/held/1", await olaf.TokenAsync("/held/1"), ("act", act), ("reason", reason))).StatusCode);
        Assert.Equal(HeldStatus.Held, (await OrderAsync(lab)).Status);
    }

    [Fact]
    public async Task Refuses_a_release_by_who_is_no_operator_and_one_without_its_form()
    {
        await using var lab = await EvidenceLab.StartAsync();
        await EvidenceLab.HoldAsync(lab);
        using var anna = await ConsoleClient.SignedInAsync(lab, ConsoleLab.Auditor);
        using var olaf = await ConsoleClient.SignedInAsync(lab, ConsoleLab.Operator);
        Assert.Equal(HttpStatusCode.Forbidden, (await anna.PostAsync("/held/1", await anna.TokenAsync("/held"), ("act", "release"), ("reason", "x"))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await olaf.PostAsync("/held/1", null, ("act", "release"), ("reason", "x"))).StatusCode);
        Assert.DoesNotContain("Release once", await (await anna.GetAsync("/held/1")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HeldStatus.Held, (await OrderAsync(lab)).Status);
    }

    [Fact]
    public async Task Releases_only_when_a_second_operator_confirms_where_two_are_asked_for()
    {
        await using var lab = await EvidenceLab.StartAsync(twoPersons: true);
        await EvidenceLab.HoldAsync(lab);
        await lab.Accounts.AddAsync("otto", ConsoleRole.Operator, ConsoleLab.Password, default);
        await using var olaf = await (await browser.VisitAsync(lab)).SignInAsync(ConsoleLab.Operator);
        await olaf.OpenAsync("/held/1");
        await olaf.Page.GetByLabel("Reason").FillAsync("CHG-1");
        await olaf.Page.GetByRole(AriaRole.Button, new() { Name = "Propose to release" }).ClickAsync();
        await olaf.Page.GetByText("another operator must confirm").WaitForAsync();
        Assert.Equal(0, await olaf.Page.GetByRole(AriaRole.Button, new() { Name = "Confirm the release" }).CountAsync());

        using (var same = await ConsoleClient.SignedInAsync(lab, ConsoleLab.Operator))
        {
            var token = await same.TokenAsync("/held/1");
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await same.PostAsync("/held/1", token, ("act", "confirm"), ("reason", "me again"))).StatusCode);
        }

        Assert.Equal(HeldStatus.Held, (await OrderAsync(lab)).Status);
        await using var otto = await (await browser.VisitAsync(lab)).SignInAsync("otto");
        await otto.OpenAsync("/held/1");
        Assert.Equal("", await otto.AccessibilityAsync());
        await otto.Page.GetByLabel("Reason").FillAsync("checked");
        await otto.Page.GetByRole(AriaRole.Button, new() { Name = "Confirm the release" }).ClickAsync();
        await otto.Page.GetByText("Released: it passes once").WaitForAsync();
        Assert.Equal(HeldStatus.Released, (await OrderAsync(lab)).Status);
        var records = await RecordsAsync(lab);
        Assert.Contains(records, one => one is { Action: "held-propose", Actor: "olaf" });
        Assert.Contains(records, one => one is { Action: "held-release", Actor: "otto", Detail: "proposed by olaf: checked" });
    }

    [Fact]
    public async Task Confirms_no_other_proposal_than_the_one_that_was_shown()
    {
        await using var lab = await EvidenceLab.StartAsync(twoPersons: true);
        await EvidenceLab.HoldAsync(lab);
        await lab.Accounts.AddAsync("otto", ConsoleRole.Operator, ConsoleLab.Password, default);
        using var olaf = await ConsoleClient.SignedInAsync(lab, ConsoleLab.Operator);
        using var otto = await ConsoleClient.SignedInAsync(lab, "otto");
        async Task<HttpStatusCode> ProposeAsync(string hours) =>
            (await olaf.PostAsync("/held/1", await olaf.TokenAsync("/held/1"), ("act", "release"), ("reason", "CHG-1"), ("hours", hours))).StatusCode;
        async Task<string> ShownAsync() => System.Text.RegularExpressions.Regex.Match(
            await (await otto.GetAsync("/held/1")).Content.ReadAsStringAsync(), "name=\"proposal\" value=\"(?<number>[0-9]+)\"", System.Text.RegularExpressions.RegexOptions.NonBacktracking).Groups["number"].Value;
        async Task<HttpStatusCode> ConfirmAsync(string shown) =>
            (await otto.PostAsync("/held/1", await otto.TokenAsync("/held/1"), ("act", "confirm"), ("reason", "checked"), ("proposal", shown))).StatusCode;
        Assert.Equal(HttpStatusCode.Redirect, await ProposeAsync("1"));
        var first = await ShownAsync();

        Assert.Equal(HttpStatusCode.Redirect, await ProposeAsync("168"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, await ConfirmAsync(first));
        Assert.Equal(HeldStatus.Held, (await OrderAsync(lab)).Status);
        Assert.Equal(HttpStatusCode.Redirect, await ConfirmAsync(await ShownAsync()));
        Assert.Equal(HeldStatus.Released, (await OrderAsync(lab)).Status);
    }

    [Theory]
    [InlineData("/held/99", 404)]
    [InlineData("/held/0", 404)]
    [InlineData("/held?after=-1", 400)]
    [InlineData("/held?all=maybe", 400)]
    public async Task Answers_odd_addresses_plainly(string path, int status)
    {
        await using var lab = await ConsoleLab.StartAsync();
        using var vera = await ConsoleClient.SignedInAsync(lab, ConsoleLab.Viewer);
        Assert.Equal(status, (int)(await vera.GetAsync(path)).StatusCode);
    }

    private static async Task<HeldOrder> OrderAsync(ConsoleLab lab) => (await lab.Services.GetRequiredService<HeldOrderStore>().FindAsync(1, default))!;

    private static async Task<IReadOnlyList<AuditRecord>> RecordsAsync(ConsoleLab lab) =>
        [.. (await lab.Services.GetRequiredService<LedgerSearch>().FindAsync(new LedgerQuery { Kinds = [AuditKind.OperatorAction] }, default)).Select(row => row.Record)];
}
