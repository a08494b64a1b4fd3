using CwmpShield.Gateway.WebConsole.Actions;

namespace CwmpShield.Gateway.WebConsole.Accounts;

/// <summary>Name and password against the accounts, under the throttle; every try is recorded.</summary>
internal sealed class SignIn(AccountStore accounts, SessionStore sessions, SignInThrottle throttle, OperatorJournal journal) : IDisposable
{
    /// <summary>Passwords looked at at one time: each costs a tenth of a second of a core that devices need.</summary>
    private const int MaxAtOnce = 2;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly SemaphoreSlim room = new(MaxAtOnce);

    /// <summary>Begins a session and returns what its cookie holds; null when name and password don't fit, or are not looked at now.</summary>
    public async ValueTask<string?> TryAsync(string name, string password, string source, CancellationToken cancellationToken)
    {
        // What no account can be called is not kept, nor written down as a stranger wrote it.
        name = AccountName.IsGood(name) ? name : "?";
        if (await CheckAsync(name, password, source, cancellationToken) is not { } found)
        {
            return null;
        }

        var (account, hash) = found;
        await journal.WriteAsync(new OperatorAction(name, OperatorAction.SignIn, name, "", source));
        await accounts.NoteSignInAsync(account.Key, source, cancellationToken);
        return await sessions.BeginAsync(account.Key, hash, source, cancellationToken);
    }

    /// <summary>Whether <paramref name="password"/> is that of the account, under the same throttle.</summary>
    public async ValueTask<bool> IsOwnAsync(string name, string password, string source, CancellationToken cancellationToken) =>
        await CheckAsync(name, password, source, cancellationToken) is not null;

    private async ValueTask<(ConsoleAccount Account, string Hash)?> CheckAsync(string name, string password, string source, CancellationToken cancellationToken)
    {
        var isFamiliar = await accounts.IsFamiliarAsync(name, source, cancellationToken);
        if (throttle.IsLocked(name, source, isFamiliar) || !await room.WaitAsync(Patience, cancellationToken))
        {
            return null;
        }

        try
        {
            // Tries that waited together count one after the other.
            if (throttle.IsLocked(name, source, isFamiliar))
            {
                return null;
            }

            var found = await accounts.FindAsync(name, cancellationToken);
            if (PasswordHash.Fits(found?.Password, password) && found is { Account: { IsDisabled: false } account } known)
            {
                throttle.Succeed(name, source);
                return (account, known.Password);
            }

            var isLocked = throttle.Fail(name, source, isFamiliar);
            journal.Note(new OperatorAction(name, isLocked ? OperatorAction.LockOut : OperatorAction.SignInFailed, name, "", source));
            return null;
        }
        finally
        {
            room.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => room.Dispose();
}
