using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using CwmpShield.Core.Identity;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Storage.Secrets;

namespace CwmpShield.Cli;

/// <summary><c>cwmpshield device add</c>.</summary>
internal sealed class DeviceAddCommand
{
    private const string Text = """
        Adds a device to the registry.

        Examples:
          cwmpshield device add 00AABB-HGW-SN1 --generate-password
          cwmpshield device add --oui 00AABB --product-class HGW-2000 --serial SN/1 --certificate device.pem
          cwmpshield device add 202BC1-BM632w-000001 --user 8KA8WA1151100043 --password-file - < secret
          cwmpshield device add 00AABB-HGW-SN2 --shared-user acs --shared-password-file acs.secret --migration-until 2027-03-31
        """;

    private readonly Option<string?> user = new("--user") { Description = "Its own HTTP user, where it does not follow the listener's pattern.", HelpName = "USER" };
    private readonly Option<string?> passwordFile = new("--password-file") { Description = "File with its password on the first line; - is standard input.", HelpName = "FILE" };
    private readonly Option<bool> generate = new("--generate-password") { Description = "Makes a password and prints it once." };
    private readonly Option<bool> basicOnly = new("--basic-only") { Description = "Keeps a verifier for Basic alone, which nobody can read back." };
    private readonly Option<bool> allowWeak = new("--allow-weak") { Description = "Takes a password that everybody knows, and marks it for `secrets audit`." };
    private readonly Option<string?> sharedUser = new("--shared-user") { Description = "HTTP user that it shares with other devices: accepted beside its own certificate, or in migration.", HelpName = "USER" };
    private readonly Option<string?> sharedPasswordFile = new("--shared-password-file") { Description = "File with the shared user's password; needed the first time.", HelpName = "FILE" };
    private readonly Option<DateTimeOffset?> migrationUntil = new("--migration-until") { Description = "Until when the shared user alone lets it in, e.g. 2027-03-31 (UTC).", HelpName = "DATE" };
    private readonly Option<string?> certificate = new("--certificate") { Description = "Certificate (PEM or DER) whose key is bound at once.", HelpName = "FILE" };
    private readonly Option<string[]> groups = new("--group") { Description = "Group for rules; may be given again.", HelpName = "NAME", DefaultValueFactory = _ => [] };
    private readonly Option<string> model = new("--model") { Description = "Model name.", HelpName = "NAME", DefaultValueFactory = _ => "" };
    private readonly Option<string> status = new("--status") { Description = "Whether it may log in.", DefaultValueFactory = _ => StatusName.Of(DeviceStatus.Active) };
    private readonly Option<string> strength = new("--require-strength") { Description = "The least that it must prove.", DefaultValueFactory = _ => StrengthName.Of(IdentityStrength.None) };
    private readonly Option<bool> json = new("--json") { Description = "Prints one JSON object." };
    private readonly Command command = new("add", Text);
    private readonly DeviceArgument device;
    private readonly DeviceStoreOptions store;

    private DeviceAddCommand()
    {
        device = DeviceArgument.AddTo(command);
        status.AcceptOnlyFromAmong([.. StatusName.All]);
        strength.AcceptOnlyFromAmong([.. StrengthName.All]);
        migrationUntil.CustomParser = ParseDate;
        groups.Validators.Add(CheckGroups);
        foreach (var option in new Option[] { user, passwordFile, generate, basicOnly, allowWeak, sharedUser, sharedPasswordFile, migrationUntil, certificate, groups, model, status, strength, json })
        {
            command.Options.Add(option);
        }

        store = DeviceStoreOptions.AddTo(command);
        command.SetAction(RunAsync);
    }

    /// <summary>Creates the verb.</summary>
    public static Command Create() => new DeviceAddCommand().command;

    private static DateTimeOffset? ParseDate(ArgumentResult argument)
    {
        if (DateTimeOffset.TryParse(argument.Tokens[0].Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date))
        {
            return date;
        }

        argument.AddError("--migration-until takes a date such as 2027-03-31.");
        return null;
    }

    private static void CheckGroups(OptionResult result)
    {
        if (result.Tokens.Any(token => !GroupName.IsGood(token.Value)))
        {
            result.AddError("A group is 1 to 64 letters, digits, '-', '_' or '.'.");
        }
    }

    private Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var error = result.InvocationConfiguration.Error;
        if (!TryDraft(result, error, out var draft, out var generated))
        {
            return Task.FromResult(ExitCode.Usage);
        }

