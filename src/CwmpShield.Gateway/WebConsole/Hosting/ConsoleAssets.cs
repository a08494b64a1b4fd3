using System.Collections.Frozen;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace CwmpShield.Gateway.WebConsole.Hosting;

/// <summary>The console's own files, inside the assembly. Their address holds their digest, so a browser may keep them for good.</summary>
internal sealed class ConsoleAssets
{
    private const string Prefix = "CwmpShield.Gateway.WebConsole.Assets.";
    private const string Folder = "/assets/";
    private readonly FrozenDictionary<string, Asset> byName;

    /// <summary>Reads them.</summary>
    public ConsoleAssets()
    {
        var assembly = typeof(ConsoleAssets).Assembly;
        byName = assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name =>
            {
                using var stream = assembly.GetManifestResourceStream(name)!;
                var content = new byte[stream.Length];
                stream.ReadExactly(content);
                return new Asset(name[Prefix.Length..], content);
            })
            .ToFrozenDictionary(asset => asset.Name, StringComparer.Ordinal);
    }

    /// <summary>The address of a file.</summary>
    public string UrlOf(string name) => $"{Folder}{name}?v={byName[name].Version}";

    /// <summary>Whether <paramref name="path"/> is one of them or would be.</summary>
    public static bool IsAsset(PathString path) => path.StartsWithSegments("/assets", StringComparison.Ordinal);

    /// <summary>Answers with a file, or 404.</summary>
    public async Task AnswerAsync(HttpContext context)
    {
        var response = context.Response;
        if (context.Request.Path.Value is not { } path || !path.StartsWith(Folder, StringComparison.Ordinal) || !byName.TryGetValue(path[Folder.Length..], out var asset))
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        response.ContentType = asset.ContentType;
        response.ContentLength = asset.Content.Length;
        // Under an old digest the present file is answered, but not kept: two versions of the gateway may be at work.
        response.Headers.CacheControl = context.Request.Query["v"] == asset.Version ? "public, max-age=31536000, immutable" : "no-store";
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.Body.WriteAsync(asset.Content, context.RequestAborted);
        }
    }

    private sealed record Asset(string Name, byte[] Content)
    {
        public string Version { get; } = Convert.ToHexStringLower(SHA256.HashData(Content).AsSpan(0, 8));

        public string ContentType { get; } = Path.GetExtension(Name) switch
        {
            ".css" => "text/css; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            _ => "image/svg+xml",
        };
    }
}
