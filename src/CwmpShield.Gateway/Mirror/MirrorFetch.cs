using System.Buffers;
using System.Net;
using CwmpShield.Core.DataModel.Values;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Mirror.Origins;

namespace CwmpShield.Gateway.Mirror;

/// <summary>
/// Fetches one artefact: exactly as many bytes as were signed, hashed while they go to the disk, and given their name only when the
/// hash is the signed one and the disk has them. What an interrupted fetch has left is continued where the origin still has the
/// same file. It never throws but for cancellation from outside.
/// </summary>
internal sealed class MirrorFetch(MirrorShelf shelf, MirrorOrigins origins, MirrorFetchOptions options, MirrorMetrics metrics, TimeProvider time)
{
    private const int Chunk = 256 << 10;

    /// <summary>How bytes are written; tests let it fail.</summary>
    internal PartialFile.WriteBytes Write { get; init; } = RandomAccess.Write;

    /// <summary>Fetches; an empty word when the file is on the shelf, else why it isn't.</summary>
    /// <param name="artefact">What.</param>
    /// <param name="url">Where from.</param>
    /// <param name="credential">What the order brought for the origin, null when nothing.</param>
    /// <param name="mayGoOn">Whether the artefact is still to be had; asked again and again.</param>
    /// <param name="cancellationToken">The process stops.</param>
    public async Task<string> RunAsync(
        MirrorTarget artefact, string url, NetworkCredential? credential, Func<bool> mayGoOn, CancellationToken cancellationToken)
    {
        // What the client connects to must be what was compared: the platform reads URLs, too, and may read one in another way.
        if (!UrlValue.TryParse(url, out var parsed) || origins.Of(parsed!) is not { } origin || !Uri.TryCreate(url, UriKind.Absolute, out var address)
            || !UrlValue.TryParse(address.AbsoluteUri, out var again) || again!.Canonical != parsed!.Canonical)
        {
            return MirrorReason.OriginUnknown;
        }

        if (!shelf.TryReserve(artefact.Sha256, artefact.Size))
        {
            return MirrorReason.DiskFull;
        }

        var run = new Run(artefact, address, credential, mayGoOn, origin);
        using var limit = new CancellationTokenSource(options.MaxTime, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        metrics.FetchBegins(artefact.Name, artefact.Size, () => run.Done);
        var reason = MirrorReason.FetchError;
        try
        {
            reason = await AttemptAsync(run, either.Token);
            return reason;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return reason = MirrorReason.FetchTime;
        }
        catch (IOException)
        {
            // The origin's own errors are told apart where they happen; this is the disk.
            return reason = MirrorReason.DiskFull;
        }
        finally
        {
            shelf.Release(artefact.Sha256);
            metrics.FetchEnds(artefact.Name, reason);
        }
    }

    /// <summary>Once, and a second time from the first byte where a continued part has turned out to be of another file.</summary>
    private async Task<string> AttemptAsync(Run run, CancellationToken cancellationToken)
    {
        var note = PartNote.Read(shelf.NoteOf(run.Artefact.Sha256));
        var keep = note is { Tag.Length: > 0 } && string.Equals(note.Url, run.Url.OriginalString, StringComparison.Ordinal);
        var reason = await AttemptAsync(run, keep ? note!.Tag : "", keep, cancellationToken);
        return keep && run.Continued && reason is MirrorReason.HashMismatch or MirrorReason.SizeMismatch
            ? await AttemptAsync(run, "", keep: false, cancellationToken)
            : reason;
    }

    private async Task<string> AttemptAsync(Run run, string tag, bool keep, CancellationToken cancellationToken)
    {
        var sha256 = run.Artefact.Sha256;
        using var part = PartialFile.Open(shelf.PartOf(sha256), run.Artefact.Size, keep, Write, cancellationToken);
        (run.Continued, run.Overflows) = (part.Length > 0, false);
        if (part.Length < run.Artefact.Size)
        {
            var reason = await FillAsync(run, part, tag, cancellationToken);
            if (reason.Length > 0)
            {
                return part.Length > 0 ? reason : Discard(part, sha256, reason);
            }
        }

        var isWhole = part.Length == run.Artefact.Size && !run.Overflows;
        if (!isWhole || part.Digest() != sha256)
        {
            return Discard(part, sha256, isWhole ? MirrorReason.HashMismatch : MirrorReason.SizeMismatch);
        }

        part.Flush();
        part.Dispose();
        shelf.Place(sha256, run.Artefact.Size);
        return "";
    }

    private string Discard(PartialFile part, string sha256, string reason)
    {
        part.Dispose();
        shelf.Discard(sha256);
        return reason;
    }

    private async Task<string> FillAsync(Run run, PartialFile part, string tag, CancellationToken cancellationToken)
    {
        OriginAnswer answer;
        using (var patience = new CancellationTokenSource(options.AnswerTime, time))
        using (var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken))
        {
            try
            {
                answer = await run.Origin.OpenAsync(new OriginRequest(run.Url, part.Length, tag, run.Artefact.Size, run.Credential), either.Token);
            }
            catch (OperationCanceledException) when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                return MirrorReason.OriginDown;
            }
        }

        if (answer is not OriginAnswer.Opened opened)
        {
            return (answer as OriginAnswer.Failed)?.Reason ?? MirrorReason.FetchError;
        }

        await using var content = opened.Content;
        if (opened.Offset == 0)
        {
            part.Restart();
            run.Continued = false;
        }

        new PartNote(run.Url.OriginalString, opened.Tag).Write(shelf.NoteOf(run.Artefact.Sha256));
        return await CopyAsync(run, part, content, cancellationToken);
    }

    private async Task<string> CopyAsync(Run run, PartialFile part, Stream content, CancellationToken cancellationToken)
    {
        using var pace = new ReadPace(options, time, cancellationToken);
        var buffer = ArrayPool<byte>.Shared.Rent(Chunk);
        try
        {
            while (true)
            {
                var read = await pace.ReadAsync(content, buffer);
                if (read <= 0 || part.Length + read > run.Artefact.Size)
                {
                    // A wrong size is found below; what broke off is kept, and continued the next time.
                    run.Overflows = read > 0;
                    return read < 0 ? MirrorReason.OriginDown : "";
                }

                part.Append(buffer.AsSpan(0, read));
                run.Done = part.Length;
                metrics.Fetched(read);
                if (!run.MayGoOn())
                {
                    return MirrorReason.Withdrawn;
                }
            }
        }
        catch (OperationCanceledException) when (pace.IsSlow && !cancellationToken.IsCancellationRequested)
        {
            return MirrorReason.OriginSlow;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>One fetch in progress.</summary>
    private sealed record Run(MirrorTarget Artefact, Uri Url, NetworkCredential? Credential, Func<bool> MayGoOn, MirrorOrigin Origin)
    {
        /// <summary>Bytes that are here.</summary>
        public long Done { get; set; }

        /// <summary>Whether bytes of an earlier fetch are among them.</summary>
        public bool Continued { get; set; }

        /// <summary>Whether the origin has more bytes than were signed.</summary>
        public bool Overflows { get; set; }
    }
}
