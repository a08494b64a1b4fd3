namespace CwmpShield.Core.Cwmp;

/// <summary>A CWMP fault (TR-069 A.5) as it stands in a SOAP fault's detail.</summary>
/// <param name="Code">FaultCode: 8000–8899 from an ACS, 9000–9899 from a device.</param>
/// <param name="Text">FaultString.</param>
/// <param name="Parameters">SetParameterValuesFault entries, empty for other methods.</param>
public sealed record CwmpFault(int Code, string Text, IReadOnlyList<ParameterFault> Parameters)
{
    /// <summary>A fault without entries for parameters.</summary>
    public CwmpFault(int code, string text)
        : this(code, text, [])
    {
    }
}

/// <summary>One SetParameterValuesFault entry.</summary>
/// <param name="ParameterName">Full path of the parameter at fault.</param>
/// <param name="Code">Its fault code, 9003 or 9005–9008.</param>
/// <param name="Text">Its fault string.</param>
public sealed record ParameterFault(string ParameterName, int Code, string Text);
