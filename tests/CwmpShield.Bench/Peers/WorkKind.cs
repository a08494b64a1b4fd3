namespace CwmpShield.Bench.Peers;

/// <summary>The kinds of work that are measured.</summary>
internal static class WorkKind
{
    public const string Request = "request on a kept connection";
    public const string Session = "whole session";
    public const string Handshake = "full handshake";
    public const string Resumption = "resumed handshake";

    /// <summary>All of them, in the order of a round.</summary>
    public static IReadOnlyList<string> All { get; } = [Request, Session, Handshake, Resumption];
}
