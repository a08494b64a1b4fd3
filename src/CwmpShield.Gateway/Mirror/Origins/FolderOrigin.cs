using CwmpShield.Core.DataModel.Values;
using CwmpShield.Gateway.Configuration;

namespace CwmpShield.Gateway.Mirror.Origins;

/// <summary>A folder that holds the files of an origin's URLs.</summary>
internal sealed class FolderOrigin(MirrorOriginOptions options) : MirrorOrigin(options)
{
    private readonly string root = Path.GetFullPath(options.Folder) + Path.DirectorySeparatorChar;

    /// <inheritdoc/>
    public override Task<OriginAnswer> OpenAsync(OriginRequest request, CancellationToken cancellationToken) => Task.FromResult(Open(request));

    private OriginAnswer Open(OriginRequest request)
    {
        // Dot segments are resolved already, and an encoded slash or NUL names no file here.
        if (!UrlValue.TryParse(request.Url.OriginalString, out var url) || !Holds(url!) || PathBelow(url!).Contains('%', StringComparison.Ordinal))
        {
            return new OriginAnswer.Failed(MirrorReason.OriginUnknown);
        }

        var path = Path.GetFullPath(Path.Combine(root, PathBelow(url!)));
        if (!path.StartsWith(root, StringComparison.Ordinal))
        {
            return new OriginAnswer.Failed(MirrorReason.OriginUnknown);
        }

        try
        {
            if (!File.Exists(path))
            {
                return new OriginAnswer.Failed(MirrorReason.OriginStatus);
            }

            // A pipe or a device has no length; opening it would never end, or reading it never begin.
            if (((File.ResolveLinkTarget(path, returnFinalTarget: true) ?? new FileInfo(path)) as FileInfo)?.Length != request.Size)
            {
                return new OriginAnswer.Failed(MirrorReason.SizeMismatch);
            }

            var file = new FileStream(path, new FileStreamOptions { BufferSize = 0, Share = FileShare.Read | FileShare.Delete });
            if (file.Length == request.Size)
            {
                return new OriginAnswer.Opened(file, 0, "");
            }

            file.Dispose();
            return new OriginAnswer.Failed(MirrorReason.SizeMismatch);
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            return new OriginAnswer.Failed(MirrorReason.OriginDown);
        }
    }
}
