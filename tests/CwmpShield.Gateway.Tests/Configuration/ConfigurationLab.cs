using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Identity;
using Microsoft.Extensions.Configuration;

namespace CwmpShield.Gateway.Tests.Configuration;

/// <summary>A folder with the files of a working configuration, and the keys of one.</summary>
internal sealed class ConfigurationLab : IDisposable
{
    public const string Listener = "CwmpShield:Listeners:0";
    public const string Destination = "ReverseProxy:Clusters:acs:Destinations:one:Address";

    /// <summary>Made once: RSA keys take their time.</summary>
    private static readonly Lazy<Dictionary<string, string>> Files = new(MakeFiles);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cwmpshield-config-");

    public ConfigurationLab()
    {
        foreach (var (name, text) in Files.Value)
        {
            Write(name, text);
        }

        File.SetUnixFileMode(At("master.key"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Directory.CreateDirectory(At("rules"));
    }

    /// <summary>The keys of the working configuration; tests change them.</summary>
    public Dictionary<string, string?> Keys { get; } = new(StringComparer.OrdinalIgnoreCase)
    {
        [$"{Listener}:Name"] = "fleet",
        [$"{Listener}:Certificate:Path"] = "server.pem",
        [$"{Listener}:Certificate:KeyPath"] = "server.key",
        [$"{Listener}:ClientCaPath"] = "ca.pem",
        ["CwmpShield:Store:KeyFile"] = "master.key",
        [Destination] = "http://127.0.0.1:7548/",
    };

    public string Folder => folder.FullName;

    public string At(string name) => Path.Combine(folder.FullName, name);

    public void Write(string name, string text) => File.WriteAllText(At(name), text + "\n");

    /// <summary>A second listener, a copy of the first on another port.</summary>
    public void AddListener(string name)
    {
        foreach (var (key, value) in Keys.Where(one => one.Key.StartsWith(Listener, StringComparison.Ordinal)).ToList())
        {
            Keys[key.Replace(":0:", ":1:", StringComparison.Ordinal)] = value;
        }

        Keys["CwmpShield:Listeners:1:Name"] = name;
        Keys["CwmpShield:Listeners:1:Port"] = "7549";
    }

    /// <summary>Writes the keys as a configuration file.</summary>
    public void WriteJson(string name)
    {
        var root = new JsonObject();
        foreach (var (key, value) in Keys)
        {
            JsonNode node = root;
            var steps = key.Split(':');
            for (var i = 0; i < steps.Length - 1; i++)
            {
                var isList = int.TryParse(steps[i + 1], CultureInfo.InvariantCulture, out _);
                node = Child(node, steps[i], isList);
            }

            if (node is JsonArray list)
            {
                list.Add((JsonNode?)value);
            }
            else
            {
                node[steps[^1]] = value;
            }
        }

        Write(name, root.ToJsonString());
    }

    private static JsonNode Child(JsonNode node, string step, bool isList)
    {
        JsonNode made = isList ? new JsonArray() : new JsonObject();
        if (node is not JsonArray list)
        {
            return node[step] ??= made;
        }

        var index = int.Parse(step, CultureInfo.InvariantCulture);
        if (index == list.Count)
        {
            list.Add(made);
        }

        return list[index]!;
    }

    public GatewayConfiguration Check() =>
        GatewayConfiguration.Check(new ConfigurationBuilder().AddInMemoryCollection(Keys).Build(), folder.FullName);

    private static Dictionary<string, string> MakeFiles()
    {
        using var authority = LabCertificateAuthority.CreateRoot("Lab");
        using var elliptic = authority.IssueServer("acs.example");
        using var rsa = authority.Issue(new LabCertificateRequest { CommonName = "acs.example", ServerAuth = true, Key = LabKey.Rsa2048 });
        return new(StringComparer.Ordinal)
        {
            ["ca.pem"] = authority.Certificate.ExportCertificatePem(),
            ["server.pem"] = elliptic.ExportCertificatePem(),
            ["server.key"] = LabCertificateAuthority.PrivateKeyPem(elliptic),
            ["rsa.pem"] = rsa.ExportCertificatePem() + "\n" + LabCertificateAuthority.PrivateKeyPem(rsa),
            ["master.key"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
        };
    }

    public void Dispose() => folder.Delete(recursive: true);
}
