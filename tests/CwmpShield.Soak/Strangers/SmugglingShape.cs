using System.Text;

namespace CwmpShield.Soak.Strangers;

/// <summary>A request that two readers of HTTP understand differently, with another one hidden in it.</summary>
/// <param name="Name">What is wrong with it.</param>
/// <param name="Text">The bytes, as Latin-1.</param>
internal sealed record SmugglingShape(string Name, string Text)
{
    private const string Start = "POST / HTTP/1.1\r\nHost: acs.example\r\n";
    private const string Hidden = "POST /hidden HTTP/1.1\r\nHost: acs.example\r\nContent-Length: 0\r\n\r\n";

    /// <summary>Shapes that must be refused, with one answer and the end of the connection.</summary>
    public static IReadOnlyList<SmugglingShape> All { get; } =
    [
        new("content-length-and-chunked", $"{Start}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{Hidden}"),
        new("chunked-and-content-length", $"{Start}Transfer-Encoding: chunked\r\nContent-Length: 6\r\n\r\n0\r\n\r\nX{Hidden}"),
        new("two-content-lengths", $"{Start}Content-Length: 0\r\nContent-Length: 64\r\n\r\n{Hidden}"),
        new("two-equal-content-lengths", $"{Start}Content-Length: 0\r\nContent-Length: 0\r\n\r\n{Hidden}"),
        new("content-length-list", $"{Start}Content-Length: 0, 0\r\n\r\n{Hidden}"),
        new("content-length-plus", $"{Start}Content-Length: +0\r\n\r\n{Hidden}"),
        new("content-length-minus-zero", $"{Start}Content-Length: -0\r\n\r\n{Hidden}"),
        new("content-length-vertical-tab", $"{Start}Content-Length: \u000B0\r\n\r\n{Hidden}"),
        new("content-length-form-feed", $"{Start}Content-Length: 0\u000C\r\n\r\n{Hidden}"),
        new("content-length-empty", $"{Start}Content-Length:\r\n\r\n{Hidden}"),
        new("content-length-endless", $"{Start}Content-Length: {new string('0', 3000)}\r\n\r\n{Hidden}"),
        new("content-length-minus", $"{Start}Content-Length: -1\r\n\r\n{Hidden}"),
        new("content-length-hexadecimal", $"{Start}Content-Length: 0x0\r\n\r\n{Hidden}"),
        new("content-length-huge", $"{Start}Content-Length: 18446744073709551616\r\n\r\n{Hidden}"),
        new("folded-header", $"{Start}Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n{Hidden}"),
        new("space-before-colon", $"{Start}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n{Hidden}"),
        new("header-without-colon", $"{Start}Transfer-Encoding\r\n\r\n{Hidden}"),
        new("two-codings", $"{Start}Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n{Hidden}"),
        new("chunked-twice", $"{Start}Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{Hidden}"),
        new("identity", $"{Start}Transfer-Encoding: identity\r\n\r\n{Hidden}"),
        new("vertical-tab-chunked", $"{Start}Transfer-Encoding: \u000Bchunked\r\n\r\n0\r\n\r\n{Hidden}"),
        new("bare-carriage-return", $"{Start}X: y\rTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{Hidden}"),
        new("nul-in-header", $"{Start}X: y\0Content-Length: 3\r\n\r\n{Hidden}"),
        new("two-hosts", $"{Start}Host: other.example\r\nContent-Length: 0\r\n\r\n{Hidden}"),
        new("http-1.0", $"POST / HTTP/1.0\r\nHost: acs.example\r\nContent-Length: 0\r\n\r\n{Hidden}"),
        new("http-0.9", $"POST /\r\n\r\n{Hidden}"),
        new("http-2-preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
    ];

    public byte[] Bytes => Encoding.Latin1.GetBytes(Text);
}
