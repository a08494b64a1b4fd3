using System.CommandLine;
using System.CommandLine.Parsing;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Identity;

namespace CwmpShield.Cli;

/// <summary>Names a device on the command line: percent-encoded in one word, or field by field as it is.</summary>
internal sealed class DeviceArgument
{
    private const int MaxFieldLength = 64;
    private const string Alternatives = "Give DEVICE, or --oui, --product-class and --serial.";

    private readonly Argument<string?> device = new("DEVICE")
    {
        Description = "OUI-CLASS-SERIAL or OUI-SERIAL; other characters than letters, digits and _ percent-encoded (HGW-2 is HGW%2D2).",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> oui = new("--oui") { Description = "OUI, in place of DEVICE.", HelpName = "OUI" };

    private readonly Option<string?> productClass = new("--product-class") { Description = "Product class as the device informs it.", HelpName = "CLASS" };

    private readonly Option<string?> serial = new("--serial") { Description = "Serial number as the device informs it.", HelpName = "SERIAL" };

    private DeviceArgument()
    {
    }

    /// <summary>Adds the argument and the options in its place to <paramref name="command"/>.</summary>
    public static DeviceArgument AddTo(Command command) => AddTo(command, isOptional: false);

    /// <summary>Adds them for a verb that can do without a device; <see cref="Find"/> tells which was named.</summary>
    public static DeviceArgument AddOptionalTo(Command command) => AddTo(command, isOptional: true);

    private static DeviceArgument AddTo(Command command, bool isOptional)
    {
        var argument = new DeviceArgument();
        command.Arguments.Add(argument.device);
        command.Options.Add(argument.oui);
        command.Options.Add(argument.productClass);
        command.Options.Add(argument.serial);
        command.Validators.Add(result =>
        {
            if ((!isOptional || argument.IsNamed(result)) && !argument.TryRead(
                result.GetValue(argument.device), result.GetValue(argument.oui), result.GetValue(argument.productClass), result.GetValue(argument.serial), out _, out var error))
            {
                result.AddError(error);
            }
        });
        return argument;
    }

    /// <summary>The device that was named, null for none.</summary>
    public DeviceId? Find(ParseResult result) => IsNamed(result.CommandResult) ? Get(result) : null;

    /// <summary>The device that was named; only to be called after the command line was found good.</summary>
    public DeviceId Get(ParseResult result) =>
        TryRead(result.GetValue(device), result.GetValue(oui), result.GetValue(productClass), result.GetValue(serial), out var named, out _)
            ? named
            : throw new InvalidOperationException("The command line was not validated.");

    /// <summary>Whether a device was named.</summary>
    public bool IsNamed(CommandResult result) =>
        result.GetValue(device) is not null || result.GetValue(oui) is not null || result.GetValue(productClass) is not null || result.GetValue(serial) is not null;

    private bool TryRead(string? text, string? ouiText, string? classText, string? serialText, out DeviceId named, out string error)
    {
        var isUnnamed = ouiText is null && classText is null && serialText is null;
        named = new DeviceId(ouiText ?? "", classText ?? "", serialText ?? "");
        if (text is not null)
        {
            if (!isUnnamed || !DeviceIdText.TryParse(text, out var parsed))
            {
                error = isUnnamed
                    ? $"\"{text}\" is no {device.Name}: expected is OUI-CLASS-SERIAL or OUI-SERIAL, percent-encoded (HGW-2 is HGW%2D2); or give --oui, --product-class and --serial as they are."
                    : Alternatives;
                return false;
            }

            named = parsed!;
        }
        else if (isUnnamed)
        {
            error = Alternatives;
            return false;
        }

        named = named with { Oui = named.Oui.ToUpperInvariant() };
        error = !NamePattern.IsOui(named.Oui) ? "An OUI is six hexadecimal digits."
            : named.SerialNumber.Length is 0 or > MaxFieldLength ? "A serial number has 1 to 64 characters."
            : named.ProductClass.Length > MaxFieldLength ? "A product class has at most 64 characters."
            : (named.ProductClass + named.SerialNumber).Any(char.IsControl) ? "Product class and serial number have no control characters."
            : "";
        return error.Length == 0;
    }
}
