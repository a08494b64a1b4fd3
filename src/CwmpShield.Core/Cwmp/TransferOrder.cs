namespace CwmpShield.Core.Cwmp;

/// <summary>What a transfer asks of the device.</summary>
public enum TransferKind
{
    /// <summary>Download (A.3.2.8).</summary>
    Download,
    /// <summary>ScheduleDownload (A.4.1.8).</summary>
    ScheduleDownload,
    /// <summary>Upload (A.4.1.5).</summary>
    Upload,
    /// <summary>ChangeDUState InstallOpStruct (A.4.1.10).</summary>
    Install,
    /// <summary>ChangeDUState UpdateOpStruct.</summary>
    Update,
    /// <summary>ChangeDUState UninstallOpStruct; has no URL.</summary>
    Uninstall,
}

/// <summary>One file that an order tells the device to fetch or to send.</summary>
/// <param name="Kind">Which operation.</param>
/// <param name="Url">Where from or to; empty where the operation has none.</param>
/// <param name="FileType">FileType argument; empty for deployment units.</param>
/// <param name="Username">User for the file server; empty when none. Secret material is not in it.</param>
/// <param name="HasPassword">Whether a password for the file server is sent.</param>
/// <param name="FileSize">Declared size in bytes, 0 when unknown.</param>
/// <param name="TargetFileName">Name on the device.</param>
/// <param name="SuccessUrl">Where the device's browser goes after success (Download only).</param>
/// <param name="FailureUrl">Where the device's browser goes after failure (Download only).</param>
/// <param name="Uuid">Deployment unit identifier.</param>
/// <param name="Version">Deployment unit version.</param>
public sealed record TransferOrder(
    TransferKind Kind,
    string Url,
    string FileType = "",
    string Username = "",
    bool HasPassword = false,
    long FileSize = 0,
    string TargetFileName = "",
    string SuccessUrl = "",
    string FailureUrl = "",
    string Uuid = "",
    string Version = "");
