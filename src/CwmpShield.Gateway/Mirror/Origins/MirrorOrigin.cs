using CwmpShield.Core.DataModel.Values;
using CwmpShield.Gateway.Configuration;

namespace CwmpShield.Gateway.Mirror.Origins;

/// <summary>One place that artefacts are fetched from.</summary>
internal abstract class MirrorOrigin(MirrorOriginOptions options) : IDisposable
{
    private readonly UrlValue prefix = UrlValue.TryParse(options.Url, out var url) ? url! : throw new InvalidOperationException($"Origin '{options.Url}' is no URL.");

    /// <summary>Asks for a file.</summary>
    public abstract Task<OriginAnswer> OpenAsync(OriginRequest request, CancellationToken cancellationToken);

    /// <summary>The origin that <paramref name="options"/> describes.</summary>
    public static MirrorOrigin Create(MirrorOriginOptions options, MirrorFetchOptions fetch) =>
        options.Folder.Length > 0 ? new FolderOrigin(options) : new HttpsOrigin(options, fetch);

    /// <summary>Whether it holds what <paramref name="url"/> names.</summary>
    public bool Holds(UrlValue url) => Below(prefix, url);

    /// <inheritdoc/>
    public virtual void Dispose()
    {
    }

    /// <summary>Path of <paramref name="url"/> below the origin's own.</summary>
    protected string PathBelow(UrlValue url) => url.Path[prefix.Path.Length..];

    /// <summary>Whether <paramref name="url"/> is of the same scheme, host and port, and its path begins with that of <paramref name="prefix"/>.</summary>
    protected static bool Below(UrlValue prefix, UrlValue url) =>
        !url.HasUserInfo
        && string.Equals(url.Origin, prefix.Origin, StringComparison.Ordinal)
        && url.Path.StartsWith(prefix.Path, StringComparison.Ordinal);
}