        return store.ChangeAsync(
            result,
            ChangeSubject.Of(draft!.Device),
            async (_, registry) =>
            {
                var added = await registry.AddAsync(draft, cancellationToken);
                if (added.Device is null)
                {
                    await error.WriteLineAsync(Refusal(added.Status, draft));
                    return ExitCode.Findings;
                }

                var view = DeviceView.Of(added.Device) with { Password = generated };
                var output = result.InvocationConfiguration.Output;
                if (result.GetValue(json))
                {
                    await output.WriteLineAsync(view.ToJson());
                }
                else
                {
                    view.Print(output);
                }

                return ExitCode.Ok;
            },
            cancellationToken);
    }

    private bool TryDraft(ParseResult result, TextWriter error, out DeviceDraft? draft, out string? generated)
    {
        draft = null;
        generated = result.GetValue(generate) ? DevicePassword.Generate() : null;
        if (!FitTogether(result, error)
            || !TryPassword(result.GetValue(passwordFile), error, out var password)
            || !TryPassword(result.GetValue(sharedPasswordFile), error, out var sharedPassword)
            || !TryKey(result.GetValue(certificate), error, out var key))
        {
            return false;
        }

        var named = device.Get(result);
        var weakness = password is null ? null : WeakSecret.Find(password, named, result.GetValue(user));
        if (weakness is not null && !result.GetValue(allowWeak))
        {
            error.WriteLine(DevicePassword.Refusal(weakness));
            return false;
        }

        draft = new DeviceDraft
        {
            Device = named,
            HttpUser = result.GetValue(user),
            SharedUser = result.GetValue(sharedUser),
            SharedSecret = DevicePassword.ToSecret(sharedPassword),
            MigrationUntil = result.GetValue(migrationUntil),
            Status = StatusName.Read(result.GetValue(status)!),
            Secret = DevicePassword.ToSecret(generated ?? password),
            BasicOnly = result.GetValue(basicOnly),
            Weakness = weakness,
            AddedAt = TimeProvider.System.GetUtcNow(),
            Key = key,
            RequiredStrength = StrengthName.TryParse(result.GetValue(strength)!, out var required) ? required : IdentityStrength.UniqueCertificate,
            Groups = result.GetValue(groups)!,
            Model = result.GetValue(model)!,
        };
        return true;
    }

    private bool FitTogether(ParseResult result, TextWriter error)
    {
        var problem = result.GetValue(generate) && result.GetValue(passwordFile) is not null
                ? "--generate-password and --password-file exclude each other."
            : result.GetValue(sharedUser) is null && (result.GetValue(sharedPasswordFile) ?? (object?)result.GetValue(migrationUntil)) is not null
                ? "--shared-password-file and --migration-until go with --shared-user."
            : new[] { result.GetValue(user), result.GetValue(sharedUser) }.Any(name => name is not null && !IsUser(name))
                ? "A user has 1 to 2048 characters, and no colon or control character among them."
            : null;
        if (problem is not null)
        {
            error.WriteLine(problem);
        }

        return problem is null;
    }

    private static bool IsUser(string name) => name.Length is > 0 and <= 2048 && !name.Any(c => c == ':' || char.IsControl(c));

    private static bool TryPassword(string? file, TextWriter error, out string? password)
    {
        password = null;
        if (file is null)
        {
            return true;
        }

        var isRead = DevicePassword.TryRead(file, out password, out var problem);
        if (!isRead)
        {
            error.WriteLine(problem);
        }

        return isRead;
    }

    private static bool TryKey(string? file, TextWriter error, out KeyToBind? key)
    {
        key = null;
        if (file is null)
        {
            return true;
        }

        key = DeviceBindCommand.ReadKey(file, error);
        return key is not null;
    }

    private static string Refusal(AddStatus status, DeviceDraft draft) => status switch
    {
        AddStatus.UserTaken => $"The user '{draft.HttpUser ?? draft.SharedUser}' belongs to another device or is a shared one.",
        AddStatus.SharedUserUnknown => $"The shared user '{draft.SharedUser}' is new: give its password by --shared-password-file.",
        AddStatus.SharedSecretDiffers => $"The shared user '{draft.SharedUser}' has another password.",
        AddStatus.KeyTaken => "The certificate's key is bound to another device.",
        _ => $"The device {draft.Device} is registered already.",
    };
}
