using System.Security.Cryptography;
using CwmpShield.Core.Firmware;
using CwmpShield.Core.Firmware.Signing;
using CwmpShield.Gateway.Auditing;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Storage;
using Microsoft.Extensions.Logging;

namespace CwmpShield.Gateway.Firmware;

/// <summary>
/// What vouches for files now. The manifest is read again when its bytes or its signatures change; one that does not count never takes the
/// place of one that does. Withdrawals of the store are taken in at every look, so that they hold on every node at once.
/// </summary>
internal sealed class ArtefactHolder
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly ArtefactOptions options;
    private readonly ArtefactStore? store;
    private readonly ArtefactMetrics metrics;
    private readonly ChangeAudit audit;
    private readonly TimeProvider time;
    private readonly ILogger<ArtefactHolder> log;
    private Task<(ManifestFiles? Files, string Error)>? reading;
    private byte[] seen = [];
    private string refusal = "";
    private volatile ArtefactTrust current;

    /// <summary>Reads everything for the first time.</summary>
    /// <param name="options">The gateway's options.</param>
    /// <param name="store">Versions reached and withdrawals; null where nothing is configured.</param>
    /// <param name="metrics">Where it is counted.</param>
    /// <param name="audit">Where it is recorded.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">Where it is told.</param>
    public ArtefactHolder(GatewayOptions options, ArtefactStore? store, ArtefactMetrics metrics, ChangeAudit audit, TimeProvider time, ILogger<ArtefactHolder> log)
    {
        (this.options, this.store, this.metrics, this.audit, this.time, this.log) = (options.Artefacts, store, metrics, audit, time, log);
        current = new ArtefactTrust(ArtefactKeys.Policy(this.options), keys: ArtefactKeys.UrlKeys(this.options));
        metrics.Watch(() => current, time);
    }

    /// <summary>What vouches for files now.</summary>
    public ArtefactTrust Current => current;

    /// <summary>Reads the manifest and what lies beside it.</summary>
    internal Func<string, ManifestFiles> Read { get; init; } = ManifestFiles.Read;

    /// <summary>Looks at the files and the store, and takes in what has changed and counts. Never throws for what they hold.</summary>
    public async Task PollAsync(CancellationToken cancellationToken)
    {
        if (!options.IsConfigured)
        {
            return;
        }

        try
        {
            await ReadWithdrawalsAsync(cancellationToken);
            await ReadManifestAsync(cancellationToken);
        }
        catch (RegistryUnavailableException error)
        {
            // What is not remembered is not in force; the next look tries again, though the files are the same.
            seen = [];
            log.StoreFailed(error.Message);
        }
    }

    private async ValueTask ReadManifestAsync(CancellationToken cancellationToken)
    {
        if (options.ManifestPath.Length == 0)
        {
            return;
        }

        if (await ReadFilesAsync(cancellationToken) is not var (files, error))
        {
            seen = [];
            Keep(new ManifestVerification(null, SignerReason.ManifestUnavailable, [$"{options.ManifestPath}: reading it takes too long"]));
            return;
        }

        var now = Fingerprint(files);
        var isSame = now.AsSpan().SequenceEqual(seen);

        // Whether a certificate or the manifest has ended is a matter of the clock, and clocks are set right.
        if (isSame && refusal is not (SignerReason.TooFew or SignerReason.ManifestExpired))
        {
            return;
        }

        seen = now;
        var result = files is null
            ? new ManifestVerification(null, SignerReason.ManifestUnavailable, [$"{options.ManifestPath}: {error}"])
            : await VerifyAsync(files, cancellationToken);
        if (!isSame)
        {
            refusal = "";
        }

        if (result.Manifest is not { } manifest)
        {
            Keep(result);
            return;
        }

        refusal = "";
        metrics.Loaded(result.Reason);
        current = new ArtefactTrust(current.Policy, manifest, current.UrlKeys.Values, current.Withdrawn);
        audit.Manifest(manifest.Manifest.Version, manifest.Sha256, manifest.SignedBy);
        log.ManifestInForce(manifest.Manifest.Version, manifest.Manifest.Artefacts.Length, string.Join(", ", manifest.SignedBy), manifest.Expires);
    }

    /// <summary>The last good manifest stays in force; why is told once.</summary>
    private void Keep(ManifestVerification result)
    {
        if (result.Reason != refusal)
        {
            refusal = result.Reason;
            metrics.Loaded(result.Reason);
            audit.ManifestKept(result.Reason);
            log.ManifestKept(result.Reason, string.Join("; ", result.Problems.Take(3)));
        }
    }

    /// <summary>The files, or what is wrong with them; null while they are still being read: a share that hangs must not keep withdrawals from being heard of.</summary>
    private async ValueTask<(ManifestFiles? Files, string Error)?> ReadFilesAsync(CancellationToken cancellationToken)
    {
        if (reading is { IsCompleted: false })
        {
            return null;
        }

        try
        {
            reading ??= Task.Run(ReadFiles, CancellationToken.None);
            var read = await reading.WaitAsync(Patience, time, cancellationToken);
            reading = null;
            return read;
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    private (ManifestFiles? Files, string Error) ReadFiles()
    {
        try
        {
            return (Read(options.ManifestPath), "");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return (null, problem.GetType().Name);
        }
    }

    private async ValueTask<ManifestVerification> VerifyAsync(ManifestFiles files, CancellationToken cancellationToken)
    {
        var reached = store is null ? 0 : await store.ReachedAsync(cancellationToken);
        var trust = new ManifestTrust(ArtefactKeys.Signers(options), options.RequiredSignatures, reached);
        var result = ManifestVerifier.Verify(Path.GetFileName(options.ManifestPath), files.Manifest, files.Signatures, trust, time.GetUtcNow());
        if (result.Manifest is not { } manifest)
        {
            return result;
        }

        // Two documents of one version would let each node judge by another one.
        if (current.Manifest is { } held && held.Manifest.Version == manifest.Manifest.Version && held.Sha256 != manifest.Sha256)
        {
            return new ManifestVerification(null, SignerReason.ManifestSameVersion, [$"version {manifest.Manifest.Version} is in force with other bytes: give the new one a higher version"]);
        }

        if (time.GetUtcNow() >= manifest.Expires)
        {
            return new ManifestVerification(null, SignerReason.ManifestExpired, [$"expired at {manifest.Expires:u}"]);
        }

        if (store is not null)
        {
            await store.ReachAsync(manifest.Manifest.Version, cancellationToken);
        }

        return result;
    }

    private async ValueTask ReadWithdrawalsAsync(CancellationToken cancellationToken)
    {
        var withdrawn = store is null ? [] : await store.WithdrawnAsync(cancellationToken);
        if (withdrawn.Count != current.Withdrawn.Count || withdrawn.Any(w => !current.Withdrawn.TryGetValue(w.Artefact, out var reason) || reason != w.Reason))
        {
            current = current.With(withdrawn.ToDictionary(w => w.Artefact, w => w.Reason, StringComparer.Ordinal));
            log.WithdrawalsInForce(withdrawn.Count);
        }
    }

    private byte[] Fingerprint(ManifestFiles? files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(files is null ? [] : SHA256.HashData(files.Manifest));
        foreach (var (file, bytes) in files?.Signatures ?? [])
        {
            hash.AppendData(System.Text.Encoding.UTF8.GetBytes(file));
            hash.AppendData(SHA256.HashData(bytes));
        }

        foreach (var signer in options.Signers)
        {
            hash.AppendData(System.Text.Encoding.UTF8.GetBytes(ArtefactKeys.ReadText(signer.File) ?? "-"));
        }

        return hash.GetHashAndReset();
    }
}
