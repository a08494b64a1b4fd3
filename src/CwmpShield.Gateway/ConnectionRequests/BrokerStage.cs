using System.Globalization;
using System.Net;
using CwmpShield.Core.ConnectionRequests;
using CwmpShield.Core.Identity;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace CwmpShield.Gateway.ConnectionRequests;

/// <summary>Answers everything that comes in by the broker's listener: one GET of one device's URL by an ACS that knows its credentials.</summary>
internal sealed class BrokerStage(
    RequestDelegate next,
    ConnectionRequestOptions options,
    EndpointPolicy policy,
    EndpointDirectory directory,
    ConnectionRequestBroker broker,
    AcsCredentialCheck credentials,
    ConnectionRequestMetrics metrics,
    ShieldMetrics shield,
    TimeProvider time,
    ILogger<BrokerStage> log)
{
    /// <summary>The response header that says why a request failed.</summary>
    public const string ReasonHeader = "X-CwmpShield-Reason";

    private const int MaxAcs = 4096;
    private const int MaxDevices = 65_536;
    private const double WrongPerSecond = 0.5;
    private const int WrongAtOnce = 20;
    private readonly TokenBuckets<IPAddress> perAcs = new(options.Limits.PerAcsPerSecond, options.Limits.PerAcsPerSecond, MaxAcs, time);

    /// <summary>Wrong passwords for one device: whoever guesses is not even told when he is right.</summary>
    private readonly TokenBuckets<long> wrong = new(WrongPerSecond, WrongAtOnce, MaxDevices, time);

    /// <summary>Answers a request of an ACS; passes every other one on.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.Features.Get<BrokerConnection>() is not { } connection)
        {
            await next(context);
            return;
        }

        try
        {
            await AnswerAsync(context, connection);
        }
        catch (RegistryUnavailableException)
        {
            Refuse(context, connection, StatusCodes.Status503ServiceUnavailable, IdentityReason.RegistryUnavailable);
        }
    }

    private async Task AnswerAsync(HttpContext context, BrokerConnection connection)
    {
        // :: Step 1: one ACS that asks without end must not keep the others from being heard
        if (!perAcs.TryTake(connection.Acs))
        {
            Refuse(context, connection, StatusCodes.Status503ServiceUnavailable, ConnectionRequestReason.RateAcs);
            return;
        }

        // :: Step 2: a GET of one device's URL, and nothing more
        if (Form(context.Request) is { Length: > 0 } malformed)
        {
            var isMethod = malformed == ConnectionRequestReason.MethodNotAllowed;
            Refuse(context, connection, isMethod ? StatusCodes.Status405MethodNotAllowed : StatusCodes.Status400BadRequest, malformed);
            return;
        }

        var raw = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var named = BrokerTarget.Read(raw, options, policy, out var reason);
        var target = named is null ? null
            : named.Endpoint is { } endpoint ? await directory.FindAsync(endpoint)
            : await directory.FindAsync(named.Token.AsMemory());
        if (named is null || target is null)
        {
            Refuse(context, connection, StatusCodes.Status404NotFound, named is { Endpoint: null } ? ConnectionRequestReason.TokenUnknown : reason);
            return;
        }

        // :: Step 3: by an ACS that knows the device's credentials
        if (options.RequireDeviceLogin && !Proves(context, connection, named, target))
        {
            return;
        }

        // :: Step 4: the gateway calls the device itself
        Answer(context, await broker.RequestAsync(target));
    }

    /// <summary>What is wrong with the form of the request; empty when nothing is.</summary>
    private static string Form(HttpRequest request) =>
        !string.Equals(request.Method, HttpMethods.Get, StringComparison.Ordinal) ? ConnectionRequestReason.MethodNotAllowed
        : request.ContentLength > 0 || request.Headers.TransferEncoding.Count > 0 || request.Headers.Upgrade.Count > 0 ? ConnectionRequestReason.BodyRefused
        : "";

    private bool Proves(HttpContext context, BrokerConnection connection, BrokerTarget named, CallTarget target)
    {
        if (target.Credentials.Count == 0)
        {
            Refuse(context, connection, StatusCodes.Status502BadGateway, ConnectionRequestReason.CredentialsUnknown);
            return false;
        }

        if (!wrong.Has(target.Learned.DeviceKey))
        {
            Refuse(context, connection, StatusCodes.Status503ServiceUnavailable, ConnectionRequestReason.RateDevice);
            return false;
        }

        var reason = credentials.Judge(context.Request.Headers.Authorization, named.Signed, target.Credentials);
        if (reason.Length == 0)
        {
            return true;
        }

        if (reason is IdentityReason.CredentialWrong)
        {
            wrong.TryTake(target.Learned.DeviceKey);
        }

        context.Response.Headers.WWWAuthenticate = credentials.Challenge(reason);
        Refuse(context, connection, StatusCodes.Status401Unauthorized, reason);
        return false;
    }

    private void Answer(HttpContext context, CallOutcome outcome)
    {
        metrics.Answered(outcome.Status, outcome.Reason);
        Write(context, outcome.Status, outcome.Reason);
    }

    private void Refuse(HttpContext context, BrokerConnection connection, int status, string reason)
    {
        metrics.Answered(status, reason);
        shield.Tr064("broker", reason);
        if (reason != IdentityReason.CredentialMissing)
        {
            // The first question of every Digest client is no refusal.
            log.RequestRefused(connection.Acs, reason);
        }

        Write(context, status, reason);
    }

    private void Write(HttpContext context, int status, string reason)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentLength = status == StatusCodes.Status204NoContent ? null : 0;
        if (reason.Length > 0)
        {
            response.Headers[ReasonHeader] = reason;
        }

        if (status == StatusCodes.Status405MethodNotAllowed)
        {
            response.Headers.Allow = HttpMethods.Get;
        }
        else if (status == StatusCodes.Status503ServiceUnavailable)
        {
            // A device that is told to come again sooner than its limit allows would only be refused again.
            var wait = Math.Max(1, 60.0 / options.Limits.PerDevicePerMinute);
            response.Headers.RetryAfter = Math.Ceiling(reason == ConnectionRequestReason.RateDevice ? wait : 30).ToString(CultureInfo.InvariantCulture);
        }
    }
}
