using System.Text;

namespace CwmpShield.Gateway.Tests.Doubles;

/// <summary>One TCP connection of tests/recordings: what real devices and a real ACS said, byte for byte, log-in rounds left out.</summary>
internal sealed record RecordedSession(string Name, IReadOnlyList<RecordedExchange> Exchanges)
{
    /// <summary>The sessions of one folder, in order.</summary>
    public static IReadOnlyList<RecordedSession> Of(string folder)
    {
        var path = InRepository("tests/recordings/" + folder);
        return
        [
            .. Directory.EnumerateFiles(path, "c*-req.http").Order(StringComparer.Ordinal)
                .GroupBy(file => Path.GetFileName(file).Split('-')[0], StringComparer.Ordinal)
                .Select(group => new RecordedSession($"{folder}/{group.Key}", [.. group.Select(Read).Where(exchange => exchange.Status != 401)]))
                .Where(session => session.Exchanges.Count > 1),
        ];
    }

    private static RecordedExchange Read(string request)
    {
        var answer = File.ReadAllBytes(request.Replace("-req.http", "-res.http", StringComparison.Ordinal));
        var saw = DeviceSaw.Parse(Encoding.Latin1.GetString(answer));
        var body = DeviceSaw.Parse(Encoding.Latin1.GetString(File.ReadAllBytes(request)).Replace("POST / HTTP/1.1", "POST 0 HTTP/1.1", StringComparison.Ordinal)).Body;
        return new RecordedExchange(body, answer, saw);
    }

    /// <summary>A path of the repository.</summary>
    public static string InRepository(string path)
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "CwmpShield.sln")))
        {
            directory = directory.Parent!;
        }

        return Path.Combine(directory.FullName, path);
    }
}

/// <summary>One request of a device and its answer.</summary>
internal sealed record RecordedExchange(string Request, byte[] Answer, DeviceSaw Saw)
{
    public int Status => Saw.Status;
}
