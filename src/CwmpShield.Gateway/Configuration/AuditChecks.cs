namespace CwmpShield.Gateway.Configuration;

/// <summary>The ledger's node, key, and bounds.</summary>
internal static class AuditChecks
{
    private const int MaxName = 64;

    /// <summary>Adds what is wrong to <paramref name="problems"/>.</summary>
    public static void Run(string key, AuditOptions audit, ConfigurationProblems problems)
    {
        problems.Require(IsName(audit.Node), $"{key}:Node", audit.Node, $"1 to {MaxName} letters, digits, dots and dashes");
        problems.Require(
            audit.KeyFile.Length > 0 && Directory.Exists(Path.GetDirectoryName(audit.KeyFile)), $"{key}:KeyFile", audit.KeyFile, "a file in a folder that exists");
        problems.Require(
            audit.KeyPasswordFile.Length == 0 || File.Exists(audit.KeyPasswordFile), $"{key}:KeyPasswordFile", audit.KeyPasswordFile, "a file whose first line is the password");
        problems.Require(
            audit.CheckpointFile.Length == 0 || Directory.Exists(Path.GetDirectoryName(audit.CheckpointFile)),
            $"{key}:CheckpointFile",
            audit.CheckpointFile,
            "a file in a folder that exists");
        problems.Range($"{key}:CheckpointInterval", audit.CheckpointInterval, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
        problems.Range($"{key}:CheckpointRecords", audit.CheckpointRecords, 1, 10_000_000);
        problems.Range($"{key}:Queue", audit.Queue, 1024, 1 << 22);
        problems.Range($"{key}:Patience", audit.Patience, TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(20));
        problems.Range($"{key}:StrangerRecordsPerMinute", audit.StrangerRecordsPerMinute, 10, 1_000_000);
        SyslogChecks.Run($"{key}:Syslog", audit.Syslog, problems);
    }

    /// <summary>The machine's name as a node's.</summary>
    public static string NameOf(string machine)
    {
        var name = string.Concat(machine.Where(IsNameCharacter).Take(MaxName));
        return name.Length > 0 ? name : "node";
    }

    private static bool IsName(string name) => name.Length is > 0 and <= MaxName && name.All(IsNameCharacter);

    private static bool IsNameCharacter(char one) => char.IsAsciiLetterOrDigit(one) || one is '.' or '-';
}
