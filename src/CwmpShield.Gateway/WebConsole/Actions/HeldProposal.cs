namespace CwmpShield.Gateway.WebConsole.Actions;

/// <summary>A release that one operator has proposed and another must confirm.</summary>
/// <param name="Actor">Who proposed it.</param>
/// <param name="Reason">Why.</param>
/// <param name="Hours">Hours that the release shall last.</param>
/// <param name="At">When.</param>
internal sealed record HeldProposal(string Actor, string Reason, int Hours, DateTimeOffset At);
