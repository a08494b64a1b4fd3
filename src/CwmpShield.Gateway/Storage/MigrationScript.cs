using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CwmpShield.Gateway.Storage;

/// <summary>One numbered script; both engines run the same.</summary>
/// <param name="Name">File name without its ending; it begins with the number.</param>
/// <param name="Sql">What it does, as SQLite spells it.</param>
internal sealed record MigrationScript(string Name, string Sql)
{
    private const string Additive = "-- additive";
    private const string Prefix = "CwmpShield.Gateway.Storage.Migrations.";

    /// <summary>The number.</summary>
    public int Id { get; } = int.Parse(Name.AsSpan(0, 4), CultureInfo.InvariantCulture);

    /// <summary>
    /// Whether the version before this script can go on with the store: its first line says so, because it only adds tables, indices, or columns
    /// with a default value.
    /// </summary>
    public bool IsAdditive { get; } = Sql.StartsWith(Additive, StringComparison.Ordinal);

    /// <summary>SHA-256 of the text, the same on both engines.</summary>
    public string Checksum { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql)));

    /// <summary>Every script of this version in its order.</summary>
    public static IReadOnlyList<MigrationScript> All { get; } = Read();

    private static List<MigrationScript> Read()
    {
        var assembly = typeof(MigrationScript).Assembly;
        var scripts = new List<MigrationScript>();
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!, Encoding.UTF8);
            scripts.Add(new MigrationScript(resource[Prefix.Length..^".sql".Length], reader.ReadToEnd()));
        }

        return scripts;
    }
}
