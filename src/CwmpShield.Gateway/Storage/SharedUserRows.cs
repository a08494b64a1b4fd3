using System.Security.Cryptography;
using CwmpShield.Core.Identity;
using CwmpShield.Gateway.Storage.Secrets;

namespace CwmpShield.Gateway.Storage;

/// <summary>Reads and writes the users that devices share.</summary>
internal static class SharedUserRows
{
    /// <summary>The purpose in the seals of their passwords.</summary>
    public const string Purpose = "shared-user";

    public static async ValueTask<(long Id, StoredSecret Secret)?> FindAsync(StoreCommands commands, SecretSeal seal, string name)
    {
        var found = await commands.QueryAsync(
            "SELECT id, sealed FROM shared_user WHERE name = @name",
            reader => (reader.GetInt64(0), seal.Open(reader.GetFieldValue<byte[]>(1), reader.GetInt64(0), Purpose)),
            ("@name", name));
        return found.Count == 1 ? found[0] : null;
    }

    /// <summary>The user's key, made when it is new and comes with its password.</summary>
    public static async ValueTask<(AddStatus Status, long? Id)> JoinAsync(StoreCommands commands, SecretSeal seal, string name, StoredSecret.Password? password)
    {
        if (await FindAsync(commands, seal, name) is { } known)
        {
            var isSame = password is null
                || (known.Secret is StoredSecret.Password stored
                    && CryptographicOperations.FixedTimeEquals(stored.Utf8.Span, password.Utf8.Span));
            return isSame ? (AddStatus.Added, known.Id) : (AddStatus.SharedSecretDiffers, null);
        }

        if (password is null)
        {
            return (AddStatus.SharedUserUnknown, null);
        }

        await seal.FollowAsync(commands);
        var id = (long)(await commands.ScalarAsync("INSERT INTO shared_user (name) VALUES (@name) RETURNING id", ("@name", name)))!;
        await commands.ExecuteAsync("UPDATE shared_user SET sealed = @sealed WHERE id = @id", ("@sealed", seal.Close(password, id, Purpose)), ("@id", id));
        return (AddStatus.Added, id);
    }
}
