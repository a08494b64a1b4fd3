using CwmpShield.Core.Identity.Rotation;
using CwmpShield.Gateway.Storage.Secrets;

namespace CwmpShield.Gateway.Storage.Credentials;

/// <summary>Reads and writes every state of a device's credential. The seal names state and device, so that a secret that changes its state is sealed anew.</summary>
internal static class CredentialRows
{
    /// <summary>Every state of one credential.</summary>
    public static async ValueTask<RotatingCredential> ReadAsync(StoreCommands commands, SecretSeal seal, long device, CredentialPurpose purpose) =>
        StateOf(await RowsAsync(commands, seal, device, purpose));

    /// <summary>Makes a change; null where the device is gone.</summary>
    public static async ValueTask<CredentialResult?> ChangeAsync(StoreCommands commands, SecretSeal seal, CredentialChange change)
    {
        // The row is locked first: two nodes must not both start from the same state.
        const string locked = "UPDATE device SET status = status WHERE id = @id";
        if (await commands.ExecuteAsync(locked, ("@id", change.Device)) == 0)
        {
            return null;
        }

        var rows = await RowsAsync(commands, seal, change.Device, change.Purpose);
        var before = StateOf(rows);
        if (change.TakesUser is { } user && await IsTakenAsync(commands, change.Device, user))
        {
            return new CredentialResult(IsUserTaken: true, before, await RecordAsync(commands, seal, change.Device));
        }

        var after = change.Apply(before);
        if (after != before)
        {
            await WriteAsync(commands, seal, change, rows, after);
            await OwnUserAsync(commands, change, before, after);
            commands.Announce(new StoreChange(StoreChange.Device, change.Device));
        }

        await LeaveLaneAsync(commands, change);
        return new CredentialResult(IsUserTaken: false, before, await RecordAsync(commands, seal, change.Device));
    }

    private static async ValueTask<DeviceRecord> RecordAsync(StoreCommands commands, SecretSeal seal, long device) =>
        (await DeviceRows.ReadAsync(commands, seal, "d.id = @id", ("@id", device))).Single();

    private static ValueTask<IReadOnlyList<SecretRow>> RowsAsync(StoreCommands commands, SecretSeal seal, long device, CredentialPurpose purpose) =>
        commands.QueryAsync(
            """
            SELECT purpose, sealed, user_name, expires_at, created_at, fingerprint, weakness FROM device_secret
             WHERE device_id = @id AND (purpose = @purpose OR purpose LIKE @states)
            """,
            reader =>
            {
                var sealedSecret = reader.GetFieldValue<byte[]>(1);
                var secret = seal.Open(sealedSecret, device, reader.GetString(0));
                return new SecretRow(
                    reader.GetString(0),
                    seal.OpenBytes(sealedSecret, device, reader.GetString(0)),
                    new DeviceCredential(reader.Text(2), secret, reader.TimeOrNull(3)),
                    reader.IsDBNull(4) ? null : reader.GetInt64(4),
                    reader.IsDBNull(5) ? null : reader.GetInt64(5),
                    reader.Text(6));
            },
            ("@id", device),
            ("@purpose", CredentialWords.Of(purpose)),
            ("@states", CredentialWords.Of(purpose) + "-%"));

    private static RotatingCredential StateOf(IReadOnlyList<SecretRow> rows)
    {
        DeviceCredential? Find(CredentialSlot slot) => rows.FirstOrDefault(row => Suffix(row.Purpose) == slot)?.Credential;
        return new RotatingCredential
        {
            Current = Find(CredentialSlot.Current),
            Acknowledged = Find(CredentialSlot.Acknowledged),
            Pending = Find(CredentialSlot.Pending),
            Previous = Find(CredentialSlot.Previous),
            Factory = Find(CredentialSlot.Factory),
        };
    }

