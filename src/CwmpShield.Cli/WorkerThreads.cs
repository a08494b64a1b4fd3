namespace CwmpShield.Cli;

/// <summary>
/// The threads of the runtime's pool, which do everything here. They are not made more by trial (see the project's runtime options): more threads than
/// cores only take turns at looking for work. The runtime still adds some, one by one, where work has waited for half a second.
/// </summary>
internal static class WorkerThreads
{
    /// <summary>One for each core, and one that waits for the disk with a commit.</summary>
    public static int Count => Environment.ProcessorCount + 1;

    /// <summary>Has the pool keep as many as that; more, where the environment asks for more.</summary>
    public static void Prepare()
    {
        ThreadPool.GetMinThreads(out var workers, out var completions);
        ThreadPool.SetMinThreads(Math.Max(workers, Count), completions);
    }
}
