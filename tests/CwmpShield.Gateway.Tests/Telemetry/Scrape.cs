using System.Buffers;
using System.Diagnostics;
using System.Text;
using CwmpShield.Gateway.Telemetry;

namespace CwmpShield.Gateway.Tests.Telemetry;

/// <summary>The metrics as a scraper sees them.</summary>
internal static class Scrape
{
    public static string Text(PrometheusText metrics, PrometheusFormat? format = null)
    {
        var output = new ArrayBufferWriter<byte>();
        metrics.Write(format ?? PrometheusFormat.Text, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    /// <summary>What <c>promtool check metrics</c> (Debian package prometheus) says; empty when it accepts.</summary>
    public static async Task<string> LintAsync(string text)
    {
        const string Tool = "/usr/bin/promtool";
        Assert.True(File.Exists(Tool), $"{Tool} is missing: apt-get install --no-install-recommends prometheus");
        var start = new ProcessStartInfo(Tool, "check metrics")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var said = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(text);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        var complaint = await said;
        return process.ExitCode == 0 ? "" : $"exit {process.ExitCode}: {complaint}";
    }
}
