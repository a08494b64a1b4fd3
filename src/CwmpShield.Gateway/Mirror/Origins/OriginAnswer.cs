namespace CwmpShield.Gateway.Mirror.Origins;

/// <summary>What an origin says. Closed.</summary>
internal abstract record OriginAnswer
{
    private OriginAnswer()
    {
    }

    /// <summary>The file's bytes.</summary>
    /// <param name="Content">They; whoever reads them disposes of it.</param>
    /// <param name="Offset">Where in the file they begin: where it was asked for, or 0.</param>
    /// <param name="Tag">Strong entity tag of the file; empty when there is none.</param>
    public sealed record Opened(Stream Content, long Offset, string Tag) : OriginAnswer;

    /// <summary>There are none.</summary>
    /// <param name="Reason">A <see cref="MirrorReason"/>.</param>
    public sealed record Failed(string Reason) : OriginAnswer;
}
