using System.CommandLine;
using System.Net;
using System.Text.RegularExpressions;
using CwmpShield.Cli;

namespace CwmpShield.Console.Tests;

/// <summary>The demonstration lets its visitor into the console.</summary>
public sealed partial class DemoTests
{
    [Fact]
    public async Task Lets_a_visitor_see_what_was_refused_while_it_goes_on_running()
    {
        using var ctrlC = new CancellationTokenSource();
        var printed = new Printed();
        var playing = new RootCommand { DemoCommand.Create() }.Parse(["demo"]).InvokeAsync(
            new InvocationConfiguration { Output = printed, Error = printed }, ctrlC.Token);
        var ended = await Task.WhenAny(playing, printed.Invitation.Task.WaitAsync(TimeSpan.FromMinutes(2)));
        Assert.True(ended != playing, printed.ToString());
        var invitation = Invitation().Match(await printed.Invitation.Task);
        var address = new Uri(invitation.Groups["address"].Value);

        using var client = ConsoleClient.At(address);
        var answer = await client.PostAsync(
            "/sign-in", await client.TokenAsync("/sign-in"), ("name", invitation.Groups["name"].Value), ("password", invitation.Groups["password"].Value));
        var refusals = await (await client.GetAsync("/refusals")).Content.ReadAsStringAsync();
        var sessions = await SessionsAsync(client);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (await SessionsAsync(client) == sessions)
        {
            await Task.Delay(200, patience.Token);
        }

        await ctrlC.CancelAsync();

        Assert.True(address.IsLoopback);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Contains("DEMO0001", refusals, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Ok, await playing);
    }

    private static async Task<string> SessionsAsync(ConsoleClient client) => string.Join(
        '\n', (await (await client.GetAsync("/metrics")).Content.ReadAsStringAsync()).Split('\n').Where(line => line.StartsWith("cwmpshield_sessions_total{", StringComparison.Ordinal)));

    [GeneratedRegex("console: (?<address>\\S+) +name: (?<name>\\S+) +password: (?<password>\\S+)", RegexOptions.NonBacktracking)]
    private static partial Regex Invitation();

    /// <summary>What is printed, and the line that says where the console is.</summary>
    private sealed class Printed : StringWriter
    {
        public TaskCompletionSource<string> Invitation { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (value?.Contains("password: ", StringComparison.Ordinal) == true)
            {
                Invitation.TrySetResult(value);
            }
        }
    }
}
