using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using System.Threading.Channels;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Firmware;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Inspection;
using CwmpShield.Gateway.Mirror;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Storage.Secrets;
using CwmpShield.Gateway.Tests.Doubles;
using CwmpShield.Gateway.Tests.Listening;
using CwmpShield.Gateway.Transfers;
using Microsoft.Extensions.DependencyInjection;

namespace CwmpShield.Gateway.Tests.Transfers;

/// <summary>A whole gateway with a mirror before a queueing ACS; the test says which URLs name which artefact.</summary>
internal sealed class TransferLab : IAsyncDisposable
{
    public const string Origin = "https://files.example/";

    private TransferLab(QueueingAcs acs) => Acs = acs;

    public QueueingAcs Acs { get; }

    public Lab Lab { get; private set; } = null!;

    public static byte[] Image { get; } = RandomNumberGenerator.GetBytes(100_000);

    /// <summary>Artefacts by URL.</summary>
    public ConcurrentDictionary<string, Artefact> Artefacts { get; } = new(StringComparer.Ordinal);

    /// <summary>Names of withdrawn artefacts.</summary>
    public ConcurrentBag<string> Withdrawn { get; } = [];

    public TransferLedger Ledger => Lab.Services.GetRequiredService<TransferLedger>();

    public RolloutStore Rollouts => Lab.Services.GetRequiredService<RolloutStore>();

    public ChannelReader<DecisionEvent> Events { get; private set; } = null!;

    /// <summary>The device's requests of the last session, and the order that it got.</summary>
    public DeviceSaw Order { get; private set; } = new(0, [], "");

    public static async Task<TransferLab> StartAsync(
        Func<MirrorOptions, MirrorOptions>? mirror = null,
        string? rules = null,
        TimeProvider? clock = null,
        RulesMode mode = RulesMode.Enforce,
        Func<GatewayOptions, GatewayOptions>? gateway = null)
    {
        var bench = new TransferLab(QueueingAcs.Start());
        GatewayOptions Options(GatewayOptions plain)
        {
            var folder = Path.GetDirectoryName(plain.Rules.Path)!;
            Directory.CreateDirectory(Path.Combine(folder, "origin"));
            File.WriteAllBytes(Path.Combine(folder, "origin/image.bin"), Image);
            if (rules is not null)
            {
                File.WriteAllText(plain.Rules.Path, rules);
            }

            var options = new MirrorOptions
            {
                Path = Path.Combine(folder, "mirror"),
                PublicUrl = "http://mirror.example/",
                Listeners = [new MirrorListenerOptions { Name = "mirror", Port = 0, AllowPlaintext = true }],
                Origins = [new MirrorOriginOptions { Url = Origin, Folder = Path.Combine(folder, "origin") }],
            };
            var whole = plain with { Mirror = mirror?.Invoke(options) ?? options, Rules = plain.Rules with { Mode = mode } };
            return gateway?.Invoke(whole) ?? whole;
        }

        bench.Lab = await Lab.StartAsync(bench.Acs.Server, Options, builder =>
        {
            builder.Services.AddSingleton(KeyRing.Of(MasterKey.Create()));
            builder.Services.AddSingleton<FindArtefact>((_, transfer) => new ArtefactAnswer(bench.Artefacts.GetValueOrDefault(transfer.Url), []));
            builder.Services.AddSingleton<ArtefactStands>((name, _) => !bench.Withdrawn.Contains(name));
            if (clock is not null)
            {
                builder.Services.AddSingleton(clock);
            }

            if (rules is not null)
            {
                builder.Services.AddSingleton<InspectMessage>(provider => provider.GetRequiredService<RuleSetHolder>().Inspect);
            }
        });
        bench.Events = bench.Lab.Services.GetRequiredService<DecisionFeed>().Watch();
        bench.Artefacts[Origin + "image.bin"] = ArtefactOf("fw-2.0", "2.0", Image);
        return bench;
    }

