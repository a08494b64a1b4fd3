using System.Globalization;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.Reporting;

/// <summary>A held order as it stands.</summary>
internal sealed record HeldNow(long Number, string Device, string Order, IReadOnlyList<string> Rules, string Status, string Ticket, long Times, DateTimeOffset LastSeen)
{
    /// <summary>The held order of a row.</summary>
    public static HeldNow Of(HeldOrder held) =>
        new(held.Number, held.Device.ToString(), held.Rpc, held.Rules, held.Status.ToString().ToLowerInvariant(), held.Ticket, held.Times, held.LastSeen);

    /// <summary>The cells of its row.</summary>
    public IReadOnlyList<string> Cells() =>
        [Number.ToString(CultureInfo.InvariantCulture), Device, Order, string.Join('\n', Rules), Status, Ticket, ReportText.Of(Times), ReportText.Of(LastSeen)];
}
