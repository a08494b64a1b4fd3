using CwmpShield.Core.DataModel.Values;
using CwmpShield.Gateway.Mirror;

namespace CwmpShield.Gateway.Configuration;

/// <summary>The mirror: its folder, what devices are told, and its bounds.</summary>
internal static class MirrorChecks
{
    private const int LongestBase = MirrorUrls.MaxLength - LinkTickets.TextLength - 2;

    /// <summary>Adds what is wrong to <paramref name="problems"/>.</summary>
    public static void Run(string key, GatewayOptions options, ConfigurationProblems problems)
    {
        var mirror = options.Mirror;
        for (var i = 0; i < mirror.Direct.Count; i++)
        {
            problems.Require(
                HostValue.TryParse(mirror.Direct[i], out var host) && host.Port == 0, $"{key}:Direct:{i}", mirror.Direct[i], "a host name or address without a port");
        }

        if (!mirror.IsOn)
        {
            problems.Require(mirror.Listeners.Count + mirror.Origins.Count == 0, $"{key}:Path", "", "the folder of the mirror's files");
            return;
        }

        problems.Require(Directory.Exists(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(mirror.Path))), $"{key}:Path", mirror.Path, "a folder in a folder that exists");
        problems.Range($"{key}:MaxBytes", mirror.MaxBytes, 1L << 20, 1L << 50);
        problems.Range($"{key}:LinkMargin", mirror.LinkMargin, TimeSpan.FromMinutes(1), TimeSpan.FromDays(30));
        problems.Range($"{key}:MaxDelay", mirror.MaxDelay, TimeSpan.Zero, TimeSpan.FromDays(90));
        problems.Require(mirror.Origins.Count > 0, $"{key}:Origins", "", "at least one origin: nothing else is ever fetched from");
        PublicUrl($"{key}:PublicUrl", mirror.PublicUrl, mirror, problems);
        for (var i = 0; i < mirror.Models.Count; i++)
        {
            PublicUrl($"{key}:Models:{i}:PublicUrl", mirror.Models[i].PublicUrl, mirror, problems);
            problems.Require(
                mirror.Models[i] is not { Oui: "", ProductClass: "" }, $"{key}:Models:{i}:Oui", "", "an OUI, a product class, or both: what all devices get is Mirror:PublicUrl");
        }

        for (var i = 0; i < mirror.Origins.Count; i++)
        {
            MirrorOriginChecks.Run($"{key}:Origins:{i}", mirror.Origins[i], problems);
        }

        Fetch($"{key}:Fetch", mirror.Fetch, problems);
        MirrorListenerChecks.Run($"{key}:Listeners", options, problems);
    }

    private static void PublicUrl(string key, string text, MirrorOptions mirror, ConfigurationProblems problems)
    {
        var isGood = UrlValue.TryParse(text, out var url) && url is { Scheme: "http" or "https", HasUserInfo: false, Query: "" }
            && text.EndsWith('/') && !text.Contains('?', StringComparison.Ordinal) && !text.Contains('%', StringComparison.Ordinal) && text.All(char.IsAscii);
        problems.Require(isGood, key, text, "an http or https URL that ends with a slash, without user, query and escapes");
        problems.Require(text.Length <= LongestBase, key, text, $"at most {LongestBase} characters: devices take {MirrorUrls.MaxLength} in all");
        problems.Require(
            !isGood || url!.Scheme == "https" || mirror.Listeners.Any(listener => listener.AllowPlaintext),
            key,
            text,
            "https, or a listener of the mirror with AllowPlaintext: true");
    }

    private static void Fetch(string key, MirrorFetchOptions fetch, ConfigurationProblems problems)
    {
        problems.Range($"{key}:MaxFetches", fetch.MaxFetches, 1, 64);
        problems.Range($"{key}:MaxTime", fetch.MaxTime, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
        problems.Range($"{key}:ConnectTime", fetch.ConnectTime, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1));
        problems.Range($"{key}:AnswerTime", fetch.AnswerTime, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        problems.Range($"{key}:MinBytesPerSecond", fetch.MinBytesPerSecond, 1, 1 << 30);
        problems.Require(
            fetch.MaxBytesPerSecond == 0 || fetch.MaxBytesPerSecond >= fetch.MinBytesPerSecond,
            $"{key}:MaxBytesPerSecond",
            fetch.MaxBytesPerSecond,
            "0, or not less than MinBytesPerSecond");
        problems.Range($"{key}:RetryPause", fetch.RetryPause, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
    }
}
