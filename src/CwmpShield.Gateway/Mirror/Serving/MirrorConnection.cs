using CwmpShield.Gateway.Configuration;

namespace CwmpShield.Gateway.Mirror.Serving;

/// <summary>Connection feature: this connection came in by a listener of the mirror.</summary>
/// <param name="Listener">The listener.</param>
internal sealed record MirrorConnection(MirrorListenerOptions Listener);
