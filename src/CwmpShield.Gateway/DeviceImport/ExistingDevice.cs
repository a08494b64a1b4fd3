using CwmpShield.Core.Identity;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.DeviceImport;

/// <summary>Compares a line with the device that is there, and changes it where that is asked for.</summary>
internal sealed class ExistingDevice(SecretSeal seal, bool update, DateTimeOffset now)
{
    /// <summary>Compares <paramref name="row"/>; what came of it is counted in <paramref name="outcome"/>.</summary>
    public async ValueTask CompareAsync(StoreCommands commands, ImportRow row, long? sharedUser, BatchOutcome outcome)
    {
        // Neither new nor there: its user is what stood against it.
        if (await DeviceRows.FindAsync(commands, seal: null, row.Device) is not { Device: var known })
        {
            outcome.Problems.Add(new LineProblem(row.Line, "user", "a user that no other device has"));
            return;
        }

        var changed = await SecretsThatDifferAsync(commands, row, known.Key);
        var column = Differences(row, known).Concat(changed.Select(secret => secret.Purpose == SecretPurpose.Login ? "password" : "requestPassword")).FirstOrDefault();
        if (column is null)
        {
            outcome.Unchanged++;
        }
        else if (!update)
        {
            outcome.Problems.Add(new LineProblem(row.Line, column, "what the registry has of this device already, or --update to change it"));
        }
        else if (row.HttpUser is { } user && await commands.ScalarAsync("SELECT count(*) FROM device WHERE http_user = @user AND id <> @id", ("@user", user), ("@id", known.Key)) is not 0L)
        {
            outcome.Problems.Add(new LineProblem(row.Line, "user", "a user that no other device has"));
        }
        else
        {
            await UpdateAsync(commands, row, known, sharedUser, changed);
            outcome.Updated++;
            outcome.Weak += changed.Exists(secret => secret.Weakness is not null) ? 1 : 0;
        }
    }

    /// <summary>The columns in which the line says something else. What a device informs itself is no difference unless it may be changed.</summary>
    private IEnumerable<string> Differences(ImportRow row, RegisteredDevice known)
    {
        (string Column, bool Differs)[] all =
        [
            ("user", row.HttpUser is not null && row.HttpUser != known.HttpUser),
            ("sharedUser", row.SharedUser is not null && row.SharedUser != known.SharedUser),
            ("migrationUntil", row.MigrationUntil is not null && row.MigrationUntil != known.MigrationUntil),
            ("status", row.Status is not null && row.Status != known.Status),
            ("requiredStrength", row.RequiredStrength > known.RequiredStrength),
            ("groups", row.Groups is not null && !row.Groups.SequenceEqual(known.Groups.Order(StringComparer.Ordinal), StringComparer.Ordinal)),
            ("boundKeys", row.BoundKeys is not null && row.BoundKeys.Except(known.BoundKeys, StringComparer.Ordinal).Any()),
            ("model", row.Model is not null && row.Model != known.Model && (update || known.Model.Length == 0)),
            ("softwareVersion", row.SoftwareVersion is not null && row.SoftwareVersion != known.SoftwareVersion && (update || known.SoftwareVersion.Length == 0)),
        ];
        return all.Where(one => one.Differs).Select(one => one.Column);
    }

    private async ValueTask<List<DeviceSecret>> SecretsThatDifferAsync(StoreCommands commands, ImportRow row, long device)
    {
        var differing = new List<DeviceSecret>();
        foreach (var secret in DeviceBatch.Secrets(row, now))
        {
            var stored = await commands.QueryAsync(
                "SELECT fingerprint, user_name FROM device_secret WHERE device_id = @id AND purpose = @purpose",
                reader => (Print: reader.IsDBNull(0) ? default(long?) : reader.GetInt64(0), User: reader.Text(1)),
                ("@id", device),
                ("@purpose", secret.Purpose));
            var isSame = stored is [{ } one]
                && one.User == secret.User
                && (one.Print ?? await FingerprintAsync(commands, device, secret.Purpose)) == seal.Fingerprint(secret.Secret);
            if (!isSame)
            {
                differing.Add(secret);
            }
        }

        return differing;
    }

    /// <summary>The fingerprint of a secret that was stored before there were any.</summary>
    private async ValueTask<long?> FingerprintAsync(StoreCommands commands, long device, string purpose) =>
        await DeviceSecretRows.FindAsync(commands, seal, device, purpose) is { } stored ? seal.Fingerprint(stored.Secret) : null;

    private async ValueTask UpdateAsync(StoreCommands commands, ImportRow row, RegisteredDevice known, long? sharedUser, List<DeviceSecret> changed)
    {
        const string change = """
            UPDATE device
               SET http_user = coalesce(@user, http_user), shared_user_id = coalesce(CAST(@shared AS BIGINT), shared_user_id),
                   migration_until = coalesce(CAST(@until AS BIGINT), migration_until), status = coalesce(CAST(@status AS TEXT), status),
                   status_reason = CASE WHEN CAST(@status AS TEXT) IS NULL THEN status_reason ELSE 'import' END,
                   status_since = CASE WHEN CAST(@status AS TEXT) IS NULL THEN status_since ELSE CAST(@now AS BIGINT) END,
                   required_strength = CASE WHEN required_strength < @strength THEN @strength ELSE required_strength END,
                   model = coalesce(@model, model), software_version = coalesce(@software, software_version)
             WHERE id = @id
            """;
        var status = row.Status is { } given && given != known.Status ? StatusName.Of(given) : null;
        await commands.ExecuteAsync(
            change,
            ("@user", row.HttpUser),
            ("@shared", sharedUser),
            ("@until", row.MigrationUntil?.ToUnixTimeMilliseconds()),
            ("@status", status),
            ("@now", now.ToUnixTimeMilliseconds()),
            ("@strength", (long)(row.RequiredStrength ?? IdentityStrength.None)),
            ("@model", row.Model),
            ("@software", row.SoftwareVersion),
            ("@id", known.Key));
        if (row.Groups is { } groups && !groups.SequenceEqual(known.Groups.Order(StringComparer.Ordinal), StringComparer.Ordinal))
        {
            await commands.ExecuteAsync("DELETE FROM device_group WHERE device_id = @id", ("@id", known.Key));
            await BulkInsert.RunAsync(commands, "device_group (device_id, name)", "", [.. groups.Select(group => new object?[] { known.Key, group })]);
        }

        var keys = (row.BoundKeys ?? []).Except(known.BoundKeys, StringComparer.Ordinal).Select(key => DeviceBatch.Key(key, known.Key, now));
        await BulkInsert.RunAsync(commands, "device_key (spki_sha256, device_id, not_before, not_after)", "", [.. keys]);
        foreach (var secret in changed)
        {
            await DeviceSecretRows.PutAsync(commands, seal, known.Key, secret);
        }

        commands.Announce(new StoreChange(StoreChange.Device, known.Key));
    }
}
