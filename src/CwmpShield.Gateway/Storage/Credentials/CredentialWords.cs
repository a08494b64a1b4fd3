using CwmpShield.Core.Identity.Rotation;

namespace CwmpShield.Gateway.Storage.Credentials;

/// <summary>Purpose and state of a secret in one word, as the store has it and as its seal has it.</summary>
internal static class CredentialWords
{
    private static readonly CredentialSlot[] AllSlots = Enum.GetValues<CredentialSlot>();

    /// <summary>Every state.</summary>
    public static ReadOnlySpan<CredentialSlot> Slots => AllSlots;

    /// <summary>The word of a purpose alone: that of the device's own credential.</summary>
    public static string Of(CredentialPurpose purpose) => purpose == CredentialPurpose.ConnectionRequest ? "connection-request" : "login";

    /// <summary>The word of a purpose and a state.</summary>
    public static string Of(CredentialPurpose purpose, CredentialSlot slot) => slot switch
    {
        CredentialSlot.Current => Of(purpose),
        CredentialSlot.Acknowledged => Of(purpose) + "-acknowledged",
        CredentialSlot.Previous => Of(purpose) + "-previous",
        CredentialSlot.Factory => Of(purpose) + "-factory",
        _ => Of(purpose) + "-pending",
    };

    /// <summary>The credential in a state.</summary>
    public static DeviceCredential? In(RotatingCredential state, CredentialSlot slot) => slot switch
    {
        CredentialSlot.Current => state.Current,
        CredentialSlot.Acknowledged => state.Acknowledged,
        CredentialSlot.Previous => state.Previous,
        CredentialSlot.Factory => state.Factory,
        _ => state.Pending,
    };
}
