using System.Text;
using CwmpShield.Core.Cwmp;

namespace CwmpShield.Core.Tests.Cwmp;

/// <summary>One SOAP message of tests/recordings: real devices and a real ACS, byte for byte.</summary>
public sealed record Recording(string Name, Direction Direction, byte[] Body)
{
    public override string ToString() => Name;
}

internal static class Recordings
{
    public static IReadOnlyList<Recording> All { get; } = Load();

    private static List<Recording> Load()
    {
        var root = Repository.Path("tests", "recordings");
        var found = new List<Recording>();
        foreach (var file in Directory.EnumerateFiles(root, "*.http", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var bytes = File.ReadAllBytes(file);
            var end = bytes.AsSpan().IndexOf("\r\n\r\n"u8);
            var body = bytes[(end + 4)..];
            if (Encoding.UTF8.GetString(body).Contains("Envelope", StringComparison.Ordinal))
            {
                var direction = file.EndsWith("-req.http", StringComparison.Ordinal) ? Direction.CpeToAcs : Direction.AcsToCpe;
                found.Add(new Recording(Path.GetRelativePath(root, file), direction, body));
            }
        }

        return found;
    }
}
