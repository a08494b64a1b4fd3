namespace CwmpShield.Bench.Peers;

/// <summary>Many devices at one time, each on a plain connection of its own that stays open.</summary>
internal sealed class Crowd(int port) : IDisposable
{
    private readonly Queue<(DeviceLine Line, DeviceTalk Talk)> lines = [];
    private int next;

    /// <summary>Number of the first device; others follow.</summary>
    public int First { init => next = value; }

    /// <summary>Has as many devices stand in the middle of a session.</summary>
    public void Sessions(int many)
    {
        while (lines.Count < many)
        {
            Open().Begin();
        }
    }

    /// <summary>So often the session that stands longest comes to its end, and another device begins one.</summary>
    public void TurnOver(int times)
    {
        for (var i = 0; i < times; i++)
        {
            var (line, talk) = lines.Dequeue();
            talk.End();
            line.Dispose();
            Open().Begin();
        }
    }

    /// <summary>So many devices come, one after the other, have a session and go.</summary>
    public void Visits(int many)
    {
        for (var i = 0; i < many; i++)
        {
            Sessions(1);
            var (line, talk) = lines.Dequeue();
            talk.End();
            line.Dispose();
        }
    }

    /// <summary>Has as many connections stand idle.</summary>
    public void Idle(int many)
    {
        while (lines.Count < many)
        {
            Open();
        }
    }

    /// <summary>Everybody goes; what they held is given back within some seconds.</summary>
    public void Leave()
    {
        Dispose();
        Thread.Sleep(3000);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (line, _) in lines)
        {
            line.Dispose();
        }

        lines.Clear();
    }

    private DeviceTalk Open()
    {
        var device = new BenchDevice(next++, "");
        var line = DeviceLine.Open(device, port, 0);
        var talk = new DeviceTalk(line, device);
        lines.Enqueue((line, talk));
        return talk;
    }
}
