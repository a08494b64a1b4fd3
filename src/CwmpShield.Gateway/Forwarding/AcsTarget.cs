namespace CwmpShield.Gateway.Forwarding;

/// <summary>The destination that a session is pinned to.</summary>
/// <param name="DestinationId">Its id in the cluster.</param>
/// <param name="Uri">Where messages go.</param>
internal sealed record AcsTarget(string DestinationId, Uri Uri)
{
    /// <summary>A destination that names a path gets messages there; one that does not gets them at the path that the device used.</summary>
    public static AcsTarget Of(string destinationId, string address, string devicePath)
    {
        var uri = new Uri(address, UriKind.Absolute);
        return new AcsTarget(destinationId, uri.AbsolutePath.Length > 1 ? uri : new UriBuilder(uri) { Path = devicePath }.Uri);
    }
}
