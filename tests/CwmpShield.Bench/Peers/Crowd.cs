namespace CwmpShield.Bench.Peers;

/// <summary>Many devices at one time, each on a plain connection of its own that stays open.</summary>
internal sealed class Crowd(int port) : IDisposable
{
    private readonly List<DeviceLine> lines = [];

    /// <summary>Has as many devices stand in the middle of a session.</summary>
    public void Sessions(int many)
    {
        while (lines.Count < many)
        {
            var device = new BenchDevice(lines.Count, "");
            var line = DeviceLine.Open(device, port, 0);
            lines.Add(line);
            new DeviceTalk(line, device).Begin();
        }
    }

    /// <summary>Has as many connections stand idle.</summary>
    public void Idle(int many)
    {
        while (lines.Count < many)
        {
            lines.Add(DeviceLine.Open(new BenchDevice(lines.Count, ""), port, 0));
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
        lines.ForEach(line => line.Dispose());
        lines.Clear();
    }
}
