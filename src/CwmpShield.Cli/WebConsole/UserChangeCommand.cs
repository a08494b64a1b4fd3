using System.CommandLine;

namespace CwmpShield.Cli.WebConsole;

/// <summary><c>cwmpshield console user disable|enable|remove</c>.</summary>
internal static class UserChangeCommand
{
    /// <summary>Creates <c>disable</c>.</summary>
    public static Command Disable() => Create(
        "disable", "Signs an account out everywhere and lets it in no more.", "is disabled",
        (store, name, cancellationToken) => store.Accounts.SetDisabledAsync(name, isDisabled: true, cancellationToken));

    /// <summary>Creates <c>enable</c>.</summary>
    public static Command Enable() => Create(
        "enable", "Lets a disabled account in again.", "is enabled",
        (store, name, cancellationToken) => store.Accounts.SetDisabledAsync(name, isDisabled: false, cancellationToken));

    /// <summary>Creates <c>remove</c>.</summary>
    public static Command Remove() => Create(
        "remove", "Removes an account and signs it out everywhere. What it did stays in the ledger.", "is removed",
        (store, name, cancellationToken) => store.Accounts.RemoveAsync(name, cancellationToken));

    private static Command Create(string verb, string what, string done, Func<ConsoleStore, string, CancellationToken, ValueTask<bool>> change) => ConsoleChange.Create(
        verb,
        $"""
        {what} Exit code 1 when there is no such account.

        Example:
          cwmpshield console user {verb} olaf
        """,
        "account",
        done,
        change);
}
