using System.Data.Common;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.WebConsole.Accounts;

/// <summary>
/// The accounts of the console. What takes rights from one ends its sessions in the same transaction. Every member throws
/// <see cref="RegistryUnavailableException"/> when the store cannot be asked or written; then nothing was written.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="time">Clock.</param>
public sealed class AccountStore(Store store, TimeProvider time)
{
    private const int MaxFamiliar = 16;
    private const int MaxAccounts = 1000;
    private const string Columns = "SELECT id, name, role, status, password_at, created_at, signed_in_at, password FROM console_account";

    /// <summary>Adds an account; false when the name is taken, or there are as many as there may be.</summary>
    public ValueTask<bool> AddAsync(string name, ConsoleRole role, string password, CancellationToken cancellationToken)
    {
        var hash = PasswordHash.Create(password);
        return store.WriteAsync(
            async commands => await commands.ExecuteAsync(
                $"""
                INSERT INTO console_account (name, role, password, password_at, created_at)
                SELECT @name, @role, @password, @now, @now
                 WHERE NOT EXISTS (SELECT 1 FROM console_account WHERE name = @name) AND (SELECT count(*) FROM console_account) < {MaxAccounts}
                """,
                ("@name", name),
                ("@role", ConsoleRoleName.Of(role)),
                ("@password", hash),
                ("@now", Now)) == 1,
            cancellationToken);
    }

    /// <summary>Every account in the order of names.</summary>
    public ValueTask<IReadOnlyList<ConsoleAccount>> ListAsync(CancellationToken cancellationToken) =>
        store.ReadAsync(commands => commands.QueryAsync(Columns + " ORDER BY name", Row), cancellationToken);

    /// <summary>The account and its kept password, null when nobody has the name.</summary>
    internal async ValueTask<(ConsoleAccount Account, string Password)?> FindAsync(string name, CancellationToken cancellationToken)
    {
        var found = await store.ReadAsync(
            commands => commands.QueryAsync(Columns + " WHERE name = @name", reader => (Row(reader), reader.GetString(7)), ("@name", name)), cancellationToken);
        return found is [var one] ? one : null;
    }

    /// <summary>Lets an account sign in, or not any more; false when nobody has the name.</summary>
    public ValueTask<bool> SetDisabledAsync(string name, bool isDisabled, CancellationToken cancellationToken) => ChangeAsync(
        "UPDATE console_account SET status = @value WHERE name = @name", name, isDisabled ? "disabled" : "active", cancellationToken);

    /// <summary>Gives an account another password; false when nobody has the name.</summary>
    public ValueTask<bool> SetPasswordAsync(string name, string password, CancellationToken cancellationToken) => ChangeAsync(
        "UPDATE console_account SET password = @value, password_at = @now WHERE name = @name", name, PasswordHash.Create(password), cancellationToken);

    /// <summary>Removes an account; false when nobody has the name.</summary>
    public ValueTask<bool> RemoveAsync(string name, CancellationToken cancellationToken) =>
        ChangeAsync("DELETE FROM console_account WHERE name = @name", name, null, cancellationToken);

    /// <summary>Notes that an account has signed in from <paramref name="source"/>, which is familiar from now on.</summary>
    internal ValueTask<bool> NoteSignInAsync(long account, string source, CancellationToken cancellationToken) => store.WriteAsync(
        async commands =>
        {
            (string, object?)[] values = [("@id", account), ("@source", source), ("@now", Now)];
            await commands.ExecuteAsync("UPDATE console_account SET signed_in_at = @now WHERE id = @id", values);
            await commands.ExecuteAsync(
                """
                INSERT INTO console_familiar (account_id, source, signed_in_at) VALUES (@id, @source, @now)
                ON CONFLICT (account_id, source) DO UPDATE SET signed_in_at = @now
                """,
                values);
            await commands.ExecuteAsync(
                $"""
                DELETE FROM console_familiar WHERE account_id = @id AND source NOT IN
                  (SELECT source FROM console_familiar WHERE account_id = @id ORDER BY signed_in_at DESC LIMIT {MaxFamiliar})
                """,
                values);
            return true;
        },
        cancellationToken);

    /// <summary>Whether the account has signed in from <paramref name="source"/> before.</summary>
    internal ValueTask<bool> IsFamiliarAsync(string name, string source, CancellationToken cancellationToken) => store.ReadAsync(
        async commands => await commands.ScalarAsync(
            "SELECT f.account_id FROM console_familiar f JOIN console_account a ON a.id = f.account_id WHERE a.name = @name AND f.source = @source",
            ("@name", name),
            ("@source", source)) is not null,
        cancellationToken);

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private ValueTask<bool> ChangeAsync(string change, string name, string? value, CancellationToken cancellationToken) => store.WriteAsync(
        async commands =>
        {
            (string, object?)[] values = [("@name", name), ("@value", value), ("@now", Now)];
            await commands.ExecuteAsync("DELETE FROM console_session WHERE account_id = (SELECT id FROM console_account WHERE name = @name)", values);
            return await commands.ExecuteAsync(change, values) == 1;
        },
        cancellationToken);

    internal static ConsoleAccount Row(DbDataReader reader) => new()
    {
        Key = reader.GetInt64(0),
        Name = reader.GetString(1),
        Role = ConsoleRoleName.Read(reader.GetString(2)),
        IsDisabled = reader.GetString(3) != "active",
        PasswordAt = reader.Time(4),
        CreatedAt = reader.Time(5),
        SignedInAt = reader.TimeOrNull(6),
    };
}
