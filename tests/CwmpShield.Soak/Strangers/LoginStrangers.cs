using System.Globalization;
using System.Text;
using CwmpShield.Core.Tests.Identity;
using CwmpShield.Soak.Rig;

namespace CwmpShield.Soak.Strangers;

/// <summary>Strangers who try to log in, or to fill what the gateway remembers.</summary>
internal static class LoginStrangers
{
    /// <summary>Log-ins on one connection: as many as one address may be wrong before it must wait.</summary>
    private const int Batch = 20;

    /// <summary>Connections that one worker keeps: two of them share an address, and want more than it may have.</summary>
    private const int Kept = 40;

    private static readonly byte[] Ask = [.. Enumerable.Repeat(Messages.Post(""), Batch).SelectMany(one => one)];

    public static IReadOnlyList<Stranger> All { get; } =
    [
        new("nonce-flood", "nonces carry their own proof, nothing is kept", [], false, ChallengesAsync),
        new("replays", "a nonce counts each of its numbers once", [], false, ReplayAsync),
        new("inform-flood", "MaxConnectionsPerAddress", ["too-many-connections-per-address"], false, InformAsync),
        new("random-serials", "Throttle:Entries, Throttle:Address:Failures", ["address-failures-exceeded"], false, SerialsAsync),
    ];

    /// <summary>Log-ins with serial numbers that nobody has, each a new one, from very many addresses.</summary>
    public static Task SerialsAsync(Field field, CancellationToken cancellation) => field.CrowdAsync(
        8,
        async (_, token) =>
        {
            var number = field.Attempts / Batch;
            await using var line = await Line.OpenAsync(field.Door("plain"), Many(number), token);
            var nonce = await NonceAsync(line, token);
            var first = number * Batch;
            var requests = Enumerable.Range(0, Batch).SelectMany(i => Messages.Post("", $"Authorization: {Wrong(first + i, nonce)}\r\n")).ToArray();
            field.Count(Batch - 1);
            await line.SendAsync(requests, token);
            for (var i = 0; i < Batch && (await line.ReadAsync(token)).Status != 0; i++)
            {
            }
        },
        cancellation);

    /// <summary>One of 65,000 addresses.</summary>
    private static System.Net.IPAddress Many(long number) => new([127, 99, (byte)(number >> 8), (byte)number]);

    private static Task ChallengesAsync(Field field, CancellationToken cancellation) => field.CrowdAsync(
        8,
        async (worker, token) =>
        {
            await using var line = await Line.OpenAsync(field.Door("plain"), Field.Address(128 + worker % 4), token);
            while (true)
            {
                await line.SendAsync(Ask, token);
                for (var i = 0; i < Batch; i++)
                {
                    if ((await line.ReadAsync(token)).Status != 401)
                    {
                        return;
                    }
                }

                field.Count(Batch);
            }
        },
        cancellation);

    /// <summary>Logs in rightly once, and sends the same again and again.</summary>
    private static Task ReplayAsync(Field field, CancellationToken cancellation) => field.CrowdAsync(
        2,
        async (worker, token) =>
        {
            await using var line = await Line.OpenAsync(field.Door("plain"), Field.Address(136 + worker % 4), token);
            var device = new DigestDevice { User = Messages.Name(RigFolder.PasswordSerial), Password = RigFolder.Password, Nonce = await NonceAsync(line, token) };
            var request = Messages.Post("", $"Authorization: {device.Header}\r\n");
            for (var i = 0; i < 200; i++)
            {
                field.Count();
                await using var again = await Line.OpenAsync(field.Door("plain"), Field.Address(136 + worker % 4), token);
                await again.AskAsync(request, token);
            }
        },
        cancellation);

    /// <summary>Informs with serial numbers that nobody has, where a listener only observes who speaks; each keeps its connection while the gateway lets it.</summary>
    private static Task InformAsync(Field field, CancellationToken cancellation) => field.CrowdAsync(
        8,
        async (worker, token) =>
        {
            var kept = new Queue<Line>();
            try
            {
                while (!token.IsCancellationRequested && field.Attempts < field.AtMost)
                {
                    kept.Enqueue(await Line.OpenAsync(field.Door("open"), Field.Address(144 + worker % 4), token));
                    field.Count();
                    await kept.Last().AskAsync(Messages.Post(Messages.Inform(string.Create(CultureInfo.InvariantCulture, $"X{field.Attempts}"))), token);
                    if (kept.Count == Kept)
                    {
                        await kept.Dequeue().DisposeAsync();
                    }
                }
            }
            finally
            {
                foreach (var line in kept)
                {
                    await line.DisposeAsync();
                }
            }
        },
        cancellation);

    private static async Task<string> NonceAsync(Line line, CancellationToken cancellation) =>
        Messages.Between((await line.AskAsync(Messages.Post(""), cancellation)).Header("WWW-Authenticate"), "nonce=\"", "\"");

    private static string Wrong(long number, string nonce) => string.Create(
        CultureInfo.InvariantCulture,
        $"Digest username=\"{Messages.Name($"R{number}")}\", realm=\"CwmpShield\", nonce=\"{nonce}\", uri=\"/\", algorithm=MD5, qop=auth, nc={number % Batch + 1:x8}, cnonce=\"0a\", response=\"{new string('0', 32)}\"");
}
