namespace CwmpShield.Gateway.Tests.Doubles;

/// <summary>One request as it reached an ACS.</summary>
/// <param name="Connection">Number of its TCP connection, from 1.</param>
/// <param name="RequestLine">Request line.</param>
/// <param name="Headers">Header fields in order.</param>
/// <param name="Body">Body as UTF-8.</param>
internal sealed record AcsRequest(int Connection, string RequestLine, IReadOnlyList<KeyValuePair<string, string>> Headers, string Body)
{
    public string Method => Soap.MethodOf(Body);

    public string Id => Soap.IdOf(Body);

    public string FaultCode => Soap.FaultCodeOf(Body);

    /// <summary>Method, or fault code, or <c>-</c> for the empty POST: what was said, in a word.</summary>
    public string Word => Body.Length == 0 ? "-" : FaultCode.Length > 0 && Method == "Fault" ? FaultCode : Method;

    public string? Header(string name) =>
        Headers.Where(header => string.Equals(header.Key, name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value).FirstOrDefault();
}
