namespace CwmpShield.Core.Udp;

/// <summary>Why a STUN datagram got no answer, or an error for an answer. Stable words of the metrics.</summary>
public static class StunReason
{
    /// <summary>Not a STUN message that can be read one way only.</summary>
    public const string Malformed = "stun-malformed";

    /// <summary>A message other than a binding request: nothing else is answered, so nobody can play two servers against each other.</summary>
    public const string NotABindingRequest = "stun-not-a-binding-request";

    /// <summary>FINGERPRINT is not that of the message.</summary>
    public const string FingerprintWrong = "stun-fingerprint-wrong";

    /// <summary>An attribute that must be understood is not; answered with 420.</summary>
    public const string AttributeUnknown = "stun-attribute-unknown";

    /// <summary>RESPONSE-ADDRESS is not the source's own.</summary>
    public const string ResponseAddressForeign = "stun-response-address-foreign";

    /// <summary>Credentials are configured and the request has none, or none that match; answered with 401, 430 or 431.</summary>
    public const string Unauthorized = "stun-unauthorized";

    /// <summary>The answer would be more than 1.6 times as long as the request.</summary>
    public const string AnswerTooLong = "stun-answer-too-long";
}
