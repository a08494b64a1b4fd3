using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.WebConsole.Accounts;

/// <summary>
/// Tokens of machines (<c>Authorization: Bearer</c>). A token is shown once, when it is made. Every member throws
/// <see cref="RegistryUnavailableException"/> when the store cannot be asked or written; then nothing was written.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="time">Clock.</param>
public sealed class TokenStore(Store store, TimeProvider time)
{
    /// <summary>What every token begins with, so that scanners for lost secrets find one.</summary>
    public const string Prefix = "cwsh_";

    private const int MaxTokens = 1000;

    /// <summary>Makes a token and returns it; null when the name is taken, or there are as many as there may be.</summary>
    public async ValueTask<string?> CreateAsync(
        string name, TokenScope scope, ConsoleRole role, DateTimeOffset expiresAt, CancellationToken cancellationToken)
    {
        var secret = SecretDigest.Create(Prefix);
        var added = await store.WriteAsync(
            commands => commands.ExecuteAsync(
                $"""
                INSERT INTO console_token (name, digest, scope, role, created_at, expires_at)
                SELECT @name, @digest, @scope, @role, @now, @end
                 WHERE NOT EXISTS (SELECT 1 FROM console_token WHERE name = @name) AND (SELECT count(*) FROM console_token) < {MaxTokens}
                """,
                ("@name", name),
                ("@digest", SecretDigest.Of(secret)),
                ("@scope", TokenScopeName.Of(scope)),
                ("@role", ConsoleRoleName.Of(role)),
                ("@now", Now),
                ("@end", expiresAt.ToUnixTimeMilliseconds())),
            cancellationToken);
        return added == 1 ? secret : null;
    }

    /// <summary>Every token in the order of names, expired ones included.</summary>
    public ValueTask<IReadOnlyList<ConsoleToken>> ListAsync(CancellationToken cancellationToken) => store.ReadAsync(
        commands => commands.QueryAsync(
            "SELECT name, scope, role, created_at, expires_at FROM console_token ORDER BY name",
            reader => new ConsoleToken(
                reader.GetString(0), TokenScopeName.Read(reader.GetString(1)), ConsoleRoleName.Read(reader.GetString(2)), reader.Time(3), reader.Time(4))),
        cancellationToken);

    /// <summary>Makes a token nobody's; false when there is none of this name.</summary>
    public async ValueTask<bool> RevokeAsync(string name, CancellationToken cancellationToken) =>
        await store.WriteAsync(commands => commands.ExecuteAsync("DELETE FROM console_token WHERE name = @name", ("@name", name)), cancellationToken) == 1;

    /// <summary>The token that <paramref name="secret"/> is, null when it is none that is good now.</summary>
    internal async ValueTask<ConsoleToken?> FindAsync(string secret, CancellationToken cancellationToken)
    {
        if (!secret.StartsWith(Prefix, StringComparison.Ordinal) || SecretDigest.Of(secret) is not { } digest)
        {
            return null;
        }

        var found = await store.ReadAsync(
            commands => commands.QueryAsync(
                "SELECT name, scope, role, created_at, expires_at FROM console_token WHERE digest = @digest AND expires_at > @now",
                reader => new ConsoleToken(
                    reader.GetString(0), TokenScopeName.Read(reader.GetString(1)), ConsoleRoleName.Read(reader.GetString(2)), reader.Time(3), reader.Time(4)),
                ("@digest", digest),
                ("@now", Now)),
            cancellationToken);
        return found.SingleOrDefault();
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();
}
