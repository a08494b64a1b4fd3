namespace CwmpShield.Gateway.Auditing;

/// <summary>The ledger cannot be written: what must not happen without a record does not happen.</summary>
public sealed class LedgerUnavailableException : Exception
{
    /// <summary>With a sentence for operators.</summary>
    public LedgerUnavailableException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
