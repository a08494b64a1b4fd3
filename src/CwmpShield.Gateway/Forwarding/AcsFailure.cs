using System.Security.Authentication;

namespace CwmpShield.Gateway.Forwarding;

/// <summary>Finds the word for an exchange with the ACS that ended in an exception.</summary>
internal static class AcsFailure
{
    /// <summary>The failure that <paramref name="error"/> stands for.</summary>
    /// <param name="error">What was thrown.</param>
    /// <param name="wasSent">Whether the message may have left.</param>
    public static AcsReply.Failed Of(Exception error, bool wasSent) => error switch
    {
        _ when error is AcsResendException || error.InnerException is AcsResendException => new(ForwardingReason.AcsClosed),
        OperationCanceledException => wasSent ? new(ForwardingReason.AcsTimeout, IsDown: true) : new(ForwardingReason.AcsConnectFailed, IsDown: true),
        HttpRequestException { InnerException: AuthenticationException } => new(ForwardingReason.AcsTlsFailed, IsDown: true),
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => new(ForwardingReason.AcsTlsFailed, IsDown: true),
        HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse } => new(ForwardingReason.AcsNotHttp),
        HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } => new(ForwardingReason.AcsNotHttp),
        HttpRequestException when !wasSent => new(ForwardingReason.AcsConnectFailed, IsDown: true),
        HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded } => new(ForwardingReason.AcsTruncated),
        HttpIOException { HttpRequestError: HttpRequestError.InvalidResponse } => new(ForwardingReason.AcsNotHttp),
        _ => new(ForwardingReason.AcsClosed),
    };
}

/// <summary>A new connection was wanted for a message that may have been sent already.</summary>
internal sealed class AcsResendException : IOException;
