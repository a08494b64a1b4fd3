using CwmpShield.Gateway.Tests.Doubles;

namespace CwmpShield.Gateway.Tests.Transfers;

/// <summary>Orders that move files, and what devices say of them.</summary>
internal static class TransferSoap
{
    public static string Download(string id, string url, string key = "k", string user = "", string password = "", long size = 0, long delay = 0, string fileType = "1 Firmware Upgrade Image") => Soap.Envelope(
        id,
        $"<cwmp:Download><CommandKey>{key}</CommandKey><FileType>{fileType}</FileType><URL>{url}</URL><Username>{user}</Username><Password>{password}</Password><FileSize>{size}</FileSize><TargetFileName>t</TargetFileName><DelaySeconds>{delay}</DelaySeconds><SuccessURL>s</SuccessURL><FailureURL>f</FailureURL></cwmp:Download>");

    public static string Schedule(string id, string url, long end) => Soap.Envelope(
        id,
        $"""<cwmp:ScheduleDownload><CommandKey>k</CommandKey><FileType>1 Firmware Upgrade Image</FileType><URL>{url}</URL><Username/><Password/><FileSize>0</FileSize><TargetFileName/><TimeWindowList soap-enc:arrayType="cwmp:TimeWindowStruct[1]"><TimeWindowStruct><WindowStart>0</WindowStart><WindowEnd>{end}</WindowEnd><WindowMode>1 At Any Time</WindowMode><UserMessage/><MaxRetries>3</MaxRetries></TimeWindowStruct></TimeWindowList></cwmp:ScheduleDownload>""");

    public static string Install(string id, string first, string second) => Soap.Envelope(
        id,
        $"""<cwmp:ChangeDUState><Operations xsi:type="cwmp:InstallOpStruct"><URL>{first}</URL><UUID/><Username>u1</Username><Password>p1</Password><ExecutionEnvRef/></Operations><Operations xsi:type="cwmp:UpdateOpStruct"><UUID>c5a4b3d2-1111-5222-8333-444455556666</UUID><Version/><URL>{second}</URL><Username/><Password/></Operations><CommandKey>k</CommandKey></cwmp:ChangeDUState>""");

    public static string Upload(string id, string key) => Soap.Envelope(
        id,
        $"<cwmp:Upload><CommandKey>{key}</CommandKey><FileType>1 Vendor Configuration File</FileType><URL>https://up.example/</URL><Username/><Password/><DelaySeconds>0</DelaySeconds></cwmp:Upload>");

    public static string Response(string id, string rpc = "Download", int status = 1) => Soap.Envelope(
        id,
        rpc is "Download" or "Upload"
            ? $"<cwmp:{rpc}Response><Status>{status}</Status><StartTime>0001-01-01T00:00:00Z</StartTime><CompleteTime>0001-01-01T00:00:00Z</CompleteTime></cwmp:{rpc}Response>"
            : $"<cwmp:{rpc}Response/>");

    public static string Complete(string key = "k", int fault = 0) => Soap.TransferComplete("tc")
        .Replace("<CommandKey>k<", $"<CommandKey>{key}<", StringComparison.Ordinal)
        .Replace("<FaultCode>0<", $"<FaultCode>{fault}<", StringComparison.Ordinal);

    public static string UnitsComplete(int fault) => Soap.Envelope(
        "du",
        $"""<cwmp:DUStateChangeComplete><Results soap-enc:arrayType="cwmp:OpResultStruct[1]"><OpResultStruct><UUID>c5a4b3d2-1111-5222-8333-444455556666</UUID><DeploymentUnitRef/><Version>1</Version><CurrentState>Installed</CurrentState><Resolved>1</Resolved><ExecutionUnitRefList/><StartTime>2026-11-22T03:29:07Z</StartTime><CompleteTime>2026-11-22T03:29:08Z</CompleteTime><Fault><FaultCode>{fault}</FaultCode><FaultString/></Fault></OpResultStruct></Results><CommandKey>k</CommandKey></cwmp:DUStateChangeComplete>""");
}
