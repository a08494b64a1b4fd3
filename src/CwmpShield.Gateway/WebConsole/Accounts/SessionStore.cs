using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.WebConsole.Accounts;

/// <summary>
/// Signed-in browsers, kept in the store: what a cookie names is over everywhere the moment its row is gone, and the role is the
/// account's of now. A session ends after some time without a request, after its longest life, by sign-out, and with the account's rights.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="options">How long sessions last.</param>
/// <param name="time">Clock.</param>
internal sealed class SessionStore(Store store, GatewayOptions options, TimeProvider time)
{
    private const int MaxPerAccount = 8;

    /// <summary>Being seen is written at most this often: reading a page shall not cost a durable write.</summary>
    private static readonly TimeSpan SeenStep = TimeSpan.FromMinutes(1);

    /// <summary>Begins a session and returns what its cookie holds. The account's oldest makes room.</summary>
    /// <param name="account">Key of the account.</param>
    /// <param name="password">The hash that the given password fitted: while it was looked at, the account may have got another, or gone.</param>
    /// <param name="source">Where the visitor is.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Null where the account is not to be let in any more.</returns>
    public ValueTask<string?> BeginAsync(long account, string password, string source, CancellationToken cancellationToken)
    {
        var secret = SecretDigest.Create("");
        return store.WriteAsync<string?>(
            async commands =>
            {
                (string, object?)[] values =
                [
                    ("@digest", SecretDigest.Of(secret)), ("@id", account), ("@now", Now), ("@source", source), ("@born", Born), ("@idle", Idle),
                    ("@password", password),
                ];
                await commands.ExecuteAsync("DELETE FROM console_session WHERE created_at <= @born OR seen_at <= @idle", values);
                await commands.ExecuteAsync(
                    $"""
                    DELETE FROM console_session WHERE account_id = @id AND digest NOT IN
                      (SELECT digest FROM console_session WHERE account_id = @id ORDER BY created_at DESC LIMIT {MaxPerAccount - 1})
                    """,
                    values);
                var begun = await commands.ExecuteAsync(
                    """
                    INSERT INTO console_session (digest, account_id, created_at, seen_at, source)
                    SELECT @digest, id, @now, @now, @source FROM console_account WHERE id = @id AND status = 'active' AND password = @password
                    """,
                    values);
                return begun == 1 ? secret : null;
            },
            cancellationToken);
    }

    /// <summary>The session that a cookie names, null when it names none that goes on.</summary>
    /// <param name="secret">What the cookie holds.</param>
    /// <param name="isByHand">Whether a person asked, which puts the end of the session off; what a page asks by itself does not.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async ValueTask<ConsoleSession?> FindAsync(string? secret, bool isByHand, CancellationToken cancellationToken)
    {
        if (SecretDigest.Of(secret) is not { } digest)
        {
            return null;
        }

        const string find = """
            SELECT a.name, a.role, s.seen_at FROM console_session s JOIN console_account a ON a.id = s.account_id
             WHERE s.digest = @digest AND a.status = 'active' AND s.created_at > @born AND s.seen_at > @idle
            """;
        var found = await store.ReadAsync(
            commands => commands.QueryAsync(
                find,
                reader => (Session: new ConsoleSession(reader.GetString(0), ConsoleRoleName.Read(reader.GetString(1)), digest), Seen: reader.Time(2)),
                ("@digest", digest),
                ("@born", Born),
                ("@idle", Idle)),
            cancellationToken);
        if (found is not [var one])
        {
            return null;
        }

        if (isByHand && time.GetUtcNow() - one.Seen >= SeenStep)
        {
            await store.WriteAsync(
                commands => commands.ExecuteAsync("UPDATE console_session SET seen_at = @now WHERE digest = @digest", ("@now", Now), ("@digest", digest)),
                cancellationToken);
        }

        return one.Session;
    }

    /// <summary>Ends a session.</summary>
    public async ValueTask EndAsync(ConsoleSession session, CancellationToken cancellationToken) => await store.WriteAsync(
        commands => commands.ExecuteAsync("DELETE FROM console_session WHERE digest = @digest", ("@digest", session.Digest)), cancellationToken);

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private long Born => (time.GetUtcNow() - options.Management.SessionTime).ToUnixTimeMilliseconds();

    private long Idle => (time.GetUtcNow() - options.Management.SessionIdleTime).ToUnixTimeMilliseconds();
}
