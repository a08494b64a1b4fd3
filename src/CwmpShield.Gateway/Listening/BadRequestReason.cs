namespace CwmpShield.Gateway.Listening;

/// <summary>Kestrel's verdict on a request, in our words.</summary>
internal static class BadRequestReason
{
    /// <summary>The reason for a request that Kestrel refused with <paramref name="status"/>; 400 itself is <paramref name="otherwise"/>.</summary>
    public static string Of(int status, string otherwise) => status switch
    {
        408 => ListeningReason.BodySlow,
        413 => ListeningReason.BodyTooLarge,
        414 or 431 => ListeningReason.HeadersTooLarge,
        405 => ListeningReason.MethodNotAllowed,
        501 => ListeningReason.HttpFraming,
        505 => ListeningReason.HttpVersion,
        _ => otherwise,
    };
}
