using CwmpShield.Gateway.Listening;

namespace CwmpShield.Gateway.Forwarding;

/// <summary>What came of sending one message to the ACS. Closed.</summary>
internal abstract record AcsReply
{
    private AcsReply()
    {
    }

    /// <summary>200 with a body.</summary>
    /// <param name="Body">The body, decoded; whoever takes the reply disposes it.</param>
    /// <param name="ContentType">Content-Type as it came, null when absent.</param>
    public sealed record Message(BufferedBody Body, string? ContentType) : AcsReply;

    /// <summary>204, or 200 without a body.</summary>
    public sealed record Empty : AcsReply;

    /// <summary>401, which passes to the device in identity mode observe.</summary>
    /// <param name="WwwAuthenticate">Its WWW-Authenticate values as they came.</param>
    /// <param name="Chosen">The one of them that the gateway can answer itself, null when none.</param>
    public sealed record Challenge(IReadOnlyList<string> WwwAuthenticate, AcsChallenge? Chosen) : AcsReply;

    /// <summary>A redirect (302, 307) to a listed target.</summary>
    /// <param name="Status">HTTP status.</param>
    /// <param name="Target">Location.</param>
    public sealed record Redirect(int Status, string Target) : AcsReply;

    /// <summary>No answer that could be used.</summary>
    /// <param name="Reason">Stable word of <see cref="ForwardingReason"/> or <see cref="ListeningReason"/>.</param>
    /// <param name="IsDown">Whether the ACS could not be reached or did not answer in time: the destination's health is in doubt.</param>
    /// <param name="RetryAfter">Seconds that the ACS asked for, null when it did not.</param>
    public sealed record Failed(string Reason, bool IsDown = false, int? RetryAfter = null) : AcsReply
    {
        /// <summary>Location of a redirect that is not followed; else empty.</summary>
        public string Target { get; init; } = "";
    }
}
