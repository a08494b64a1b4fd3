namespace CwmpShield.Gateway.WebConsole.Accounts;

/// <summary>A signed-in browser, or a machine that has shown a token.</summary>
/// <param name="Name">Who: the account's name, or <c>token:</c> and the token's.</param>
/// <param name="Role">What it may do.</param>
/// <param name="Digest">Which session; empty for a token.</param>
internal sealed record ConsoleSession(string Name, ConsoleRole Role, string Digest)
{
    /// <summary>Whether it is a machine: it reads, and acts on nothing.</summary>
    public bool IsToken => Digest.Length == 0;
}
