using System.Diagnostics;

namespace CwmpShield.Gateway.Tests.Telemetry.Alerts;

/// <summary><c>promtool</c> of the Debian package prometheus.</summary>
internal static class Promtool
{
    /// <summary>Runs it in the folder of the shipped rules; empty where it has no complaint, else what it says.</summary>
    public static async Task<string> RunAsync(params string[] arguments)
    {
        const string tool = "/usr/bin/promtool";
        Assert.True(File.Exists(tool), $"{tool} is missing: apt-get install --no-install-recommends prometheus");
        var start = new ProcessStartInfo(tool, arguments)
        {
            WorkingDirectory = AlertFile.Folder,
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var said = await process.StandardError.ReadToEndAsync() + await output;
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? "" : said;
    }
}
