using System.Diagnostics;
using System.Globalization;
using System.Text;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Identity;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.DeviceImport;
using CwmpShield.Gateway.Identity;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Storage.Secrets;

namespace CwmpShield.Bench;

/// <summary>
/// A registry of a million devices: how fast they are imported, what an identity decision costs with a warm and with a cold cache, pages of a
/// list, and the memory of a process that does this.
/// </summary>
internal static class RegistryTable
{
    private const string Header = "oui,productClass,serialNumber,password,groups,model\n";
    private const int Working = 20_000;
    private const int Cold = 5_000;

    /// <summary>Imports, then starts a process of its own that asks.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="devices">How many devices.</param>
    /// <param name="database">Connection string of an empty PostgreSQL database; null for an SQLite file.</param>
    /// <param name="password">Password of the database.</param>
    public static async Task PrintAsync(TextWriter output, int devices, string? database, string? password)
    {
        var folder = Directory.CreateTempSubdirectory("cwmpshield-bench-").FullName;
        try
        {
            var file = Path.Combine(folder, "fleet.csv");
            Write(file, devices);
            if (database is not null)
            {
                await PostgresStore.MigrateAsync(database, password, default);
            }

            var key = Path.Combine(folder, "key");
            await File.WriteAllTextAsync(key, MasterKey.Create().Export());
            File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            await ImportAsync(output, folder, file, database, password);
            string[] arguments = database is null ? ["registry-read", folder, Text(devices)] : ["registry-read", folder, Text(devices), database, password ?? ""];
            using var reading = Process.Start(Environment.ProcessPath!, arguments)!;
            await reading.WaitForExitAsync();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Asks a registry that was imported.</summary>
    public static async Task ReadAsync(TextWriter output, string folder, int devices, string? database, string? password)
    {
        using var store = Open(folder, database, password);
        var stored = await StoredDeviceRegistry.OpenAsync(store, KeyRing.Read(new KeySource.InFile(Path.Combine(folder, "key"))));
        var cached = new CachedDeviceRegistry(stored, TimeProvider.System, TimeSpan.FromHours(1));
        var authenticator = new DeviceAuthenticator(cached, TimeProvider.System);
        var listener = new ListenerOptions { Identity = new ListenerIdentityOptions { Require = IdentityRequirement.Credential, Challenge = HttpChallenge.Basic } };
        var requests = new AuthenticationRequest[devices];
        async Task<double> Decide(int number)
        {
            var request = requests[number] ??= Request(listener, number);
            var start = Stopwatch.GetTimestamp();
            if (await authenticator.AuthenticateAsync(request, default) is not AuthenticationOutcome.Proven)
            {
                throw new InvalidOperationException("The device was refused.");
            }

            return Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        }

        for (var i = 0; i < Working; i++)
        {
            await Decide(i);
        }

        Row(output, "identity decision, cold (median)", Median(await Times(Cold, i => Decide(Working + (int)((long)i * (devices - Working) / Cold)))), "us");
        for (var i = 0; i < Working; i++)
        {
            await Decide(i);
        }

        Row(output, "identity decision, warm (median)", Median(await Times(200_000, i => Decide(i * 7919 % Working))), "us");
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < 200_000; i++)
        {
            await authenticator.AuthenticateAsync(requests[i * 7919 % Working], default);
        }

        Row(output, "identity decision, warm (mean)", watch.Elapsed.TotalMicroseconds / 200_000, "us");
        Row(output, "Digest verification (mean)", Digest(), "us");
        var office = new DeviceOffice(store, stored);
        await PageAsync(output, office, "first page", new DeviceFilter(), 0);
        await PageAsync(output, office, "last page", new DeviceFilter(), devices - 100);
        await PageAsync(output, office, "page by group", new DeviceFilter { Group = "east" }, devices / 2);
        await PageAsync(output, office, "page by status, none fits", new DeviceFilter { Status = DeviceStatus.Quarantined }, 0);
        await PageAsync(output, office, "page by text, one fits", new DeviceFilter { Text = $"SN{devices - 1:D8}" }, 0);
        GC.Collect();
        using var me = Process.GetCurrentProcess();
        Row(output, "resident memory, 32,768 cached", me.WorkingSet64 / 1048576.0, "MiB");
        Row(output, "  of which managed", GC.GetTotalMemory(forceFullCollection: true) / 1048576.0, "MiB");
    }

    private static async Task ImportAsync(TextWriter output, string folder, string file, string? database, string? password)
    {
        using var store = Open(folder, database, password);
        var registry = await StoredDeviceRegistry.OpenAsync(store, KeyRing.Read(new KeySource.InFile(Path.Combine(folder, "key"))));
        using var report = ImportReport.To(file, output);
        var watch = Stopwatch.StartNew();
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var summary = await new DeviceImporter(store, registry, new ImportOptions { Path = file, Format = ImportFormat.Csv }, TimeProvider.System)
            .RunAsync(() => File.OpenRead(file), report, null, default);
        var used = Process.GetCurrentProcess().TotalProcessorTime - cpu;
        Row(output, $"import of {summary.Added} devices on {store.Engine}", summary.Added / watch.Elapsed.TotalSeconds, "rows/s");
        Row(output, "  processor time of this process", used.TotalSeconds, "s");
    }

    private static async Task PageAsync(TextWriter output, DeviceOffice office, string name, DeviceFilter filter, long after)
    {
        var times = await Times(5, async _ =>
        {
            var start = Stopwatch.GetTimestamp();
            await office.ListAsync(filter, after, 100, default);
            return Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        });
        Row(output, $"list: {name}", Median(times) / 1000, "ms");
    }

    private static double Digest()
    {
        const string header =
            "Digest username=\"00AABB-HGW-SN1\", realm=\"CwmpShield\", nonce=\"abc\", uri=\"/\", algorithm=MD5, qop=auth, nc=00000001, cnonce=\"0a4f113b\", response=\"00112233445566778899aabbccddeeff\"";
        AuthorizationReader.TryRead(header, out var credential, out _);
        var digest = (HttpCredential.Digest)credential!;
        var secret = new StoredSecret.Password("X7ugN3vKq2p9"u8.ToArray());
        var watch = new Stopwatch();
        for (var round = 0; round < 2; round++)
        {
            watch.Restart();
            for (var i = 0; i < 100_000; i++)
            {
                CredentialVerifier.Verify(digest, secret, "POST");
            }
        }

        return watch.Elapsed.TotalMicroseconds / 100_000;
    }

    private static AuthenticationRequest Request(ListenerOptions listener, int number)
    {
        var user = new DeviceId("00AABB", "HGW", Serial(number)).ToString();
        return new AuthenticationRequest(listener, IsTls: true, null, "POST", "/", ["Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{Password(number)}"))]);
    }

    private static Store Open(string folder, string? database, string? password) =>
        database is null ? SqliteStore.Open(Path.Combine(folder, "registry.db")) : PostgresStore.Open(database, password);

    private static void Write(string file, int devices)
    {
        using var writer = new StreamWriter(file);
        writer.Write(Header);
        for (var i = 0; i < devices; i++)
        {
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"00AABB,HGW,{Serial(i)},{Password(i)},{(i % 2 == 0 ? "east" : "west")},HGW-2000\n"));
        }
    }

    private static string Serial(int number) => string.Create(CultureInfo.InvariantCulture, $"SN{number:D8}");

    private static string Password(int number) => string.Create(CultureInfo.InvariantCulture, $"Kq{number * 2654435761L % 1_000_000_007:x8}vT");

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static async Task<List<double>> Times(int count, Func<int, Task<double>> work)
    {
        var times = new List<double>(count);
        for (var i = 0; i < count; i++)
        {
            times.Add(await work(i));
        }

        return times;
    }

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);

    private static void Row(TextWriter output, string what, double value, string unit) =>
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-50} {value,12:0.##} {unit}"));
}
