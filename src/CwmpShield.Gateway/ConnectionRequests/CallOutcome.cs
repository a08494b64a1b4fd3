using System.Runtime.InteropServices;

namespace CwmpShield.Gateway.ConnectionRequests;

/// <summary>How a connection request ended.</summary>
/// <param name="Status">HTTP status for the ACS: 200 or 204 where the device took it, else 502, 503 or 504.</param>
/// <param name="Reason">A <see cref="Core.ConnectionRequests.ConnectionRequestReason"/>; empty where the device took it.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CallOutcome(int Status, string Reason)
{
    /// <summary>Whether the device took it.</summary>
    public bool Succeeded => Status is 200 or 204;

    /// <summary>Not now: nothing is wrong with the request.</summary>
    public static CallOutcome Unavailable(string reason) => new(503, reason);

    /// <summary>The device cannot be reached, or is too slow.</summary>
    public static CallOutcome Late(string reason) => new(504, reason);

    /// <summary>The device answers, and not as it should.</summary>
    public static CallOutcome Bad(string reason) => new(502, reason);
}

/// <summary>User and secret that a device asks for. Printing one shows nothing of the secret.</summary>
/// <param name="User">The user.</param>
/// <param name="Secret">The secret.</param>
internal sealed record RequestCredential(string User, Core.Identity.StoredSecret Secret);
