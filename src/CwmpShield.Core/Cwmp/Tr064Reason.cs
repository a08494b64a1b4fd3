namespace CwmpShield.Core.Cwmp;

/// <summary>Why something was refused as TR-064 or UPnP: one family of words, the ids of the rules that look for it among them.</summary>
public static class Tr064Reason
{
    /// <summary>The body cannot be read as a message, and names a TR-064 or UPnP service or action.</summary>
    public const string Content = "tr064-content";

    /// <summary>SOAPAction names a TR-064 or UPnP action, above a body that is empty.</summary>
    public const string SoapAction = "tr064-soap-action";

    /// <summary>A request for a TR-064 or UPnP endpoint: somebody probes for a device's own management.</summary>
    public const string Path = "tr064-path";

    private const string Family = "tr064-";

    /// <summary>Whether a word (a reason, or a rule's id) is of the family.</summary>
    public static bool IsOne(string word) => word.StartsWith(Family, StringComparison.Ordinal);
}
