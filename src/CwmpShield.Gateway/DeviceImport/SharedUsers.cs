using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.DeviceImport;

/// <summary>The users that devices share, while rows of an import join them.</summary>
internal sealed class SharedUsers(SecretSeal seal)
{
    private readonly Dictionary<string, long> ids = new(StringComparer.Ordinal);

    /// <summary>Reads those that the store knows.</summary>
    public async ValueTask ReadAsync(StoreCommands commands)
    {
        foreach (var (name, id) in await commands.QueryAsync("SELECT name, id FROM shared_user", reader => (reader.GetString(0), reader.GetInt64(1))))
        {
            ids[name] = id;
        }
    }

    /// <summary>The user's key, null where the row has none.</summary>
    public long? IdOf(ImportRow row) => row.SharedUser is { } name ? ids[name] : null;

    /// <summary>Lets a row join its shared user; the problem when it cannot.</summary>
    public async ValueTask<LineProblem?> JoinAsync(StoreCommands commands, ImportRow row)
    {
        if (row.HttpUser is { } own && ids.ContainsKey(own))
        {
            return new LineProblem(row.Line, "user", "a user that is not a shared one");
        }

        if (row.SharedUser is not { } name || (ids.ContainsKey(name) && row.SharedSecret is null))
        {
            return null;
        }

        if (!ids.ContainsKey(name) && await commands.ScalarAsync("SELECT count(*) FROM device WHERE http_user = @user", ("@user", name)) is not 0L)
        {
            return new LineProblem(row.Line, "sharedUser", "a user that is not a device's own");
        }

        var (status, id) = await SharedUserRows.JoinAsync(commands, seal, name, row.SharedSecret);
        if (id is { } known)
        {
            ids[name] = known;
            return null;
        }

        return status == AddStatus.SharedUserUnknown
            ? new LineProblem(row.Line, "sharedPassword", "the password of a shared user that is new")
            : new LineProblem(row.Line, "sharedPassword", "the password that the shared user has");
    }
}
