using System.CommandLine;

namespace CwmpShield.Cli;

/// <summary><c>cwmpshield secrets status|rotate|audit</c>: the secrets that the store keeps.</summary>
internal static class SecretsCommand
{
    /// <summary>Creates the verb.</summary>
    public static Command Create() => new("secrets", "Keeps the secrets of the store: the master key that seals them, and how good they are.")
    {
        SecretsStatusCommand.Create(),
        SecretsRotateCommand.Create(),
        SecretsAuditCommand.Create(),
    };
}
