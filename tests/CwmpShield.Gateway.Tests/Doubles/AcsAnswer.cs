using System.Text;

namespace CwmpShield.Gateway.Tests.Doubles;

/// <summary>What a scripted ACS does with a request: bytes to send, and what becomes of the connection.</summary>
/// <param name="Bytes">Raw bytes; null sends nothing.</param>
/// <param name="Closes">Whether it closes the connection then.</param>
/// <param name="Hangs">Whether it says nothing more, and keeps the connection.</param>
internal sealed record AcsAnswer(byte[]? Bytes, bool Closes = false, bool Hangs = false)
{
    public static AcsAnswer Soap(string body, string headers = "") => Status("200 OK", body, "Content-Type: text/xml; charset=\"utf-8\"\r\n" + headers);

    /// <summary>The end of a session, as common ACSs write it.</summary>
    public static AcsAnswer Done { get; } = Raw("HTTP/1.1 204 No Content\r\nContent-Length: 0\r\nConnection: close\r\n\r\n") with { Closes = true };

    public static AcsAnswer NoContent { get; } = Raw("HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n");

    public static AcsAnswer Hang { get; } = new(null, Hangs: true);

    public static AcsAnswer Die { get; } = new(null, Closes: true);

    public static AcsAnswer Status(string status, string body = "", string headers = "") =>
        Raw($"HTTP/1.1 {status}\r\nServer: GenieACS/1.2.16\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n{headers}\r\n{body}");

    public static AcsAnswer Raw(string text) => new(Encoding.UTF8.GetBytes(text));
}
