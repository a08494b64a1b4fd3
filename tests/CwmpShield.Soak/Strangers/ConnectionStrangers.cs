using System.Net.Security;
using CwmpShield.Gateway.Identity;
using CwmpShield.Soak.Rig;

namespace CwmpShield.Soak.Strangers;

/// <summary>Strangers who never come as far as a request.</summary>
internal static class ConnectionStrangers
{
    /// <summary>Few addresses: what one household, or one rented machine, has.</summary>
    private const int Addresses = 4;

    private static readonly Lazy<byte[]> Hello = new(ClientHello.Record);

    private static readonly Lazy<SslStreamCertificateContext> Foreign = new(() =>
    {
        using var authority = LabCertificateAuthority.CreateRoot("Operator devices");
        return SslStreamCertificateContext.Create(authority.IssueClient(Messages.Name("H1")), null, offline: true);
    });

    public static IReadOnlyList<Stranger> All { get; } =
    [
        new("connection-flood", "MaxConnectionsPerAddress, MaxHandshakesPerAddress", ["tls-handshake-failed", "too-many-handshakes-per-address"], true, ConnectAsync),
        new("silent-connections", "MaxHandshakesPerAddress, HandshakeTime", ["too-many-handshakes-per-address"], true, StaySilentAsync),
        new("slow-handshakes", "MaxHandshakesPerAddress, HandshakeTime", ["too-many-handshakes-per-address"], true, TrickleAsync),
        new("handshake-flood", "MaxHandshakesPerAddress, MaxHandshakes", ["tls-handshake-failed"], true, SayHelloAsync),
        new("foreign-certificates", "ClientCaPath, MaxHandshakesPerAddress", ["certificate-untrusted", "tls-handshake-failed"], true, ShowForeignAsync),
    ];

    private static Task ConnectAsync(Field field, CancellationToken cancellation) => field.CrowdAsync(
        16,
        async (worker, token) =>
        {
            await using var line = await Line.OpenAsync(field.Door("fleet"), Field.Address(worker % Addresses), token);
            line.Reset();
        },
        cancellation);

    private static Task StaySilentAsync(Field field, CancellationToken cancellation) => field.CrowdAsync(
        256,
        async (worker, token) =>
        {
            await using var line = await Line.OpenAsync(field.Door("fleet"), Field.Address(8 + worker % Addresses), token);
            await line.ReadToEndAsync(token);
            await Task.Delay(50, token);
        },
        cancellation);

    private static Task TrickleAsync(Field field, CancellationToken cancellation) => field.CrowdAsync(
        256,
        async (worker, token) =>
        {
            await using var line = await Line.OpenAsync(field.Door("fleet"), Field.Address(16 + worker % Addresses), token);
            foreach (var octet in Hello.Value)
            {
                await line.SendAsync(new[] { octet }, token);
                await Task.Delay(200, token);
            }
        },
        cancellation);

    private static Task SayHelloAsync(Field field, CancellationToken cancellation) => field.CrowdAsync(
        64,
        async (worker, token) =>
        {
            await using var line = await Line.OpenAsync(field.Door("fleet"), Field.Address(24 + worker % Addresses), token);
            await line.SendAsync(Hello.Value, token);

            // The server has signed by then; that was the dear part.
            _ = await line.Stream.ReadAtLeastAsync(new byte[64], 1, throwOnEndOfStream: false, token);
            line.Reset();
        },
        cancellation);

    private static Task ShowForeignAsync(Field field, CancellationToken cancellation) => field.CrowdAsync(
        4,
        async (worker, token) =>
        {
            await using var line = await Line.OpenTlsAsync(field.Door("fleet"), Field.Address(32 + worker % Addresses), Foreign.Value, token);
            await line.AskAsync(Messages.Post(Messages.Inform("H1")), token);
        },
        cancellation);
}
