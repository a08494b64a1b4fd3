using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using CwmpShield.Core.Identity;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Cli;

/// <summary>Which devices are meant, the same for every verb that takes many.</summary>
internal sealed class DeviceFilterOptions
{
    private readonly Option<string?> group = new("--group") { Description = "Only devices of this group.", HelpName = "NAME" };
    private readonly Option<string?> status = new("--status") { Description = "Only devices with this status." };
    private readonly Option<string?> strength = new("--strength") { Description = "Only devices whose required strength, which is the highest that they have proven, is this." };
    private readonly Option<string?> oui = new("--oui") { Description = "Only devices with this OUI.", HelpName = "OUI" };
    private readonly Option<string?> model = new("--model") { Description = "Only devices of this model.", HelpName = "NAME" };
    private readonly Option<DateTimeOffset?> seenBefore = new("--seen-before") { Description = "Only devices that were seen last before this, or never, e.g. 2026-11-01 (UTC).", HelpName = "DATE" };
    private readonly Option<DateTimeOffset?> seenAfter = new("--seen-after") { Description = "Only devices that were seen at this time or later.", HelpName = "DATE" };
    private readonly Option<string?> text = new("--text") { Description = "Only devices with this in serial number, product class, user or model.", HelpName = "TEXT" };
    private readonly Option<bool> reused = new("--reused") { Description = "Only devices with a secret that another device has, too." };
    private readonly Option<bool> weak = new("--weak") { Description = "Only devices with a password that is known to be weak." };

    private DeviceFilterOptions()
    {
        status.AcceptOnlyFromAmong([.. StatusName.All]);
        strength.AcceptOnlyFromAmong([.. StrengthName.All]);
        seenBefore.CustomParser = ParseDate;
        seenAfter.CustomParser = ParseDate;
    }

    /// <summary>Adds the options to <paramref name="command"/>.</summary>
    public static DeviceFilterOptions AddTo(Command command)
    {
        var options = new DeviceFilterOptions();
        foreach (var option in new Option[] { options.group, options.status, options.strength, options.oui, options.model, options.seenBefore, options.seenAfter, options.text, options.reused, options.weak })
        {
            command.Options.Add(option);
        }

        return options;
    }

    /// <summary>What was asked for.</summary>
    public DeviceFilter Get(ParseResult result) => new()
    {
        Group = result.GetValue(group),
        Status = result.GetValue(status) is { } word ? StatusName.Read(word) : null,
        Strength = result.GetValue(strength) is { } least && StrengthName.TryParse(least, out var value) ? value : null,
        Oui = result.GetValue(oui),
        Model = result.GetValue(model),
        SeenBefore = result.GetValue(seenBefore),
        SeenAfter = result.GetValue(seenAfter),
        Text = result.GetValue(text),
        Reused = result.GetValue(reused),
        Weak = result.GetValue(weak),
    };

    private static DateTimeOffset? ParseDate(ArgumentResult argument)
    {
        if (DateTimeOffset.TryParse(argument.Tokens[0].Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date))
        {
            return date;
        }

        argument.AddError("A date looks like 2026-11-01 or 2026-11-01T12:00:00Z.");
        return null;
    }
}
