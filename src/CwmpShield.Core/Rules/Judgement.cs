using System.Net;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.DataModel;
using CwmpShield.Core.Firmware;
using CwmpShield.Core.Identity;
using CwmpShield.Core.Identity.Impersonation;
using CwmpShield.Core.Identity.Rotation;
using CwmpShield.Core.Sessions;
using CwmpShield.Core.Wire;

namespace CwmpShield.Core.Rules;

/// <summary>One message being judged, with everything that conditions may ask about. Used by one thread, for one message.</summary>
public sealed class Judgement
{
    private Dictionary<string, string>? siblings;
    private ArtefactAnswers? artefactAnswers;
    private List<DataModel.Values.ValueElement>? elements;
    private bool? speaksTr064;
    private List<(string Rule, string Key, bool Taken)>? places;

    /// <summary>The message.</summary>
    public required CwmpMessage Message { get; init; }

    /// <summary>The envelope as it was read, before what the schema has no place for was dropped; null takes the message's own.</summary>
    public SoapEnvelope? Original { get; init; }

    /// <summary>The session's device.</summary>
    public DeviceTraits Traits { get; init; } = DeviceTraits.Unknown;

    /// <summary>What the session has taught.</summary>
    public SessionFacts Facts { get; init; } = new();

    /// <summary>Sliding windows; null judges as if nothing had gone before.</summary>
    public RateCounters? Rates { get; init; }

    /// <summary>Imported data model, null when there is none.</summary>
    public DataModelIndex? Model { get; init; }

    /// <summary>What vouches for files.</summary>
    public ArtefactTrust Artefacts { get; init; } = ArtefactTrust.None;

    /// <summary>Source address, null when unknown.</summary>
    public IPAddress? Source { get; init; }

    /// <summary>What is odd about how its sender claims to be its device.</summary>
    public Signal Signals { get; init; }

    /// <summary>What is wrong with the credentials that an order gives its device.</summary>
    public CredentialFlaw Credentials { get; init; }

    /// <summary>The instant of judgement.</summary>
    public DateTimeOffset Now { get; init; }

    /// <summary>SOAPAction header, null when absent.</summary>
    public string? SoapAction { get; init; }

    /// <summary>Request path, empty when unknown.</summary>
    public string Path { get; init; } = "";

    /// <summary>Bytes of the body as it came.</summary>
    public int BodyBytes { get; init; }

    /// <summary>Room for the elements of one value; emptied by whoever uses it.</summary>
    internal List<DataModel.Values.ValueElement> Elements => elements ??= [];

    /// <summary>Events that lead this session, or that this Inform carries.</summary>
    internal IReadOnlyList<string> Events => Message.Rpc == RpcKind.Inform && Message.Role == MessageRole.Request ? Message.Events : Facts.Events;

    /// <summary>Whether the message speaks TR-064 or UPnP.</summary>
    internal bool SpeaksTr064 => speaksTr064 ??= Tr064Scan.Finds(Original ?? Message.Envelope, Message.Direction, SoapAction, Path);

    /// <summary>The gate's answer on a subject; null where nothing is configured, or where nobody can know.</summary>
    internal ArtefactAnswer? Artefact(ArtefactSubject of, in Subject subject) => Artefacts.IsConfigured ? (artefactAnswers ??= new ArtefactAnswers()).On(this, of, subject) : null;

    /// <summary>The value of a parameter: from the message itself, else as the session knows it.</summary>
    internal bool TryValueOf(string name, out string value)
    {
        if (siblings is null)
        {
            siblings = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            for (var i = 0; i < Message.Parameters.Count; i++)
            {
                var mention = Message.Parameters[i];
                if (mention.Value is not null)
                {
                    siblings[mention.Name] = mention.Value;
                }
            }
        }

        if (siblings.TryGetValue(name, out var found))
        {
            value = found;
            return true;
        }

        return Facts.TryValue(name, out value);
    }

    /// <summary>Takes a place in a sliding window, once for each rule and message; true when there is one.</summary>
    internal bool TakePlace(string rule, string key, int limit, TimeSpan span)
    {
        if (Rates is null)
        {
            return limit > 0;
        }

        places ??= [];
        foreach (var place in places)
        {
            if (string.Equals(place.Rule, rule, StringComparison.Ordinal))
            {
                return place.Taken;
            }
        }

        var taken = Rates.TryTake(rule, key, limit, span, Now);
        places.Add((rule, key, taken));
        return taken;
    }

    /// <summary>Gives back every place that was taken for this message: it does not go on.</summary>
    internal void GiveBackPlaces()
    {
        foreach (var (rule, key, taken) in places ?? [])
        {
            if (taken)
            {
                Rates!.GiveBack(rule, key, Now);
            }
        }
    }
}
