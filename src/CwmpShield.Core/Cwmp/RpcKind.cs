namespace CwmpShield.Core.Cwmp;

/// <summary>The RPC methods of TR-069 (cwmp-1-0 to 1-4); a response has the kind of the method that it answers.</summary>
public enum RpcKind
{
    /// <summary>No method of TR-069 and no vendor method: refused unless a rule says otherwise.</summary>
    Unknown = 0,

    /// <summary>A vendor method (<c>X_*</c>, TR-069 A.2.1).</summary>
    Vendor,

    /// <summary>A SOAP fault, whose method is known only from the session.</summary>
    Fault,

    /// <summary>Both directions (A.3.1.1).</summary>
    GetRPCMethods,

    // ACS to CPE
    /// <summary>A.3.2.1.</summary>
    SetParameterValues,
    /// <summary>A.3.2.2.</summary>
    GetParameterValues,
    /// <summary>A.3.2.3.</summary>
    GetParameterNames,
    /// <summary>A.3.2.4.</summary>
    SetParameterAttributes,
    /// <summary>A.3.2.5.</summary>
    GetParameterAttributes,
    /// <summary>A.3.2.6.</summary>
    AddObject,
    /// <summary>A.3.2.7.</summary>
    DeleteObject,
    /// <summary>A.3.2.8.</summary>
    Download,
    /// <summary>A.3.2.9.</summary>
    Reboot,
    /// <summary>A.4.1.1 (deprecated).</summary>
    GetQueuedTransfers,
    /// <summary>A.4.1.2.</summary>
    ScheduleInform,
    /// <summary>A.4.1.3 (deprecated).</summary>
    SetVouchers,
    /// <summary>A.4.1.4 (deprecated).</summary>
    GetOptions,
    /// <summary>A.4.1.5.</summary>
    Upload,
    /// <summary>A.4.1.6.</summary>
    FactoryReset,
    /// <summary>A.4.1.7.</summary>
    GetAllQueuedTransfers,
    /// <summary>A.4.1.8.</summary>
    ScheduleDownload,
    /// <summary>A.4.1.9.</summary>
    CancelTransfer,
    /// <summary>A.4.1.10.</summary>
    ChangeDUState,

    // CPE to ACS
    /// <summary>A.3.3.1.</summary>
    Inform,
    /// <summary>A.3.3.2.</summary>
    TransferComplete,
    /// <summary>A.3.3.3.</summary>
    AutonomousTransferComplete,
    /// <summary>A.4.2.1 (deprecated).</summary>
    Kicked,
    /// <summary>A.4.2.2.</summary>
    RequestDownload,
    /// <summary>A.4.2.3.</summary>
    DUStateChangeComplete,
    /// <summary>A.4.2.4.</summary>
    AutonomousDUStateChangeComplete,
}