    public static Artefact ArtefactOf(string name, string version, byte[] image, RolloutRing? ring = null) => new()
    {
        Name = name,
        Version = version,
        FileTypes = ["1"],
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(image)),
        Size = image.Length,
        Models = [new ArtefactModel(Lab.Oui, [], [])],
        Urls = [ArtefactUrl.TryParse(Origin + "image.bin", out var url) ? url! : throw new InvalidOperationException()],
        IsFirmware = version.Length > 0,
        Ring = ring,
    };

    /// <summary>Fetches the image into the mirror.</summary>
    public async Task FillAsync()
    {
        var artefact = Artefacts[Origin + "image.bin"];
        var fetches = Lab.Services.GetRequiredService<MirrorFetches>();
        await ListenerHost.EventuallyAsync(
            () => fetches.Ask(new MirrorTarget(artefact.Name, artefact.Sha256, artefact.Size), Origin + "image.bin", null, () => true) is MirrorState.Ready, "the image");
    }

    /// <summary>One session: the device informs its version, says what it has to say, and is given what the ACS has for it, which it answers.</summary>
    /// <param name="serial">The device.</param>
    /// <param name="version">Its software version.</param>
    /// <param name="says">A report that it sends before its empty POST.</param>
    /// <param name="orders">Orders of the ACS, each given its id.</param>
    /// <param name="answer">What the device answers to an order of this id.</param>
    /// <param name="events">Why it informs.</param>
    public async Task SessionAsync(string serial = "1", string version = "1.0", string? says = null, Func<string, string>[]? orders = null, Func<string, string>? answer = null, string events = "2 PERIODIC")
    {
        foreach (var order in orders ?? [])
        {
            Acs.Order(order);
        }

        await using var device = await Lab.DeviceAsync(serial);
        var informed = await device.PostAsync(Soap.Inform(serial, @event: events).Replace(">1.0<", $">{version}<", StringComparison.Ordinal));
        Assert.Equal((200, "InformResponse"), (informed.Status, informed.Method));
        if (says is not null)
        {
            Assert.EndsWith("CompleteResponse", (await device.PostAsync(says)).Method, StringComparison.Ordinal);
        }

        Order = await device.EmptyAsync();
        var next = Order;
        while (next.Method.Length > 0)
        {
            next = await device.PostAsync(answer?.Invoke(next.Id) ?? TransferSoap.Response(next.Id, next.Method));
        }

        await Lab.QuietAsync();
    }

    public Task OrderAsync(string serial = "1", string url = Origin + "image.bin", string key = "k") =>
        SessionAsync(serial, orders: [id => TransferSoap.Download(id, url, key)]);

    /// <summary>Text of an element of the order that the device got.</summary>
    public string Argument(string name) => ArgumentsOf(name)[0];

    public string[] ArgumentsOf(string name) =>
        [.. Regex.Matches(Order.Body, $"<{name}>(?<it>[^<]*)</{name}>|<{name} ?/>", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture).Select(match => match.Groups["it"].Value)];

    /// <summary>Fetches what an URL of the mirror names, as the device would.</summary>
    public async Task<(HttpStatusCode Status, byte[] Bytes)> FetchAsync(string url, NetworkCredential? credential = null)
    {
        var address = new Uri($"http://127.0.0.1:{Lab.Door("mirror").Port}");
        using var client = new HttpClient(new SocketsHttpHandler
        {
            UseProxy = false,
            Credentials = credential is null ? null : new CredentialCache { { address, "Digest", credential } },
        });
        using var answer = await client.GetAsync(new Uri(address, new Uri(url).PathAndQuery));
        return (answer.StatusCode, await answer.Content.ReadAsByteArrayAsync());
    }

    /// <summary>Every transfer of a device, the newest first.</summary>
    public async Task<IReadOnlyList<TransferRecord>> TransfersAsync(string serial = "1") =>
        await Ledger.OfDeviceAsync(new DeviceId(Lab.Oui, Lab.ProductClass, serial), DateTimeOffset.UnixEpoch.AddDays(20), default);

    public async Task<TransferStatus> StatusAsync(string serial = "1") => (await TransfersAsync(serial))[0].Status;

    /// <summary>Reasons of the events since the last look.</summary>
    public List<string> Reasons()
    {
        var reasons = new List<string>();
        while (Events.TryRead(out var judged))
        {
            reasons.AddRange(judged.Decision.Reasons);
        }

        return reasons;
    }

    public async ValueTask DisposeAsync()
    {
        await Lab.DisposeAsync();
        await Acs.Server.DisposeAsync();
    }
}
