namespace CwmpShield.Cli;

/// <summary>Who types: the system user that the process runs as, or the one who came to it by sudo.</summary>
internal static class OperatorIdentity
{
    private const int MaxLength = 64;

    /// <summary>The user.</summary>
    public static string Actor => BySudo is { } user ? user : Environment.UserName;

    /// <summary>As whom, where it is another; a user who can run as that one could have named any.</summary>
    public static string Detail => BySudo is null ? "" : $"(by sudo as {Environment.UserName})";

    private static string? BySudo =>
        Environment.GetEnvironmentVariable("SUDO_USER") is { Length: > 0 and <= MaxLength } user && user != Environment.UserName && !user.Any(char.IsControl) ? user : null;
}
