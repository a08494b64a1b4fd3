namespace CwmpShield.Core.Audit.Controls;

/// <summary>A scheme that auditors ask for, and its controls.</summary>
/// <param name="Id">The word of <c>--scheme</c>.</param>
/// <param name="Title">Its name and edition.</param>
/// <param name="Scope">What of it stands here, and what does not.</param>
/// <param name="Controls">Its controls, in the order of the scheme.</param>
public sealed record ControlScheme(string Id, string Title, string Scope, IReadOnlyList<Control> Controls);
