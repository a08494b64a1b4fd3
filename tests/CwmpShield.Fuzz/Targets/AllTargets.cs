namespace CwmpShield.Fuzz.Targets;

/// <summary>Everything that is attacked.</summary>
internal static class AllTargets
{
    /// <summary>The targets by turn.</summary>
    public static IReadOnlyList<FuzzTarget> List { get; } =
        [MessageTargets.Reader, MessageTargets.Writer, OrderTarget.Orders, OtherTargets.Rules, OtherTargets.Authorization, OtherTargets.Manifest, OtherTargets.Datagrams, CookieTargets.Device, CookieTargets.Acs];
}
