using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CwmpShield.Cli.Artefacts;

/// <summary>What was learned of a file by reading it once.</summary>
/// <param name="Sha256">SHA-256, lower-case hexadecimal.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Content">The bytes themselves, where a signature inside them may have to be checked; null where the file is too large for that.</param>
internal sealed record ArtefactFile(string Sha256, long Size, byte[]? Content)
{
    private const int BufferBytes = 1 << 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Whether a word names a URL in place of a file.</summary>
    public static bool IsUrl(string word) => word.Contains("://", StringComparison.Ordinal);

    /// <summary>Reads a file, or what an https URL serves: no redirects, no proxy, at most <paramref name="maxBytes"/>.</summary>
    /// <param name="source">File or URL.</param>
    /// <param name="caFile">Roots for the URL's certificate in PEM; null takes the machine's.</param>
    /// <param name="maxBytes">Bytes at most.</param>
    /// <param name="progress">Where progress is shown.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="IOException">It cannot be read, or is larger.</exception>
    public static async Task<ArtefactFile> ReadAsync(string source, string? caFile, long maxBytes, ProgressLine progress, CancellationToken cancellation)
    {
        if (!IsUrl(source))
        {
            await using var file = File.OpenRead(source);
            return await ReadAsync(file, file.Length, maxBytes, progress, cancellation);
        }

        if (!source.StartsWith("https://", StringComparison.Ordinal))
        {
            throw new IOException("only https URLs are fetched: over http nobody knows whose bytes are hashed");
        }

        using var client = new HttpClient(Handler(caFile)) { Timeout = Timeout.InfiniteTimeSpan };
        using var answer = await client.GetAsync(source, HttpCompletionOption.ResponseHeadersRead, cancellation).WaitAsync(Patience, cancellation);
        if (answer.StatusCode != System.Net.HttpStatusCode.OK)
        {
            throw new IOException($"the server answered {(int)answer.StatusCode}; redirects are not followed, name the file's own URL");
        }

        await using var body = await answer.Content.ReadAsStreamAsync(cancellation);
        return await ReadAsync(body, answer.Content.Headers.ContentLength ?? 0, maxBytes, progress, cancellation);
    }

    private static async Task<ArtefactFile> ReadAsync(Stream stream, long expected, long maxBytes, ProgressLine progress, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var content = expected <= Core.Firmware.Signing.EmbeddedSignature.MaxFileBytes ? new MemoryStream((int)Math.Min(expected, int.MaxValue)) : null;
        var kept = content;
        var buffer = new byte[BufferBytes];
        long size = 0;
        while (await stream.ReadAsync(buffer, cancellation).AsTask().WaitAsync(Patience, cancellation) is > 0 and var length)
        {
            size += length;
            if (size > maxBytes)
            {
                throw new IOException($"larger than {maxBytes} bytes");
            }

            hash.AppendData(buffer, 0, length);
            kept = size <= Core.Firmware.Signing.EmbeddedSignature.MaxFileBytes ? kept : null;
            kept?.Write(buffer, 0, length);
            progress.Show(size, expected, string.Create(CultureInfo.InvariantCulture, $"hashed {size >> 20} MiB"));
        }

        progress.End();
        if (size == 0)
        {
            throw new IOException("the file is empty");
        }

        return new ArtefactFile(Convert.ToHexStringLower(hash.GetHashAndReset()), size, kept?.ToArray());
    }

    private static SocketsHttpHandler Handler(string? caFile)
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false, ConnectTimeout = Patience };
        if (caFile is not null)
        {
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            policy.CustomTrustStore.ImportFromPemFile(caFile);
            handler.SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = policy };
        }

        return handler;
    }
}
