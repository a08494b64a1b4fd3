namespace CwmpShield.Gateway.WebConsole.Accounts;

/// <summary>What an account may do. The default value may only look.</summary>
public enum ConsoleRole
{
    /// <summary>Sees devices, decisions and health.</summary>
    Viewer = 0,

    /// <summary>Acts: devices, held orders, rollouts.</summary>
    Operator,

    /// <summary>Sees everything, the records of operators' actions too, and exports evidence; acts on nothing.</summary>
    Auditor,
}

/// <summary>The words of the roles.</summary>
public static class ConsoleRoleName
{
    /// <summary>Every word.</summary>
    public static IReadOnlyList<string> All { get; } = ["viewer", "operator", "auditor"];

    /// <summary>The word of a role.</summary>
    public static string Of(ConsoleRole role) => All[(int)role];

    /// <summary>The role of a word; viewer for one that is none.</summary>
    public static ConsoleRole Read(string word) => word switch
    {
        "operator" => ConsoleRole.Operator,
        "auditor" => ConsoleRole.Auditor,
        _ => ConsoleRole.Viewer,
    };
}
