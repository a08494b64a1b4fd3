using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace CwmpShield.Bench.Peers;

/// <summary>What a measurement has started: ended with it, also where it is stopped by Ctrl-C or SIGTERM.</summary>
internal static class Started
{
    private static readonly ConcurrentDictionary<Process, bool> Running = new();
    private static readonly PosixSignalRegistration[] Signals = [PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop)];

    /// <summary>A process has been started.</summary>
    public static void Add(Process process) => Running[process] = Signals.Length > 0;

    /// <summary>A process has ended.</summary>
    public static void Remove(Process process) => Running.TryRemove(process, out _);

    private static void Stop(PosixSignalContext context)
    {
        context.Cancel = true;
        foreach (var process in Running.Keys)
        {
            Kill(process);
        }

        Environment.Exit(130);
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
    }
}
