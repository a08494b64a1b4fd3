using System.Diagnostics;
using System.Net;

namespace CwmpShield.Gateway.Tests.Listening;

/// <summary><c>openssl s_client</c>, which offers what old devices offer and .NET doesn't.</summary>
internal static class OpenSsl
{
    /// <summary>Connects, sends <paramref name="input"/>, and gives all that openssl printed once the connection ended.</summary>
    public static async Task<string> ClientAsync(IPEndPoint endpoint, string input, params string[] arguments)
    {
        using var process = Start(endpoint, ["-ign_eof", .. arguments]);
        var said = SaidAsync(process);
        try
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended before it read its input: what it printed says why.
        }

        return await said;
    }

    /// <summary>Connects, asks for a new handshake within the connection, and gives what openssl printed once the connection ended.</summary>
    public static async Task<string> RenegotiateAsync(IPEndPoint endpoint, params string[] arguments)
    {
        using var process = Start(endpoint, arguments);
        var said = SaidAsync(process);
        await process.StandardInput.WriteAsync("R\n");
        await process.StandardInput.FlushAsync();
        return await said;
    }

    private static Process Start(IPEndPoint endpoint, string[] arguments)
    {
        var start = new ProcessStartInfo("openssl")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in (string[])["s_client", "-connect", endpoint.ToString(), .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    private static async Task<string> SaidAsync(Process process)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var output = process.StandardOutput.ReadToEndAsync(patience.Token);
        var error = process.StandardError.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);
        return await output + await error;
    }
}
