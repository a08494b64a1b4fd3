namespace CwmpShield.Gateway.Listening;

/// <summary>A body within its bounds, or the reason why not. The default value is a refusal.</summary>
public readonly record struct BodyReadResult
{
    private readonly int status;
    private readonly string? reason;

    private BodyReadResult(BufferedBody? body, int status, string? reason) =>
        (Body, this.status, this.reason) = (body, status, reason);

    /// <summary>The body, decoded; null when refused. Whoever holds it disposes it.</summary>
    public BufferedBody? Body { get; }

    /// <summary>HTTP status to answer a device with when refused.</summary>
    public int Status => Body is not null ? 200 : status == 0 ? 400 : status;

    /// <summary>Stable word of <see cref="ListeningReason"/>; empty when not refused.</summary>
    public string Reason => reason ?? (Body is null ? ListeningReason.HttpMalformed : "");

    /// <summary>A body was read.</summary>
    public static BodyReadResult Read(BufferedBody body) => new(body, 0, null);

    /// <summary>No body was read, because of <paramref name="reason"/>.</summary>
    public static BodyReadResult Refused(int status, string reason) => new(null, status, reason);
}
