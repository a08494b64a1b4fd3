using CwmpShield.Gateway.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace CwmpShield.Gateway.Listening;

/// <summary>Counts the requests that Kestrel itself refuses (ill-formed, too long, smuggled): they never reach the gate.</summary>
internal sealed class BadRequestObserver(ShieldMetrics metrics) : IObserver<KeyValuePair<string, object?>>
{
    /// <summary>The event of Kestrel's diagnostic source.</summary>
    public const string EventName = "Microsoft.AspNetCore.Server.Kestrel.BadRequest";

    /// <inheritdoc/>
    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Value is IFeatureCollection features
            && features.Get<DeviceConnection>() is { } connection
            && features.Get<IBadRequestExceptionFeature>()?.Error is BadHttpRequestException refused)
        {
            metrics.RequestRejected(connection.Listener.Name, BadRequestReason.Of(refused.StatusCode, ListeningReason.HttpMalformed));
        }
    }

    /// <inheritdoc/>
    public void OnCompleted()
    {
    }

    /// <inheritdoc/>
    public void OnError(Exception error)
    {
    }
}
