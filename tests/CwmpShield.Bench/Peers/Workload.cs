namespace CwmpShield.Bench.Peers;

/// <summary>The kinds of work that a round consists of, each done by some connections at one time.</summary>
internal sealed class Workload(BenchFleet fleet) : IDisposable
{
    private const int Lines = 8;
    private const int CyclesPerSession = 60;
    private readonly nint modern = Context(fleet, LibSsl.Tls12, LibSsl.Tls13);
    private int turn;

    /// <summary>Requests on kept connections, inside sessions that run: one order in five changes something.</summary>
    public Measured KeepAlive(Peer peer, int requests) => Run(peer, requests / 5, 5, (device, next) =>
    {
        using var line = DeviceLine.Open(device, peer.Port, modern);
        var talk = new DeviceTalk(line, device);
        talk.Begin();
        var cycles = 0;
        for (; cycles < CyclesPerSession && next.Take(); cycles++)
        {
            talk.Cycle(next.Done);
        }

        talk.End();
        return cycles > 0;
    });

    /// <summary>Reports of a size on kept connections, each answered with the same order.</summary>
    public Measured Reports(Peer peer, int reports, int size)
    {
        var request = DeviceTalk.Request(CwmpScript.Values(CwmpScript.Get, size));
        return Run(peer, reports, 1, (device, next) =>
        {
            using var line = DeviceLine.Open(device, peer.Port, modern);
            var talk = new DeviceTalk(line, device);
            talk.Begin();
            var done = 0;
            for (; done < 5 * CyclesPerSession && next.Take(); done++)
            {
                talk.Report(request);
                next.Done();
            }

            talk.End();
            return done > 0;
        });
    }

    /// <summary>Whole sessions: a new connection with a full handshake, five exchanges, and the end of the connection.</summary>
    public Measured Sessions(Peer peer, int sessions) => Run(peer, sessions, 1, (device, next) =>
    {
        if (!next.Take())
        {
            return false;
        }

        using (var line = DeviceLine.Open(device, peer.Port, modern))
        {
            new DeviceTalk(line, device).Session(() => { });
        }

        next.Done();
        return true;
    });

    /// <summary>Connections with a full handshake, each with one request that the proxy answers itself.</summary>
    public Measured Handshakes(Peer peer, int handshakes) => Run(peer, handshakes, 1, (device, next) =>
    {
        if (!next.Take())
        {
            return false;
        }

        using (var line = DeviceLine.Open(device, peer.Port, modern))
        {
            new DeviceTalk(line, device).Knock();
        }

        next.Done();
        return true;
    });

    /// <summary>The same with a handshake that resumes a session of the same device; one that is not resumed is an error.</summary>
    public Measured Resumptions(Peer peer, int handshakes) => Run(peer, handshakes, 1, (device, next) =>
    {
        var session = First(peer, device);
        try
        {
            var any = false;
            for (var i = 0; i < handshakes / Lines && next.Take(); i++)
            {
                using (var line = DeviceLine.Open(device, peer.Port, modern, session))
                {
                    new DeviceTalk(line, device).Knock();
                    if (!line.IsResumed)
                    {
                        throw new BenchException($"{peer.Name} did not resume a TLS session");
                    }
                }

                next.Done();
                any = true;
            }

            return any;
        }
        finally
        {
            LibSsl.FreeSession(session);
        }
    });

    /// <inheritdoc/>
    public void Dispose() => LibSsl.FreeContext(modern);

    /// <summary>A TLS context that trusts the fleet's authority alone.</summary>
    public static nint Context(BenchFleet fleet, int lowest, int highest)
    {
        var context = LibSsl.NewContext(LibSsl.ClientMethod());
        _ = LibSsl.ControlContext(context, LibSsl.SetMinVersion, lowest, 0);
        _ = LibSsl.ControlContext(context, LibSsl.SetMaxVersion, highest, 0);
        LibSsl.SetVerify(context, LibSsl.VerifyPeer, 0);
        return LibSsl.LoadAuthorities(context, fleet.Authority) == 1 ? context : throw new BenchException("the authority could not be loaded");
    }

    private nint First(Peer peer, BenchDevice device)
    {
        using var line = DeviceLine.Open(device, peer.Port, modern);
        new DeviceTalk(line, device).Knock();
        return line.TakeSession();
    }

    /// <summary>Has every line go on with the next device until the units are used up, and reads the proxy's CPU time around it.</summary>
    private Measured Run(Peer peer, int units, int each, Func<BenchDevice, UnitCounter, bool> work)
    {
        using var counter = new UnitCounter(units);
        var before = peer.Process.Cpu();
        var threads = Enumerable.Range(0, Lines).Select(_ => new LineThread(counter, () => work(Next(), counter.OfThread()))).ToList();
        foreach (var thread in threads)
        {
            thread.Join();
        }

        // What a proxy does after its last answer, closing and writing down, is its cost, too.
        Thread.Sleep(100);
        var cpu = PeerProcess.Seconds(before, peer.Process.Cpu());
        if (threads.Select(thread => thread.Error).FirstOrDefault(error => error is not null) is { } error)
        {
            throw new BenchException($"{peer.Name}: {error.Message}{peer.Process.Errors()}");
        }

        var times = counter.Milliseconds();
        return times.Length == units * each ? new Measured(times.Length, cpu, times) : throw new BenchException($"{peer.Name}: {times.Length} of {units * each} came to their end");
    }

    private BenchDevice Next() => fleet.Devices[(int)((uint)Interlocked.Increment(ref turn) % (uint)fleet.Devices.Count)];

    /// <summary>One thread that does one line's work.</summary>
    private sealed class LineThread
    {
        private readonly Thread thread;

        public LineThread(UnitCounter counter, Func<bool> work)
        {
            thread = new Thread(() =>
            {
                try
                {
                    while (work())
                    {
                    }
                }
                catch (Exception error)
                {
                    Error = error;
                    counter.Stop();
                }
            });
            thread.Start();
        }

        public Exception? Error { get; private set; }

        public void Join() => thread.Join();
    }
}
