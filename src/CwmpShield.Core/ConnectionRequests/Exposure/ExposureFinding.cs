using CwmpShield.Core.Cwmp;

namespace CwmpShield.Core.ConnectionRequests.Exposure;

/// <summary>A device that a scan may ask.</summary>
/// <param name="Device">The device.</param>
/// <param name="Model">Its model; empty when unknown.</param>
/// <param name="Endpoint">Where it takes connection requests; null where it has told nothing that may be called.</param>
/// <param name="Refusal">Why not, a <see cref="ConnectionRequestReason"/>; else empty.</param>
public sealed record ExposureTarget(DeviceId Device, string Model, DeviceEndpoint? Endpoint, string Refusal);

/// <summary>What a scan has found at one device.</summary>
public sealed record ExposureFinding
{
    /// <summary>The device.</summary>
    public required DeviceId Device { get; init; }

    /// <summary>Its model, cleaned; <c>(unknown)</c> when unknown.</summary>
    public required string Model { get; init; }

    /// <summary>Whether it answered.</summary>
    public required ExposureOutcome Outcome { get; init; }

    /// <summary>Why it was not asked, a <see cref="ConnectionRequestReason"/>; else empty.</summary>
    public string Refusal { get; init; } = "";

    /// <summary>Status of the endpoint without credentials; 0 where it gave none.</summary>
    public int Status { get; init; }

    /// <summary>What the endpoint demands.</summary>
    public LoginSchemes Schemes { get; init; }

    /// <summary>What the realm gives away.</summary>
    public RealmClass Realm { get; init; }

    /// <summary>The web server's name, cleaned.</summary>
    public string Server { get; init; } = "";

    /// <summary>What else answers at the endpoint's port.</summary>
    public ExposedServices Services { get; init; }

    /// <summary>Paths that answered with a description.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    /// <summary>Whether the device has a connection request made by anybody: a success without credentials.</summary>
    public bool IsOpen => Status is >= 200 and < 300;

    /// <summary>Whether TR-064 answers at the connection-request port, or was announced as its endpoint.</summary>
    public bool IsTr064 => Services.HasFlag(ExposedServices.Tr064) || Refusal == ConnectionRequestReason.Tr064EndpointReuse;

    /// <summary>Whether somebody should look at it.</summary>
    public bool IsExposed => IsOpen || Services != ExposedServices.None || IsTr064;

    /// <summary>What a realm gives away of a device.</summary>
    public static RealmClass Classify(string? realm, DeviceId device, string model) =>
        realm is null ? RealmClass.None
        : realm.Trim().Length == 0 ? RealmClass.Empty
        : Names(realm, device.SerialNumber) ? RealmClass.Serial
        : Names(realm, model) || Names(realm, device.ProductClass) ? RealmClass.Model
        : RealmClass.Other;

    // Shorter words are in everything.
    private static bool Names(string realm, string word) => word.Length >= 3 && realm.Contains(word, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Whether a device answered a scan.</summary>
public enum ExposureOutcome
{
    /// <summary>It was not asked: it has told no endpoint that may be called, or one outside the access networks.</summary>
    NotAsked = 0,

    /// <summary>It cannot be reached.</summary>
    Unreachable,

    /// <summary>It took the connection and gave no HTTP answer in time.</summary>
    Silent,

    /// <summary>It answered.</summary>
    Answered,
}
