using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace CwmpShield.Core.Firmware;

/// <summary>Writes a manifest as its reader takes it: indented, members in one order, a line feed at the end.</summary>
public static class ManifestWriter
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    /// <summary>The manifest's bytes.</summary>
    public static byte[] Write(ArtefactManifest manifest)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            json.WriteNumber("cwmpshield-manifest", 1);
            json.WriteNumber("version", manifest.Version);
            Instant(json, "issued", manifest.Issued);
            Instant(json, "expires", manifest.Expires);
            json.WriteStartArray("artefacts");
            foreach (var artefact in manifest.Artefacts)
            {
                Write(json, artefact);
            }

            json.WriteEndArray();
            Sources(json, manifest.Sources);
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    private static void Write(Utf8JsonWriter json, Artefact artefact)
    {
        json.WriteStartObject();
        json.WriteString("name", artefact.Name);
        json.WriteString("version", artefact.Version);
        Texts(json, "file-types", artefact.FileTypes);
        json.WriteString("sha256", artefact.Sha256);
        json.WriteNumber("size", artefact.Size);
        Models(json, artefact.Models);
        Texts(json, "urls", artefact.Urls.Select(u => u.Text));
        Texts(json, "from", artefact.From.Select(r => r.ToString()));
        Texts(json, "target-file-names", artefact.TargetFileNames);
        Text(json, "uuid", artefact.Uuid);
        json.WriteBoolean("firmware", artefact.IsFirmware);
        Instant(json, "not-before", artefact.NotBefore);
        Instant(json, "not-after", artefact.NotAfter);
        if (artefact.Ring is { } ring)
        {
            json.WriteStartObject("ring");
            json.WriteString("name", ring.Name);
            json.WriteNumber("percent", ring.Percent);
            Texts(json, "groups", ring.Groups);
            json.WriteNumber("successes", ring.Successes);
            json.WriteNumber("max-failure-percent", ring.MaxFailurePercent);
            json.WriteEndObject();
        }

        Texts(json, "signed-by", artefact.SignedBy);
        if (artefact.IsSignedPackage)
        {
            json.WriteBoolean("signed-package", true);
        }

        Text(json, "withdrawn", artefact.WithdrawnBecause ?? "");
        json.WriteEndObject();
    }

    private static void Models(Utf8JsonWriter json, IEnumerable<ArtefactModel> models)
    {
        json.WriteStartArray("models");
        foreach (var model in models)
        {
            json.WriteStartObject();
            json.WriteString("oui", model.Oui);
            Texts(json, "product-classes", model.ProductClasses);
            Texts(json, "hardware-versions", model.HardwareVersions);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Sources(Utf8JsonWriter json, IReadOnlyCollection<UpdateSource> sources)
    {
        if (sources.Count == 0)
        {
            return;
        }

        json.WriteStartArray("sources");
        foreach (var source in sources)
        {
            json.WriteStartObject();
            json.WriteString("url", source.Url.Text);
            Models(json, source.Models);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Texts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        if (!texts.Any())
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    private static void Text(Utf8JsonWriter json, string name, string text)
    {
        if (text.Length > 0)
        {
            json.WriteString(name, text);
        }
    }

    private static void Instant(Utf8JsonWriter json, string name, DateTimeOffset? instant)
    {
        if (instant is { } at)
        {
            json.WriteString(name, at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
        }
    }
}
