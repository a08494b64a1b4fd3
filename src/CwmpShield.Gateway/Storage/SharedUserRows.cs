using System.Security.Cryptography;
using CwmpShield.Core.Identity;
using Microsoft.Data.Sqlite;

namespace CwmpShield.Gateway.Storage;

/// <summary>Reads and writes the users that devices share.</summary>
internal static class SharedUserRows
{
    private const string Purpose = "shared-user";

    public static (long Id, StoredSecret Secret)? Find(SqliteConnection connection, SecretSeal seal, string name)
    {
        using var command = connection.Command("SELECT id, sealed FROM shared_user WHERE name = $name", [("$name", name)]);
        using var reader = command.ExecuteReader();
        return reader.Read()
            ? (reader.GetInt64(0), seal.Open(reader.GetFieldValue<byte[]>(1), reader.GetInt64(0), Purpose))
            : null;
    }

    /// <summary>The user's key, made when it is new and comes with its password.</summary>
    public static (AddStatus Status, long? Id) Join(SqliteTransaction transaction, SecretSeal seal, string name, StoredSecret.Password? password)
    {
        if (Find(transaction.Connection!, seal, name) is { } known)
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

        var id = (long)transaction.Scalar("INSERT INTO shared_user (name) VALUES ($name) RETURNING id", ("$name", name))!;
        transaction.Execute("UPDATE shared_user SET sealed = $sealed WHERE id = $id", ("$sealed", seal.Close(password, id, Purpose)), ("$id", id));
        return (AddStatus.Added, id);
    }
}
