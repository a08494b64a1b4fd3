namespace CwmpShield.Core.Cwmp;

/// <summary>Event codes of Informs (TR-069 3.7.1.5) that the gateway itself asks for.</summary>
public static class InformEvent
{
    /// <summary>The device was called.</summary>
    public const string ConnectionRequest = "6 CONNECTION REQUEST";
}
