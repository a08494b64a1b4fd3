namespace CwmpShield.Gateway.Forwarding;

/// <summary>What the device is answered. Closed.</summary>
internal abstract record DeviceAnswer
{
    private DeviceAnswer()
    {
    }

    /// <summary>200 with a judged message.</summary>
    /// <param name="Body">Canonical bytes.</param>
    public sealed record Message(ReadOnlyMemory<byte> Body) : DeviceAnswer;

    /// <summary>204: the ACS has nothing to say.</summary>
    public sealed record Empty : DeviceAnswer;

    /// <summary>401 of the ACS, in identity mode observe only.</summary>
    /// <param name="WwwAuthenticate">Its WWW-Authenticate values.</param>
    public sealed record Challenge(IReadOnlyList<string> WwwAuthenticate) : DeviceAnswer;

    /// <summary>A listed redirect.</summary>
    /// <param name="Status">HTTP status.</param>
    /// <param name="Target">Location.</param>
    public sealed record Redirect(int Status, string Target) : DeviceAnswer;

    /// <summary>503 with Retry-After.</summary>
    /// <param name="Reason">Stable word.</param>
    /// <param name="IsDown">Whether the destination's health is in doubt.</param>
    /// <param name="RetryAfter">Seconds, null for the usual.</param>
    public sealed record Unavailable(string Reason, bool IsDown = false, int? RetryAfter = null) : DeviceAnswer
    {
        /// <summary>Where the ACS would have sent the device, for the record; never said to the device.</summary>
        public string Target { get; init; } = "";
    }
}
