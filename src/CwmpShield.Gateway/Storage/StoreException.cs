namespace CwmpShield.Gateway.Storage;

/// <summary>The store or its key cannot be used as it is; the message tells the operator why and what to do.</summary>
public sealed class StoreException : Exception
{
    /// <summary>With a message for the operator.</summary>
    public StoreException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
