using System.Globalization;
using System.Text;
using CwmpShield.Core.Identity;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.DeviceExport;

/// <summary>A device as a line of an export has it: what an import takes again, and what it has no use for. Without secrets unless they are given.</summary>
internal static class ExportRow
{
    /// <summary>The columns of an export without secrets.</summary>
    public static IReadOnlyList<string> Columns { get; } =
    [
        "oui", "productClass", "serialNumber", "user", "sharedUser", "migrationUntil", "status", "requiredStrength", "groups", "boundKeys", "model",
        "softwareVersion", "statusReason", "statusSince", "hasPassword", "firstSeen", "lastSeen", "lastSource",
    ];

    /// <summary>The columns of secrets.</summary>
    public static IReadOnlyList<string> SecretColumns { get; } = ["password", "ha1", "realm", "requestUser", "requestPassword"];

    /// <summary>The values in the order of <see cref="Columns"/>, with those of <see cref="SecretColumns"/> behind where secrets are given.</summary>
    public static IReadOnlyList<object?> Values(RegisteredDevice device, IReadOnlyList<DeviceSecret>? secrets)
    {
        List<object?> values =
        [
            device.Device.Oui,
            device.Device.ProductClass,
            device.Device.SerialNumber,
            device.HttpUser,
            device.SharedUser,
            Time(device.MigrationUntil),
            StatusName.Of(device.Status),
            StrengthName.Of(device.RequiredStrength),
            device.Groups,
            device.BoundKeys,
            device.Model,
            device.SoftwareVersion,
            device.StatusReason,
            Time(device.StatusSince),
            device.HasSecret ? "true" : "false",
            Time(device.FirstSeen),
            Time(device.LastSeen),
            device.LastSource,
        ];
        if (secrets is not null)
        {
            var login = secrets.FirstOrDefault(secret => secret.Purpose == SecretPurpose.Login)?.Secret;
            var request = secrets.FirstOrDefault(secret => secret.Purpose == SecretPurpose.ConnectionRequest);
            var ha1 = login as StoredSecret.Ha1;
            values.AddRange([Text(login), ha1 is null ? null : Convert.ToHexStringLower(ha1.Hash.Span), ha1?.Realm, request?.User, Text(request?.Secret)]);
        }

        return values;
    }

    private static string? Text(StoredSecret? secret) => secret is StoredSecret.Password password ? Encoding.UTF8.GetString(password.Utf8.Span) : null;

    private static string? Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
