using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Revocation;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Cli;

/// <summary><c>cwmpshield cert inventory</c>: what devices presented, the first to expire first.</summary>
internal static class CertInventoryCommand
{
    private const string Text = """
        Lists the certificates that devices have presented, the first to expire first.

        Examples:
          cwmpshield cert inventory --expires-within 30
          cwmpshield cert inventory --json --limit 1000 --after FINGERPRINT
        """;

    private const int AllDays = 36_500;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Creates the verb.</summary>
    public static Command Create()
    {
        var days = new Option<int>("--expires-within") { Description = "Only certificates that expire within so many days; 0 for those that have expired.", HelpName = "DAYS", DefaultValueFactory = _ => AllDays };
        var after = new Option<string>("--after") { Description = "Begins after this fingerprint: the last one of the page before.", HelpName = "FINGERPRINT", DefaultValueFactory = _ => "" };
        var limit = new Option<int>("--limit") { Description = "Certificates at most, 1 to 1000.", HelpName = "COUNT", DefaultValueFactory = _ => 100 };
        var json = new Option<bool>("--json") { Description = "Prints one JSON object a line." };
        var store = new Option<string?>("--store") { Description = "SQLite file, in place of the configuration.", HelpName = "FILE" };
        var config = ConfigOption.Create();
        Bound(days, 0, AllDays);
        Bound(limit, 1, 1000);
        var command = new Command("inventory", Text) { days, after, limit, json, store, config };
        command.SetAction(async (result, cancellationToken) =>
        {
            var output = result.InvocationConfiguration;
            if (!TryFind(result.GetValue(store), result.GetValue(config), output.Error, out var place))
            {
                return ExitCode.Usage;
            }

            return await ListAsync(place, output.Error, async inventory =>
            {
                var until = TimeProvider.System.GetUtcNow().AddDays(result.GetValue(days));
                var page = await inventory.ListAsync(until, result.GetValue(after)!, result.GetValue(limit), cancellationToken);
                Print(page, result.GetValue(json), result.GetValue(limit), output.Output);
            });
        });
        return command;
    }

    private static void Bound(Option<int> option, int min, int max) => option.Validators.Add(result =>
    {
        if (result.GetValueOrDefault<int>() is var value && (value < min || value > max))
        {
            result.AddError(string.Create(CultureInfo.InvariantCulture, $"{option.Name} takes {min} to {max}."));
        }
    });

    private static bool TryFind(string? store, string? config, TextWriter error, out StoreOptions place)
    {
        place = new StoreOptions { Path = store ?? "" };
        if (place.Path.Length > 0)
        {
            return true;
        }

        var configuration = GatewayConfiguration.Load(config);
        place = configuration.Options.Store;
        return configuration.Errors.Count == 0 || ConfigOption.Report(configuration, error) == ExitCode.Ok;
    }

    private static async Task<int> ListAsync(StoreOptions place, TextWriter error, Func<CertificateInventory, Task> work)
    {
        if (place.Engine == StoreEngine.Sqlite && !File.Exists(place.Path))
        {
            await error.WriteLineAsync($"There is no store at '{place.Path}'.");
            return ExitCode.Usage;
        }

        try
        {
            using var opened = StoreFactory.Open(place);
            await work(new CertificateInventory(opened));
            return ExitCode.Ok;
        }
        catch (StoreException problem)
        {
            await error.WriteLineAsync(problem.Message);
            return ExitCode.Usage;
        }
        catch (RegistryUnavailableException problem)
        {
            await error.WriteLineAsync(problem.Message);
            return ExitCode.Findings;
        }
    }

    private static void Print(IReadOnlyList<PresentedCertificate> page, bool json, int limit, TextWriter output)
    {
        if (json)
        {
            foreach (var one in page)
            {
                output.WriteLine(JsonSerializer.Serialize(
                    new { one.Fingerprint, one.SpkiSha256, one.Subject, one.Issuer, one.Serial, one.Key, one.NotBefore, one.NotAfter, one.Listener, one.FirstSeen, one.LastSeen, Device = one.Device?.ToString() },
                    Json));
            }

            return;
        }

        var width = page.Select(one => Plain(one.Subject).Length).Append("SUBJECT".Length).Max();
        output.WriteLine($"{"EXPIRES",-10}  {"LAST SEEN",-10}  {"KEY",-9}  {"SUBJECT".PadRight(width)}  {"SERIAL",-40}  DEVICE");
        foreach (var one in page)
        {
            output.WriteLine($"{Day(one.NotAfter)}  {Day(one.LastSeen)}  {one.Key,-9}  {Plain(one.Subject).PadRight(width)}  {one.Serial,-40}  {one.Device?.ToString() ?? "not bound"}");
        }

        if (page.Count == limit)
        {
            output.WriteLine($"There may be more: --after {page[^1].Fingerprint}");
        }
    }

    private static string Day(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A subject is the certificate's word: it must not move the cursor of a terminal.</summary>
    private static string Plain(string text) => string.Concat(text.Select(character => char.IsControl(character) ? '?' : character));
}
