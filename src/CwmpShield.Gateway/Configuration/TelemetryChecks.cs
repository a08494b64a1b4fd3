using System.Security.Cryptography;
using CwmpShield.Gateway.Listening;
using CwmpShield.Gateway.Telemetry.Tracing;

namespace CwmpShield.Gateway.Configuration;

/// <summary>Where spans go, and with what.</summary>
internal static class TelemetryChecks
{
    /// <summary>Adds what is wrong to <paramref name="problems"/>.</summary>
    public static void Run(string section, TelemetryOptions telemetry, ConfigurationProblems problems)
    {
        var key = $"{section}:Otlp";
        var otlp = telemetry.Otlp;
        problems.Range($"{key}:Ratio", otlp.Ratio, 0.0, 1.0);
        problems.Range($"{key}:Timeout", otlp.Timeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1));
        if (!otlp.IsOn)
        {
            return;
        }

        var target = otlp.Target();
        problems.Require(
            target is not null,
            $"{key}:Endpoint",
            otlp.Endpoint,
            "https://HOST:PORT, or http on a loopback address such as http://127.0.0.1:4318, without user, query or fragment");
        if (target?.Scheme == Uri.UriSchemeHttps)
        {
            Authorities(key, otlp, problems);
        }

        if (otlp.HeadersFile.Length > 0 && !CollectorHeaders.TryRead(otlp.HeadersFile, out _, out var problem))
        {
            problems.Add($"{key}:HeadersFile", otlp.HeadersFile, $"a file of at most {CollectorHeaders.Most} lines \"Name: value\" ({problem})");
        }
    }

    private static void Authorities(string key, OtlpOptions otlp, ConfigurationProblems problems)
    {
        try
        {
            ClientCaBundle.Load(otlp.CaPath);
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            problems.Add($"{key}:CaPath", otlp.CaPath, $"a PEM bundle of the collector's authorities ({broken.Message})");
        }
    }
}
