using System.Data.Common;
using System.Globalization;
using CwmpShield.Core.Cwmp;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.Reporting;

/// <summary>One transfer of one device.</summary>
internal sealed record DeviceTransfer(DateTimeOffset At, string Device, string Order, string Artefact, string Version, string Sha256, bool IsVerified, string Outcome, long Fault)
{
    /// <summary>Reads a row.</summary>
    public static DeviceTransfer Read(DbDataReader row) => new(
        row.Time(0),
        new DeviceId(row.GetString(1), row.GetString(2), row.GetString(3)).ToString(),
        row.GetString(4),
        row.GetString(5),
        row.GetString(6),
        row.GetString(7),
        row.GetInt64(8) != 0,
        row.GetString(9),
        row.GetInt64(10));

    /// <summary>How the bytes are called.</summary>
    public static string Bytes(bool isVerified) => isVerified ? "verified" : "not seen";

    /// <summary>The cells of its row.</summary>
    public IReadOnlyList<string> Cells() =>
    [
        ReportText.Of(At), Device, Order, Artefact.Length > 0 ? Artefact : "(not in a manifest)", Version, Sha256.Length > 16 ? Sha256[..16] + "…" : Sha256, Bytes(IsVerified),
        Fault > 0 ? string.Create(CultureInfo.InvariantCulture, $"{Outcome} ({Fault})") : Outcome,
    ];
}
