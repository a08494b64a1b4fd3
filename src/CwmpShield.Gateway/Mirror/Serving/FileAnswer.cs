using Microsoft.AspNetCore.Http;

namespace CwmpShield.Gateway.Mirror.Serving;

/// <summary>The headers of a file: what is asked for, and what is given.</summary>
internal static class FileAnswer
{
    /// <summary>The bytes that a request asks for: the whole file where If-Range names another one.</summary>
    public static ByteRange RangeOf(HttpRequest request, MirrorFile file)
    {
        var asksForPart = request.Headers.Range is [{ Length: > 0 }]
            && (request.Headers.IfRange.Count == 0 || request.Headers.IfRange is [var tag] && string.Equals(tag, file.Tag, StringComparison.Ordinal));
        return ByteRange.Read(asksForPart ? request.Headers.Range[0] : "", file.Size);
    }

    /// <summary>Status and headers of the answer.</summary>
    public static void Describe(HttpResponse response, MirrorFile file, ByteRange range)
    {
        var headers = response.Headers;
        response.StatusCode = range.Kind == RangeKind.Part ? StatusCodes.Status206PartialContent : StatusCodes.Status200OK;
        response.ContentType = "application/octet-stream";
        response.ContentLength = range.Length;
        headers.AcceptRanges = "bytes";
        headers.ETag = file.Tag;
        headers.CacheControl = "private, no-store";
        headers.XContentTypeOptions = "nosniff";
        if (range.Kind == RangeKind.Part)
        {
            headers.ContentRange = range.ContentRange(file.Size);
        }
    }
}
