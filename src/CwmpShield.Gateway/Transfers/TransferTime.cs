using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Wire;
using System.Globalization;

namespace CwmpShield.Gateway.Transfers;

/// <summary>When a device begins a transfer at the latest, as its order says.</summary>
internal static class TransferTime
{
    private const int MaxDigits = 10;

    /// <summary>The order's delay, or the end of its last window; no time where it says nothing, the longest where it cannot be read.</summary>
    public static TimeSpan DelayOf(CwmpMessage order)
    {
        var body = order.Envelope.Body;
        return order.Rpc == RpcKind.ScheduleDownload
            ? Windows(body.Child("TimeWindowList"))
            : Seconds(body.Child("DelaySeconds"));
    }

    private static TimeSpan Windows(SoapElement? list)
    {
        var last = TimeSpan.Zero;
        foreach (var window in list?.Children ?? [])
        {
            var end = Seconds(window.Child("WindowEnd"));
            last = end > last ? end : last;
        }

        return last;
    }

    private static TimeSpan Seconds(SoapElement? element) => element?.Text.Trim() is not { Length: > 0 } text ? TimeSpan.Zero
        : text.Length <= MaxDigits && uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds)
        : TimeSpan.FromSeconds(uint.MaxValue);
}
