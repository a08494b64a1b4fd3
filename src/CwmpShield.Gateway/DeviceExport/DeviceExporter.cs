using CwmpShield.Core.Identity;
using CwmpShield.Gateway.DeviceImport;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.DeviceExport;

/// <summary>Exports devices, a page at a time.</summary>
/// <param name="office">Where they are.</param>
public sealed class DeviceExporter(DeviceOffice office)
{
    private const int PageSize = 1000;

    /// <summary>Writes one line for each device that fits; what came of it.</summary>
    /// <param name="filter">Which devices.</param>
    /// <param name="format">How the lines are written.</param>
    /// <param name="withSecrets">Whether passwords are written in the clear. Those that are kept as verifiers nobody can read back.</param>
    /// <param name="output">Where to.</param>
    /// <param name="progress">Told after each page how many devices were written.</param>
    /// <param name="cancellationToken">Stops it between two pages.</param>
    public async Task<ExportSummary> RunAsync(
        DeviceFilter filter, ImportFormat format, bool withSecrets, TextWriter output, Action<long>? progress, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> columns = withSecrets ? [.. ExportRow.Columns, .. ExportRow.SecretColumns] : ExportRow.Columns;
        if (format == ImportFormat.Csv)
        {
            await output.WriteLineAsync(string.Join(',', columns));
        }

        var summary = new ExportSummary(0, 0);
        var after = 0L;
        while (await office.ListAsync(filter, after, PageSize, cancellationToken) is { Count: > 0 } page)
        {
            foreach (var device in page)
            {
                var secrets = withSecrets ? await office.SecretsAsync(device.Key, cancellationToken) : null;
                var values = ExportRow.Values(device, secrets);
                await output.WriteLineAsync(format == ImportFormat.Csv ? ExportLine.ToCsv(values, ExportRow.Columns.Count) : ExportLine.ToJson(columns, values));
                var lost = secrets?.Any(secret => secret.Secret is StoredSecret.Verifier) is true ? 1 : 0;
                summary = new ExportSummary(summary.Devices + 1, summary.Unreadable + lost);
            }

            after = page[^1].Key;
            progress?.Invoke(summary.Devices);
        }

        await output.FlushAsync(cancellationToken);
        return summary;
    }
}

/// <summary>What came of an export.</summary>
/// <param name="Devices">Devices that were written.</param>
/// <param name="Unreadable">Devices among them whose password is kept as a verifier: it is not in the export.</param>
public sealed record ExportSummary(long Devices, long Unreadable);
