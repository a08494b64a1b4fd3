using CwmpShield.Core.Identity.Revocation;
using CwmpShield.Gateway.Revocation;
using Microsoft.AspNetCore.Mvc;

namespace CwmpShield.Gateway.WebConsole.Pages;

/// <summary>Certificates that devices have presented, the first to end first, and what is known of revocation.</summary>
internal sealed class CertificatesModel(CertificateInventory inventory, CertificateDoors doors, TimeProvider time) : ConsolePage
{
    private const int PageSize = 50;
    private const int AllDays = 36_500;
    private const int SeenDays = 90;

    /// <summary>Only certificates that end within so many days.</summary>
    public int Within { get; private set; }

    /// <summary>Fingerprint of the last row of the page before.</summary>
    public string After { get; private set; } = "";

    /// <summary>The rows.</summary>
    public IReadOnlyList<PresentedCertificate> Rows { get; private set; } = [];

    /// <summary>Whether there are more.</summary>
    public bool HasMore { get; private set; }

    /// <summary>How many, of those seen lately, end when.</summary>
    public IReadOnlyList<(string Span, long Count)> Spans { get; private set; } = [];

    /// <summary>Lists of revoked certificates in use, by listener.</summary>
    public IReadOnlyList<(string Listener, RevocationList List)> Lists { get; private set; } = [];

    /// <summary>When the page was made.</summary>
    public DateTimeOffset Now { get; private set; }

    /// <summary>Reads a page.</summary>
    public async Task<IActionResult> OnGetAsync(int within = AllDays, string? after = null)
    {
        (Within, After, Now) = (within, after ?? "", time.GetUtcNow());
        if (within is < 0 or > AllDays || After.Length > 64 || !After.All(char.IsAsciiHexDigit))
        {
            return BadRequest();
        }

        var found = await inventory.ListAsync(Now.AddDays(within), After, PageSize + 1, Gone);
        (Rows, HasMore) = ([.. found.Take(PageSize)], found.Count > PageSize);
        Spans = await inventory.CountByExpiryAsync(Now, Now.AddDays(-SeenDays), Gone);
        Lists = [.. doors.Sources.SelectMany(source => source.Lists.All.Select(list => (source.Listener, list)))];
        return Page();
    }

    /// <summary>A span of expiry in words.</summary>
    public static string WordsOf(string span) => span switch
    {
        "expired" => "ended",
        "7d" => "within 7 days",
        "30d" => "8 to 30 days",
        "90d" => "31 to 90 days",
        "365d" => "91 to 365 days",
        _ => "later",
    };

    /// <summary>Badge of a certificate's end.</summary>
    public (string Word, string Tone) StateOf(DateTimeOffset end) =>
        end <= Now ? ("ended", "bad") : end - Now < TimeSpan.FromDays(IndexModel.WarnDays) ? ("ends in " + Format.Span(end - Now), "warn") : ("good", "good");
}
