using System.Text.Json;
using CwmpShield.Core.Audit;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Telemetry;
using Microsoft.Extensions.Logging;

namespace CwmpShield.Gateway.Auditing;

/// <summary>Sends each checkpoint out of the store's reach: what is elsewhere too cannot be cut off or replaced unseen.</summary>
internal sealed class LedgerCheckpoints(AuditOptions options, ILogger<LedgerCheckpoints> log)
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Appends it to the file that is configured, one JSON object a line.</summary>
    public void Tell(AuditCheckpoint checkpoint)
    {
        if (options.CheckpointFile.Length == 0)
        {
            return;
        }

        try
        {
            Append(options.CheckpointFile, checkpoint);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            log.CheckpointUntold(options.CheckpointFile, error.Message);
        }
    }

    /// <summary>Appends it to a file.</summary>
    /// <exception cref="IOException">The file cannot be written; so says <see cref="UnauthorizedAccessException"/>.</exception>
    public static void Append(string path, AuditCheckpoint checkpoint) => File.AppendAllText(path, Line(checkpoint) + "\n");

    /// <summary>The line of a checkpoint.</summary>
    public static string Line(AuditCheckpoint checkpoint) => JsonSerializer.Serialize(checkpoint, Json);

    /// <summary>Reads a line; null when it is none.</summary>
    public static AuditCheckpoint? Read(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<AuditCheckpoint>(line, Json) is { Node: not null, Head: not null, KeyId: not null, Signature: not null } read ? read : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
