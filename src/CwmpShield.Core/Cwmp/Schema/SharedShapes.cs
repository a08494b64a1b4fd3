namespace CwmpShield.Core.Cwmp.Schema;

/// <summary>Structures and lists that several methods use (cwmp-1-2.xsd).</summary>
internal static class SharedShapes
{
    public static readonly Shape Nothing = Shape.Structure();

    public static readonly Member Name = new("Name", Shape.Path, Required: true);

    public static readonly Member CommandKey = new("CommandKey", Shape.Key);

    public static readonly Member ParameterKey = new("ParameterKey", Shape.Key);

    public static readonly Member Status = new("Status", Shape.Integer);

    public static readonly Member StartTime = new("StartTime", Shape.Key);

    public static readonly Member CompleteTime = new("CompleteTime", Shape.Key);

    public static readonly Member FileType = new("FileType", Shape.Key, Required: true);

    public static readonly Member Url = new("URL", Shape.Key, Required: true);

    public static readonly Member Username = new("Username", Shape.Key);

    public static readonly Member Password = new("Password", Shape.Key);

    public static readonly Member FileSize = new("FileSize", Shape.Unsigned);

    public static readonly Member TargetFileName = new("TargetFileName", Shape.Key);

    public static readonly Member DelaySeconds = new("DelaySeconds", Shape.Unsigned);

    public static readonly Shape AccessList = Shape.List("string", "xsd:string", Shape.Key);

    public static readonly Member ParameterNames = new("ParameterNames", Shape.List("string", "xsd:string", Shape.Path), Required: true);

    public static readonly Member ParameterValues = new(
        "ParameterList",
        Shape.List(
            "ParameterValueStruct",
            "cwmp:ParameterValueStruct",
            Shape.Structure(Name, new Member("Value", Shape.AnySimple, Required: true))),
        Required: true);

    public static readonly Member FaultCode = new("FaultCode", Shape.Unsigned);

    public static readonly Member FaultString = new("FaultString", Shape.Text);

    public static readonly Member FaultStruct = new("FaultStruct", Shape.Structure(FaultCode, FaultString));

    /// <summary>The SOAP fault that carries a CWMP fault (TR-069 3.5).</summary>
    public static readonly Shape SoapFault = Shape.Structure(
        new Member("faultcode", Shape.LocalName),
        new Member("faultstring", Shape.Text),
        new Member("faultactor", Shape.Text),
        new Member(
            "detail",
            Shape.Structure(
                new Member(
                    "Fault",
                    Shape.Structure(
                        FaultCode,
                        FaultString,
                        new Member(
                            "SetParameterValuesFault",
                            Shape.Structure(new Member("ParameterName", Shape.Key), FaultCode, FaultString),
                            Repeats: true)),
                    Qualified: true))));
}
