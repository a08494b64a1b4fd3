using System.Diagnostics;
using System.Globalization;
using CwmpShield.Fuzz;
using CwmpShield.Fuzz.Targets;

// ./fuzz MINUTES [TARGET] [SEED]     tries mutations until the time is over, and saves what breaks a reader below artifacts/fuzz
if (args is not [var given, ..] || !double.TryParse(given, CultureInfo.InvariantCulture, out var minutes) || minutes <= 0)
{
    Console.Error.WriteLine($"Expected: ./fuzz MINUTES [TARGET] [SEED]. Targets: {string.Join(", ", AllTargets.List.Select(target => target.Name))}.");
    return 2;
}

var seed = args.Length > 2 ? ulong.Parse(args[2], CultureInfo.InvariantCulture) : (ulong)Stopwatch.GetTimestamp();
var chosen = AllTargets.List.Where(target => args.Length < 2 || args[1] == "all" || target.Name == args[1]).ToArray();
if (chosen.Length == 0)
{
    Console.Error.WriteLine($"No target {args[1]}. Targets: {string.Join(", ", AllTargets.List.Select(target => target.Name))}.");
    return 2;
}

var folder = Path.Combine(Seeds.Root, "artifacts", "fuzz");
var runs = chosen.Select(target => (Target: target, Run: new FuzzRun(target, seed))).ToArray();
var watch = Stopwatch.StartNew();
var told = TimeSpan.Zero;
Console.WriteLine($"seed {seed}");
for (var turn = 0; watch.Elapsed.TotalMinutes < minutes; turn++)
{
    // Each target gets the same time, however slow it is.
    var slice = Stopwatch.StartNew();
    while (slice.ElapsedMilliseconds < 200)
    {
        runs[turn % runs.Length].Run.Step();
    }

    if (watch.Elapsed - told > TimeSpan.FromSeconds(10))
    {
        told = watch.Elapsed;
        Console.WriteLine($"{told:hh\\:mm\\:ss} {string.Join("  ", runs.Select(r => string.Create(CultureInfo.InvariantCulture, $"{r.Target.Name} {r.Run.Tried:#,0}/{r.Run.Broken.Count}")))}");
    }
}

foreach (var (target, run) in runs)
{
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{target.Name}: {run.Tried:#,0} inputs, {run.Broken.Count} broke it"));
    foreach (var path in run.Save(folder))
    {
        Console.WriteLine($"  {path}");
    }
}

return runs.Any(r => r.Run.Broken.Count > 0) ? 1 : 0;
