namespace CwmpShield.Core.Identity.Impersonation;

/// <summary>What is odd about somebody's claims to be a device. Several may stand together.</summary>
[Flags]
public enum Signal
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>One source tries many serial numbers that it proves nothing of.</summary>
    ManySerials = 1,

    /// <summary>The serial numbers that it tries lie close together: it walks through them.</summary>
    WalkingSerials = 2,

    /// <summary>One DeviceId comes with two certificate keys: a second one that is no renewal, or an earlier one that is back beside its renewal.</summary>
    TwoKeys = 4,

    /// <summary>One certificate key is used for more than one device.</summary>
    KeyOfSeveralDevices = 8,

    /// <summary>One device has proven itself from two distant networks within a short time.</summary>
    TwoNetworks = 16,

    /// <summary>A device says again and again that it begins from factory settings.</summary>
    RepeatedBootstrap = 32,

    /// <summary>Somebody uses the name of a device that does not exist and was laid out for thieves.</summary>
    Canary = 64,

    /// <summary>Log-ins from one source have been wrong until its limit.</summary>
    FailedLogIns = 128,
}

/// <summary>The words for <see cref="Signal"/> in rules, metrics and events.</summary>
public static class SignalName
{
    private static readonly (Signal Signal, string Name)[] Names =
    [
        (Signal.ManySerials, "many-serials"),
        (Signal.WalkingSerials, "walking-serials"),
        (Signal.TwoKeys, "two-keys"),
        (Signal.KeyOfSeveralDevices, "key-of-several-devices"),
        (Signal.TwoNetworks, "two-networks"),
        (Signal.RepeatedBootstrap, "repeated-bootstrap"),
        (Signal.Canary, "canary"),
        (Signal.FailedLogIns, "failed-log-ins"),
    ];

    /// <summary>Every word.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Names.Select(one => one.Name)];

    /// <summary>Reads a word.</summary>
    public static bool TryParse(string word, out Signal signal)
    {
        signal = Array.Find(Names, one => string.Equals(one.Name, word, StringComparison.Ordinal)).Signal;
        return signal != Signal.None;
    }

    /// <summary>The words of every signal that stands in <paramref name="signals"/>.</summary>
    public static IEnumerable<string> Of(Signal signals) => Names.Where(one => signals.HasFlag(one.Signal)).Select(one => one.Name);
}
