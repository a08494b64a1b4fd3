using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace CwmpShield.Gateway.Configuration;

/// <summary>The configuration as read: bound options, and everything that is wrong with it.</summary>
public sealed record GatewayConfiguration
{
    /// <summary>Name of the file that is read where none is given.</summary>
    public const string DefaultFile = "appsettings.json";

    private static readonly string[] Sections = ["CwmpShield", "ReverseProxy", "Logging", "$schema"];

    /// <summary>Unless the Logging section says otherwise: the platform's request logs carry what strangers send.</summary>
    private static readonly Dictionary<string, string?> LogLevels = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Logging:LogLevel:Default"] = "Information",
        ["Logging:LogLevel:Microsoft"] = "Warning",
        ["Logging:LogLevel:System"] = "Warning",
        ["Logging:LogLevel:Yarp"] = "Warning",
    };

    /// <summary>Everything that is wrong, in the order of the keys; empty when the gateway may start.</summary>
    public IReadOnlyList<ConfigurationError> Errors { get; init; } = [];

    /// <summary>The bound <c>CwmpShield</c> section, relative paths resolved against the file's folder. Only to be used without errors.</summary>
    public GatewayOptions Options { get; init; } = new();

    /// <summary>What was read, for the framework's own sections (<c>Logging</c>, <c>ReverseProxy</c>).</summary>
    public required IConfiguration Source { get; init; }

    /// <summary>
    /// Reads <paramref name="path"/> (default <c>appsettings.json</c> in the working directory) and the environment
    /// (<c>CwmpShield__Listeners__0__Port</c>), and checks all of it without stopping at the first error.
    /// </summary>
    public static GatewayConfiguration Load(string? path)
    {
        var file = Path.GetFullPath(path ?? DefaultFile);
        var problems = new ConfigurationProblems();
        var fromFile = ReadFile(file, problems);
        var source = new ConfigurationBuilder().AddInMemoryCollection(LogLevels).AddConfiguration(fromFile).AddEnvironmentVariables().Build();
        foreach (var child in fromFile.GetChildren().Where(child => !Sections.Contains(child.Key, StringComparer.OrdinalIgnoreCase)))
        {
            problems.Add(child.Key, child.Value ?? "a section", "no such key; known are " + string.Join(", ", Sections));
        }

        return Check(source, Path.GetDirectoryName(file)!, problems);
    }

    /// <summary>Binds and checks <paramref name="source"/>; relative paths start at <paramref name="folder"/>.</summary>
    public static GatewayConfiguration Check(IConfiguration source, string folder) => Check(source, folder, new ConfigurationProblems());

    private static GatewayConfiguration Check(IConfiguration source, string folder, ConfigurationProblems problems)
    {
        if (problems.Errors.Count > 0 && !source.GetSection("CwmpShield").Exists())
        {
            return new() { Source = source, Errors = problems.Errors };
        }

        var section = source.GetSection("CwmpShield");
        var options = ConfigurationDefaults.Complete(new OptionsReader(problems).Read<GatewayOptions>(section), section, folder);
        var clusters = ClusterChecks.Read(source.GetSection("ReverseProxy"), problems);
        GatewayChecks.Run(options, clusters, problems);
        return new() { Source = source, Options = options, Errors = problems.Errors };
    }

    private static IConfigurationRoot ReadFile(string file, ConfigurationProblems problems)
    {
        try
        {
            using var json = File.OpenRead(file);
            return new ConfigurationBuilder().AddJsonStream(json).Build();
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException or JsonException or FormatException)
        {
            var syntax = broken as JsonException ?? broken.InnerException as JsonException;
            var found = broken is JsonException or FormatException ? "text that is no JSON object" : Directory.Exists(file) ? "a folder" : File.Exists(file) ? "a file that cannot be read" : null;
            var place = syntax?.LineNumber is { } line ? string.Create(CultureInfo.InvariantCulture, $"{file}:{line + 1}:{syntax.BytePositionInLine + 1}") : file;
            problems.Add(place, found, $"a readable JSON file with a CwmpShield section ({broken.Message.Split(" LineNumber:")[0]}); --config FILE names another");
            return new ConfigurationBuilder().Build();
        }
    }
}
