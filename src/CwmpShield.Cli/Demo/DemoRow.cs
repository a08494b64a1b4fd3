namespace CwmpShield.Cli.Demo;

/// <summary>One line of the demonstration: what was tried, and what came of it.</summary>
/// <param name="Who">The device.</param>
/// <param name="What">What happened to it, in words.</param>
/// <param name="Verdict"><c>forwarded</c> or <c>refused</c>.</param>
/// <param name="Rule">The rule that refused, or the reason id where no rule did; empty when nothing was refused.</param>
/// <param name="Why">The rule's title or the reason in words.</param>
/// <param name="AcsTold">What the ACS was told, and what the device did after it.</param>
/// <param name="AsItMust">Whether it came out as it must.</param>
internal sealed record DemoRow(string Who, string What, string Verdict, string Rule, string Why, string AcsTold, bool AsItMust);
