namespace CwmpShield.Core.ConnectionRequests.Exposure;

/// <summary>What was found at the devices of one model. Mutable while a scan counts; not for several threads.</summary>
public sealed class ModelExposure
{
    /// <summary>The model, cleaned.</summary>
    public required string Model { get; init; }

    /// <summary>Devices.</summary>
    public int Devices { get; private set; }

    /// <summary>Those that answered.</summary>
    public int Answered { get; private set; }

    /// <summary>Those that cannot be reached, or gave no HTTP answer.</summary>
    public int Unreachable { get; private set; }

    /// <summary>Those that were not asked.</summary>
    public int NotAsked { get; private set; }

    /// <summary>Those that answer TR-064, or announced it as their endpoint.</summary>
    public int Tr064 { get; private set; }

    /// <summary>Those that answer UPnP descriptions or HNAP.</summary>
    public int Upnp { get; private set; }

    /// <summary>Those that take a connection request without credentials.</summary>
    public int Open { get; private set; }

    /// <summary>Those that offer Basic.</summary>
    public int Basic { get; private set; }

    /// <summary>Those that offer nothing but Digest.</summary>
    public int Digest { get; private set; }

    /// <summary>Those whose realm has their serial number.</summary>
    public int SerialInRealm { get; private set; }

    /// <summary>Web servers by how many devices have them; 8 at most.</summary>
    public IReadOnlyDictionary<string, int> Servers => servers;

    private const int MaxServers = 8;
    private readonly Dictionary<string, int> servers = new(StringComparer.Ordinal);

    /// <summary>Counts a device.</summary>
    public void Add(ExposureFinding finding)
    {
        Devices++;
        Answered += finding.Outcome == ExposureOutcome.Answered ? 1 : 0;
        Unreachable += finding.Outcome is ExposureOutcome.Unreachable or ExposureOutcome.Silent ? 1 : 0;
        NotAsked += finding.Outcome == ExposureOutcome.NotAsked ? 1 : 0;
        Tr064 += finding.IsTr064 ? 1 : 0;
        Upnp += (finding.Services & (ExposedServices.Upnp | ExposedServices.Hnap)) != ExposedServices.None ? 1 : 0;
        Open += finding.IsOpen ? 1 : 0;
        Basic += finding.Schemes.HasFlag(LoginSchemes.Basic) ? 1 : 0;
        Digest += (finding.Schemes & (LoginSchemes.DigestMd5 | LoginSchemes.DigestSha256)) == finding.Schemes
            && finding.Schemes != LoginSchemes.None ? 1 : 0;
        SerialInRealm += finding.Realm == RealmClass.Serial ? 1 : 0;
        if (finding.Server.Length > 0 && (servers.Count < MaxServers || servers.ContainsKey(finding.Server)))
        {
            servers[finding.Server] = servers.GetValueOrDefault(finding.Server) + 1;
        }
    }
}

/// <summary>What a scan has found, by model. Bounded: models beyond the first 500 are counted as <c>other</c>. Not for several threads.</summary>
public sealed class ExposureSummary
{
    /// <summary>Where models are counted that came too late.</summary>
    public const string Other = "(other)";

    private const int MaxModels = 500;
    private const int MaxListed = 10_000;

    private readonly Dictionary<string, ModelExposure> models = new(StringComparer.Ordinal);
    private readonly List<ExposureFinding> exposed = [];

    /// <summary>Models in the order of their names.</summary>
    public IEnumerable<ModelExposure> Models => models.Values.OrderBy(model => model.Model, StringComparer.Ordinal);

    /// <summary>Devices that somebody should look at, 10,000 at most.</summary>
    public IReadOnlyList<ExposureFinding> Exposed => exposed;

    /// <summary>Devices.</summary>
    public int Devices { get; private set; }

    /// <summary>Whether every device was come to; false where the scan was stopped.</summary>
    public bool IsComplete { get; set; }

    /// <summary>Counts a device.</summary>
    public void Add(ExposureFinding finding)
    {
        Devices++;
        var name = models.Count < MaxModels || models.ContainsKey(finding.Model) ? finding.Model : Other;
        if (!models.TryGetValue(name, out var model))
        {
            models.Add(name, model = new ModelExposure { Model = name });
        }

        model.Add(finding);
        if (finding.IsExposed && exposed.Count < MaxListed)
        {
            exposed.Add(finding);
        }
    }
}
