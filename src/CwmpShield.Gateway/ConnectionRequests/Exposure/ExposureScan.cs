using CwmpShield.Core.ConnectionRequests;
using CwmpShield.Core.ConnectionRequests.Exposure;
using CwmpShield.Core.DataModel.Values;

namespace CwmpShield.Gateway.ConnectionRequests.Exposure;

/// <summary>
/// Asks devices of this operator what they show at their connection-request endpoint. Only learned endpoints within the access
/// networks are asked, so many questions a second, and so many devices at one time.
/// </summary>
/// <param name="policy">The operator's; its access networks bound the scan.</param>
/// <param name="probe">Puts the questions.</param>
/// <param name="pace">Spaces them.</param>
internal sealed class ExposureScan(EndpointPolicy policy, DeviceProbe probe, ScanPace pace)
{
    /// <summary>Devices asked at one time.</summary>
    public const int MaxAtOnce = 16;

    private const int MaxUnanswered = 2;

    /// <summary>Why <paramref name="target"/> is not asked, a <see cref="ConnectionRequestReason"/>; empty when it is.</summary>
    public string Refusal(ExposureTarget target)
    {
        if (target.Endpoint is not { } endpoint)
        {
            return target.Refusal.Length > 0 ? target.Refusal : ConnectionRequestReason.EndpointMissing;
        }

        // Where the device came from is not enough here: nobody but the operator says where a scan may go.
        return endpoint.Host.Address is not { } address ? ConnectionRequestReason.EndpointHostName
            : AddressCheck.Judge(address, null, policy) is { Length: > 0 } reason ? reason
            : EndpointCheck.TryCheck(endpoint.Url, null, policy, out _, out var refusal) ? "" : refusal;
    }

    /// <summary>Asks every target; <paramref name="found"/> is called for one device at a time.</summary>
    public async Task RunAsync(IAsyncEnumerable<ExposureTarget> targets, Action<ExposureFinding> found, CancellationToken cancellationToken)
    {
        var gate = new Lock();
        var bounds = new ParallelOptions { MaxDegreeOfParallelism = MaxAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(targets, bounds, async (target, stopping) =>
        {
            var finding = await AskAsync(target, stopping);
            lock (gate)
            {
                found(finding);
            }
        });
    }

    private async Task<ExposureFinding> AskAsync(ExposureTarget target, CancellationToken cancellationToken)
    {
        var model = ServerBanner.Clean(target.Model) is { Length: > 0 } known ? known : "(unknown)";
        var finding = new ExposureFinding { Device = target.Device, Model = model, Outcome = ExposureOutcome.NotAsked };
        if (Refusal(target) is { Length: > 0 } refusal)
        {
            return finding with { Refusal = refusal };
        }

        var endpoint = target.Endpoint!;
        await pace.WaitAsync(cancellationToken);
        var (first, outcome) = await probe.AskAsync(endpoint, endpoint.Target, cancellationToken);
        finding = finding with { Outcome = outcome };
        if (first is null)
        {
            return finding;
        }

        var services = first.Services;
        var paths = new List<string>();
        var unanswered = 0;
        foreach (var path in ExposureQuestion.Descriptions)
        {
            await pace.WaitAsync(cancellationToken);
            var (answer, _) = await probe.AskAsync(endpoint, path, cancellationToken);
            unanswered = answer is null ? unanswered + 1 : 0;
            if (unanswered == MaxUnanswered)
            {
                // It has had enough, or wants to hold the scan up.
                break;
            }

            if (answer is { Services: not ExposedServices.None })
            {
                services |= answer.Services;
                paths.Add(path);
            }
        }

        return finding with
        {
            Status = first.Status,
            Schemes = first.Schemes,
            Realm = ExposureFinding.Classify(first.Realm, target.Device, target.Model),
            Server = first.Server,
            Services = services,
            Paths = paths,
        };
    }
}