    private static CredentialSlot? Suffix(string word)
    {
        foreach (var purpose in Enum.GetValues<CredentialPurpose>())
        {
            foreach (var slot in CredentialWords.Slots)
            {
                if (string.Equals(word, CredentialWords.Of(purpose, slot), StringComparison.Ordinal))
                {
                    return slot;
                }
            }
        }

        return null;
    }

    private static async ValueTask WriteAsync(
        StoreCommands commands, SecretSeal seal, CredentialChange change, IReadOnlyList<SecretRow> rows, RotatingCredential after)
    {
        await commands.ExecuteAsync(
            "DELETE FROM device_secret WHERE device_id = @id AND (purpose = @purpose OR purpose LIKE @states)",
            ("@id", change.Device),
            ("@purpose", CredentialWords.Of(change.Purpose)),
            ("@states", CredentialWords.Of(change.Purpose) + "-%"));
        await seal.FollowAsync(commands);
        foreach (var slot in CredentialWords.Slots.ToArray())
        {
            if (CredentialWords.In(after, slot) is not { Secret: { } secret } credential)
            {
                continue;
            }

            var known = rows.FirstOrDefault(row => ReferenceEquals(row.Credential.Secret, secret));
            var word = CredentialWords.Of(change.Purpose, slot);
            var own = slot == CredentialSlot.Current && change.Purpose == CredentialPurpose.Login;
            await commands.ExecuteAsync(
                """
                INSERT INTO device_secret (device_id, purpose, sealed, user_name, created_at, expires_at, fingerprint, weakness)
                VALUES (@id, @purpose, @sealed, @user, @created, @expires, @fingerprint, @weakness)
                """,
                ("@id", change.Device),
                ("@purpose", word),
                ("@sealed", known is null ? seal.Close(secret, change.Device, word) : seal.Close(known.Plain, change.Device, word)),
                ("@user", own ? null : credential.User),
                ("@created", known is null ? change.At.ToUnixTimeMilliseconds() : known.CreatedAt),
                ("@expires", credential.Until?.ToUnixTimeMilliseconds()),
                ("@fingerprint", known?.Fingerprint ?? seal.Fingerprint(secret)),
                ("@weakness", known is null ? change.Weakness : known.Weakness));
        }
    }

    /// <summary>A login credential that has become the device's own brings its user with it.</summary>
    private static async ValueTask OwnUserAsync(StoreCommands commands, CredentialChange change, RotatingCredential before, RotatingCredential after)
    {
        if (change.Purpose == CredentialPurpose.Login && after.Current?.User is { } user && !ReferenceEquals(before.Current?.Secret, after.Current.Secret))
        {
            await commands.ExecuteAsync("UPDATE device SET http_user = @user WHERE id = @id", ("@user", user), ("@id", change.Device));
        }
    }

    private static async ValueTask LeaveLaneAsync(StoreCommands commands, CredentialChange change)
    {
        const string leave = "UPDATE device SET status = 'active', status_reason = @reason, status_since = @at WHERE id = @id AND status = 'bootstrap'";
        if (change.LeavesLane is { } reason
            && await commands.ExecuteAsync(leave, ("@reason", reason), ("@at", change.At.ToUnixTimeMilliseconds()), ("@id", change.Device)) > 0)
        {
            commands.Announce(new StoreChange(StoreChange.Device, change.Device));
        }
    }

    private static async ValueTask<bool> IsTakenAsync(StoreCommands commands, long device, string user)
    {
        const string taken = """
            SELECT (SELECT count(*) FROM device WHERE http_user = @user AND id <> @id)
                 + (SELECT count(*) FROM shared_user WHERE name = @user)
                 + (SELECT count(*) FROM device_secret WHERE user_name = @user AND device_id <> @id AND purpose LIKE 'login%')
            """;
        return await commands.ScalarAsync(taken, ("@user", user), ("@id", device)) is not 0L;
    }

    private sealed record SecretRow(string Purpose, byte[] Plain, DeviceCredential Credential, long? CreatedAt, long? Fingerprint, string? Weakness);
}
