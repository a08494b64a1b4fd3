using System.CommandLine;
using CwmpShield.Cli.Demo;

namespace CwmpShield.Cli;

/// <summary><c>cwmpshield demo</c>: the product at work within a minute, on loopback, leaving nothing behind.</summary>
internal static class DemoCommand
{
    private const string Account = "demo";

    /// <summary>Creates the verb.</summary>
    public static Command Create()
    {
        var once = new Option<bool>("--once") { Description = "Ends after the last attack: 0 when everything came out as it must, 1 otherwise." };
        var command = new Command(
            "demo",
            """
            Starts a gateway, an ACS and devices on loopback, plays ordinary sessions and then nine attacks, and prints what
            became of each. Then keeps running until Ctrl-C, so that the console and the metrics can be looked at: it prints where
            they are, and a name and a password for the console.

            Example: cwmpshield demo --once
            """)
        {
            once,
        };
        command.SetAction((result, cancellation) => RunAsync(result.GetValue(once), result.InvocationConfiguration.Output, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(bool once, TextWriter output, CancellationToken cancellation)
    {
        var table = DemoTable.ForConsole(output);
        table.Say("CwmpShield: starting a gateway with a CA, a registry and rules of its own, an ACS, and devices");
        await using var acs = await DemoAcs.StartAsync(cancellation);
        await using var gateway = await DemoGateway.StartAsync(acs.Address, cancellation);
        table.Remark($"devices with certificates: {gateway.Door("certificate")}   with passwords: {gateway.Door("password")}");
        table.Remark($"ACS: {acs.Address}   metrics: {gateway.Metrics}");

        var asItMust = await new DemoScript(gateway, acs, table).PlayAsync(cancellation);
        table.Say(asItMust ? "Every attack was refused, and no honest session noticed." : "Something did not come out as it must: see above.");
        if (!once)
        {
            await InviteAsync(gateway, table, cancellation);
            try
            {
                await new DemoTraffic(gateway, acs).RunAsync(cancellation);
            }
            catch (OperationCanceledException)
            {
                // Ctrl-C is how this ends.
            }
        }

        return asItMust ? ExitCode.Ok : ExitCode.Findings;
    }

    /// <summary>The account lives as long as the demonstration: its store goes with the folder.</summary>
    private static async Task InviteAsync(DemoGateway gateway, DemoTable table, CancellationToken cancellation)
    {
        var password = await gateway.OpenConsoleAsync(Account, cancellation);
        table.Say("See for yourself: what was refused and why, the ledger, and decisions as they are made");
        table.Remark($"console: {gateway.Console}   name: {Account}   password: {password}");
        table.Remark("a device goes on informing, and now and then the ACS orders what it should not: look at Live decisions, and at Attacks by day, today's");
        table.Remark($"the ledger at the command line: cwmpshield audit tail -f --refused --config {gateway.ConfigFile}");
        table.Remark("  and in its place: audit verify, audit export --format csv, report --from DAY --to DAY --out report.html");
        table.Remark($"metrics: curl {gateway.Metrics}   (Ctrl-C ends all of it)");
    }
}
