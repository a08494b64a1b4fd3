using System.Globalization;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using CwmpShield.Bench;
using CwmpShield.Bench.Peers;

// dotnet run -c Release --project tests/CwmpShield.Bench -- quick [RULES]     a table in about twenty seconds
// dotnet run -c Release --project tests/CwmpShield.Bench -- judge [RULES]     reading, judging and writing: processor time and allocation
// dotnet run -c Release --project tests/CwmpShield.Bench -- rules [RULES]     what rules cost: many beside few, large orders, loading
// dotnet run -c Release --project tests/CwmpShield.Bench -- mirror            fetching beside sha256sum and cp, serving beside nginx
// dotnet run -c Release --project tests/CwmpShield.Bench -- limits            what limits per device and address cost, and hold of a million sources
// dotnet run -c Release --project tests/CwmpShield.Bench -- metrics           what counting costs a message, and what a scrape costs
// dotnet run -c Release --project tests/CwmpShield.Bench -- stun              STUN answers a second, and what one costs
// dotnet run -c Release --project tests/CwmpShield.Bench -- artefacts         the artefact gate with 10,000 artefacts
// dotnet run -c Release --project tests/CwmpShield.Bench -- broker            connection requests, through the broker and without it
// dotnet run -c Release --project tests/CwmpShield.Bench -- ledger [RECORDS [FOLDER]]   the ledger: durable records a second, waits, verifying
// dotnet run -c Release --project tests/CwmpShield.Bench -- ledger-fill FILE [RECORDS]  only makes a ledger to measure other things with
// dotnet run -c Release --project tests/CwmpShield.Bench -- overview [RECORDS [FOLDER]] the console's overview with ten million records
// dotnet run -c Release --project tests/CwmpShield.Bench -- registry [DEVICES [CONNECTION PASSWORD]]   a million devices: import, identity, memory
// dotnet run -c Release --project tests/CwmpShield.Bench -- storm [DEVICES [PER-SECOND]]   a fleet that comes back at once
// ./bench [--quick] [--only NAME] [--json FILE] [--images FOLDER]              the gateway beside YARP, nginx, ModSecurity and HAProxy
// dotnet run -c Release --project tests/CwmpShield.Bench                      BenchmarkDotNet
if (args is ["peers", ..])
{
    Environment.ExitCode = await PeersCommand.RunAsync(args, Console.Out, Console.Error);
    return;
}

if (args is ["curves", ..])
{
    Environment.ExitCode = await CurvesCommand.RunAsync(args, Console.Out, Console.Error);
    return;
}

if (args is ["storm", ..])
{
    Environment.ExitCode = await StormCommand.RunAsync(args, Console.Out, Console.Error);
    return;
}

if (args is ["peer-acs"])
{
    await BenchAcs.ServeAsync();
    return;
}

if (args is ["peer-yarp", var certificates, var acs, var kind])
{
    await PlainYarp.ServeAsync(certificates, int.Parse(acs, CultureInfo.InvariantCulture), isPooled: kind is "pooled");
    return;
}

if (args is ["quick", ..])
{
    QuickTable.Print(Console.Out, args.ElementAtOrDefault(1));
    return;
}

if (args is ["judge", ..])
{
    JudgeTable.Print(Console.Out, args.ElementAtOrDefault(1));
    return;
}

if (args is ["rules", ..])
{
    RuleTable.Print(Console.Out, args.ElementAtOrDefault(1) ?? "rules");
    return;
}

if (args is ["artefacts", ..])
{
    ArtefactTable.Print(Console.Out);
    return;
}

if (args is ["mirror", ..])
{
    await MirrorTable.PrintAsync(Console.Out);
    return;
}

if (args is ["limits"])
{
    LimitTable.Print(Console.Out);
    return;
}

if (args is ["metrics"])
{
    MetricTable.Print(Console.Out);
    return;
}

if (args is ["stun", ..])
{
    await StunTable.PrintAsync(Console.Out);
    return;
}

if (args is ["broker", ..])
{
    await BrokerTable.PrintAsync(Console.Out);
    return;
}

if (args is ["ledger", ..])
{
    await LedgerTable.PrintAsync(Console.Out, long.Parse(args.ElementAtOrDefault(1) ?? "2000000", CultureInfo.InvariantCulture), args.ElementAtOrDefault(2));
    return;
}

if (args is ["ledger-fill", var ledger, ..])
{
    await LedgerTable.FillAsync(Console.Out, ledger, long.Parse(args.ElementAtOrDefault(2) ?? "10000000", CultureInfo.InvariantCulture));
    return;
}

if (args is ["overview", ..])
{
    Environment.ExitCode = await OverviewTable.PrintAsync(Console.Out, long.Parse(args.ElementAtOrDefault(1) ?? "10000000", CultureInfo.InvariantCulture), args.ElementAtOrDefault(2));
    return;
}

if (args is ["registry", ..])
{
    await RegistryTable.PrintAsync(Console.Out, int.Parse(args.ElementAtOrDefault(1) ?? "1000000", CultureInfo.InvariantCulture), args.ElementAtOrDefault(2), args.ElementAtOrDefault(3));
    return;
}

if (args is ["registry-read", var folder, var devices, ..])
{
    await RegistryTable.ReadAsync(Console.Out, folder, int.Parse(devices, CultureInfo.InvariantCulture), args.ElementAtOrDefault(3), args.ElementAtOrDefault(4));
    return;
}

var config = DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
BenchmarkSwitcher.FromAssembly(typeof(Sample).Assembly).Run(args, config);
