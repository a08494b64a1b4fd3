using CwmpShield.Core.DataModel.Values;
using CwmpShield.Gateway.Configuration;

namespace CwmpShield.Gateway.Mirror.Origins;

/// <summary>Every place that the gateway fetches from, and none beside them.</summary>
internal sealed class MirrorOrigins(MirrorOptions options) : IDisposable
{
    private readonly MirrorOrigin[] all = [.. options.Origins.Select(origin => MirrorOrigin.Create(origin, options.Fetch))];

    /// <summary>The first that holds what <paramref name="url"/> names, null when none does.</summary>
    public MirrorOrigin? Of(UrlValue url) => Array.Find(all, origin => origin.Holds(url));

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var origin in all)
        {
            origin.Dispose();
        }
    }
}
