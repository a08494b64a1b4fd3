using System.Globalization;
using Microsoft.AspNetCore.Builder;

namespace CwmpShield.Bench.Peers;

/// <summary>A server in a process of its own: says its port on standard output, and ends with whoever started it.</summary>
internal static class ChildProcess
{
    /// <summary>Serves until standard input ends, which it does when the parent process does.</summary>
    public static async Task ServeAsync(WebApplication app)
    {
        await app.StartAsync();
        var address = new Uri(app.Urls.First());
        Console.WriteLine("port " + address.Port.ToString(CultureInfo.InvariantCulture));
        while (await Console.In.ReadLineAsync() is not null)
        {
        }

        await app.StopAsync();
    }
}
