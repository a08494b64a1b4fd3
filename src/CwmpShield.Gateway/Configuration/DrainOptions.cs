namespace CwmpShield.Gateway.Configuration;

/// <summary>How the gateway stops: it tells the load balancer, then takes no new session, then waits for those in progress.</summary>
public sealed record DrainOptions
{
    /// <summary>
    /// Time between <c>/readyz</c> turning to 503 and new sessions being refused: as long as the load balancer needs to notice. The
    /// default value is 0.
    /// </summary>
    public TimeSpan ReadinessTime { get; init; } = TimeSpan.Zero;

    /// <summary>Time that sessions in progress are given from then on; what is left is ended at the ACS. The default value is 20 seconds.</summary>
    public TimeSpan SessionTime { get; init; } = TimeSpan.FromSeconds(20);
}
