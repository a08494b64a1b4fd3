using System.Text.Json;

namespace CwmpShield.Gateway.Mirror;

/// <summary>What a part is a part of: it is continued only where the origin still has the same.</summary>
/// <param name="Url">Where it came from.</param>
/// <param name="Tag">The origin's strong entity tag; empty when it gave none, and then nothing is continued.</param>
internal sealed record PartNote(string Url, string Tag)
{
    private const int MaxBytes = 4096;

    /// <summary>Reads a note; null when there is none that makes sense.</summary>
    public static PartNote? Read(string path)
    {
        try
        {
            return new FileInfo(path) is { Exists: true, Length: <= MaxBytes }
                ? JsonSerializer.Deserialize<PartNote>(File.ReadAllBytes(path)) is { Url: not null, Tag: not null } note ? note : null
                : null;
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes it.</summary>
    public void Write(string path) => File.WriteAllBytes(path, JsonSerializer.SerializeToUtf8Bytes(this));
}
