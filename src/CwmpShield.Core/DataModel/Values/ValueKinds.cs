namespace CwmpShield.Core.DataModel.Values;

/// <summary>What types of values have in common.</summary>
internal static class ValueKinds
{
    /// <summary>Whether a value of this type is compared by the hosts in it.</summary>
    public static bool NamesHosts(this ValueKind kind) => kind is ValueKind.Host or ValueKind.HostList or ValueKind.Endpoints or ValueKind.SipUri;
}
