using CwmpShield.Core.Cwmp;
using CwmpShield.Core.DataModel.Values;
using CwmpShield.Gateway.Configuration;

namespace CwmpShield.Gateway.Mirror;

/// <summary>The URLs that devices are given: what the operator wants for the model, the ticket, and the file's own name.</summary>
internal sealed class MirrorUrls(MirrorOptions options)
{
    /// <summary>Longest URL of a transfer (TR-069 A.3.2.8).</summary>
    public const int MaxLength = 256;

    private const int MaxName = 64;

    /// <summary>The URL for a device, null where 256 characters do not hold it.</summary>
    /// <param name="device">The device; its model chooses scheme and host.</param>
    /// <param name="ticket">The ticket's text.</param>
    /// <param name="origin">The URL that it stands for: some devices look at the file's name.</param>
    public string? Of(DeviceId device, string ticket, string origin)
    {
        var bare = $"{BaseFor(device)}{ticket}/";
        var url = bare + NameOf(origin, Math.Min(MaxName, MaxLength - bare.Length));
        return bare.Length < MaxLength ? url : null;
    }

    /// <summary>The ticket in a request target: the last step but one of its path; empty when there is none.</summary>
    public static ReadOnlySpan<char> TicketIn(ReadOnlySpan<char> target)
    {
        var path = target.IndexOf('?') >= 0 ? default : target;
        var end = path.LastIndexOf('/');
        var begin = end <= 0 ? -1 : path[..end].LastIndexOf('/');
        return begin < 0 ? default : path[(begin + 1)..end];
    }

    private string BaseFor(DeviceId device) => options.Models.FirstOrDefault(model =>
        (model.Oui.Length == 0 || model.Oui.Equals(device.Oui, StringComparison.OrdinalIgnoreCase))
        && (model.ProductClass.Length == 0 || model.ProductClass.Equals(device.ProductClass, StringComparison.Ordinal)))?.PublicUrl ?? options.PublicUrl;

    /// <summary>The last step of the origin's path in unreserved characters, its end kept: the extension counts.</summary>
    private static string NameOf(string origin, int maxLength)
    {
        var path = UrlValue.TryParse(origin, out var url) ? url!.Path : "";
        var name = string.Concat(path[(path.LastIndexOf('/') + 1)..].Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '~' ? c : '_'));
        return name.Length == 0 || maxLength < 1 ? "f" : name.Length <= maxLength ? name : name[^maxLength..];
    }
}
