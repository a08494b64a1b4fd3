namespace CwmpShield.Gateway.Storage;

/// <summary>The registry could not be asked or written: locked, full, damaged or gone. The caller fails closed.</summary>
public sealed class RegistryUnavailableException : Exception
{
    /// <summary>With a message for the operator and the store's own error.</summary>
    public RegistryUnavailableException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
