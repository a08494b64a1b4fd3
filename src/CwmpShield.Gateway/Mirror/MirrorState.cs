namespace CwmpShield.Gateway.Mirror;

/// <summary>Where an artefact stands. Closed.</summary>
internal abstract record MirrorState
{
    private MirrorState()
    {
    }

    /// <summary>It is verified and can be served.</summary>
    /// <param name="File">The file.</param>
    public sealed record Ready(MirrorFile File) : MirrorState;

    /// <summary>It cannot, yet.</summary>
    /// <param name="Reason"><see cref="Core.Firmware.ArtefactReason.NotReady"/> while it is being fetched; else why the last fetch failed.</param>
    public sealed record Absent(string Reason) : MirrorState;
}
