namespace CwmpShield.Core.Cwmp;

/// <summary>What a message is in its exchange.</summary>
public enum MessageRole
{
    /// <summary>A method call: an order when the ACS sends it.</summary>
    Request,

    /// <summary>The answer to a call.</summary>
    Response,

    /// <summary>A SOAP fault in answer to a call.</summary>
    Fault,
}
