using System.Security.Cryptography;

namespace CwmpShield.Fuzz;

/// <summary>Tries mutations on one target, and keeps what breaks it.</summary>
/// <param name="target">What is attacked.</param>
/// <param name="seed">The first number of the run.</param>
internal sealed class FuzzRun(FuzzTarget target, ulong seed)
{
    /// <summary>Time on the processor that one input may take.</summary>
    public static readonly TimeSpan Budget = TimeSpan.FromSeconds(2);

    private readonly Mutator mutator = new(new FuzzNumbers(seed), target);
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);

    /// <summary>Inputs that were tried.</summary>
    public long Tried { get; private set; }

    /// <summary>Inputs that broke it, each way of breaking once.</summary>
    public List<(byte[] Input, string Problem)> Broken { get; } = [];

    /// <summary>Tries one input more.</summary>
    public void Step()
    {
        var input = mutator.Next();
        Tried++;
        if (Problem(target, input) is { } problem && seen.Add(Kind(problem)))
        {
            Broken.Add((input, problem));
        }
    }

    /// <summary>What is wrong with what becomes of an input; null when everything holds.</summary>
    public static string? Problem(FuzzTarget target, byte[] input)
    {
        var start = ThreadClock.Now;
        try
        {
            if (target.Check(input) is { } problem)
            {
                return problem;
            }
        }
        catch (Exception error)
        {
            return $"{error.GetType().Name}: {error.Message}\n{error.StackTrace}";
        }

        var took = ThreadClock.Now - start;
        return took > Budget ? $"took {took.TotalSeconds:0.0} s" : null;
    }

    /// <summary>Saves what broke the target, and names the files.</summary>
    public IEnumerable<string> Save(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var (input, problem) in Broken)
        {
            var path = Path.Combine(folder, $"{target.Name}-{Convert.ToHexStringLower(SHA256.HashData(input))[..12]}");
            File.WriteAllBytes(path, input);
            File.WriteAllText(path + ".txt", problem);
            yield return path;
        }
    }

    // The first words say what broke; values and places differ from input to input.
    private static string Kind(string problem) => problem.Split('\n')[0] is var line ? line[..Math.Min(line.Length, 40)] : "";
}
