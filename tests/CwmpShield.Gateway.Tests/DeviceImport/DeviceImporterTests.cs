using System.Text;
using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Identity;
using CwmpShield.Core.Tests.Identity;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.DeviceImport;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Storage.Secrets;
using CwmpShield.Gateway.Tests.Storage;

namespace CwmpShield.Gateway.Tests.DeviceImport;

/// <summary>Devices are imported alike on both engines.</summary>
public abstract class DeviceImporterTests(StoreEngine engine) : IAsyncLifetime
{
    private const string Good = "X7ugN3vKq2p9";
    private RegistryLab lab = null!;

    public async Task InitializeAsync() => lab = await RegistryLab.OpenAsync(engine);

    public Task DisposeAsync()
    {
        lab.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Imports_everything_that_a_line_says()
    {
        var key = new string('a', 64);
        var (summary, report) = await ImportAsync(
            $$"""
            {"device":"00AABB-HGW-SN1","user":"u1","password":"{{Good}}","status":"bootstrap","requiredStrength":"password-over-tls","groups":["b","a"],"boundKeys":["{{key}}"],"model":"M","softwareVersion":"1.0","requestUser":"cr","requestPassword":"kw8vTz2Lq0xx"}
            {"device":"00AABB-HGW-SN2","sharedUser":"acs","sharedPassword":"acs","migrationUntil":"2027-03-31"}
            {"device":"00AABB-HGW-SN3","password":"{{Good}}2","passwordForm":"basic-only"}
            {"device":"00AABB-HGW-SN4","ha1":"00112233445566778899aabbccddeeff","realm":"r"}
            """);
        Assert.Equal("", report);
        Assert.Equal((4, 4, 0), (summary.Lines, summary.Added, summary.LeftOut));
        var one = (await FindAsync("SN1"))!;
        Assert.Equal(("u1", DeviceStatus.Bootstrap, IdentityStrength.PasswordOverTls, "M", "1.0"), (one.Device.HttpUser, one.Device.Status, one.Device.RequiredStrength, one.Device.Model, one.Device.SoftwareVersion));
        Assert.Equal(["a", "b"], one.Device.Groups);
        Assert.Equal([key], one.Device.BoundKeys);
        Assert.Equal(Good, Encoding.UTF8.GetString(((StoredSecret.Password)one.Secret!).Utf8.Span));
        var request = await lab.Store.ReadAsync(commands => DeviceSecretRows.FindAsync(commands, lab.Registry.Seal, one.Device.Key, SecretPurpose.ConnectionRequest), default);
        Assert.Equal(("cr", null), (request!.User, request.Weakness));
        Assert.NotNull((await lab.Registry.FindUserAsync("acs", null, default))!.SharedSecret);
        Assert.True(CredentialVerifier.Verify(new HttpCredential.Basic("x", Encoding.UTF8.GetBytes(Good + "2")), (await FindAsync("SN3"))!.Secret!));
        Assert.IsType<StoredSecret.Ha1>((await FindAsync("SN4"))!.Secret);
    }

    [Fact]
    public async Task Leaves_a_second_import_of_the_same_lines_unchanged_and_reports_what_differs()
    {
        var text = $"oui,serial,user,password,groups\n00AABB,S1,u1,{Good},a b\n00AABB,S2,,,\n00AABB,S1,u1,{Good},b a\n";
        Assert.Equal((2, 1), Counts((await ImportAsync(text, csv: true)).Summary));
        Assert.Equal((0, 3), Counts((await ImportAsync(text, csv: true)).Summary));
        var (summary, report) = await ImportAsync("oui,serial,password,groups\n00AABB,S1,another-one-9,\n00AABB,S2,,c\n", csv: true);
        Assert.Equal(2, summary.LeftOut);
        Assert.Equal(["test:2: password: expected what the registry has of this device already, or --update to change it", "test:3: groups: expected what the registry has of this device already, or --update to change it"], Lines(report));
        Assert.Equal(Good, await PasswordAsync("S1"));
        (summary, _) = await ImportAsync("oui,serial,password,groups,status,strength\n00AABB,S1,another-one-9,,disabled,unique-certificate\n00AABB,S2,,c,,\n", csv: true, new ImportOptions { Update = true });
        Assert.Equal((2, 0), (summary.Updated, summary.LeftOut));
        Assert.Equal("another-one-9", await PasswordAsync("S1"));
        Assert.Equal(["c"], (await FindAsync("S2", ""))!.Device.Groups);
        var changed = (await FindAsync("S1", ""))!.Device;
        Assert.Equal((DeviceStatus.Disabled, "import", IdentityStrength.UniqueCertificate), (changed.Status, changed.StatusReason, changed.RequiredStrength));
        await ImportAsync("oui,serial,sharedUser,sharedPassword\n00AABB,S3,acs,acs\n", csv: true);
        (summary, _) = await ImportAsync("oui,serial,migrationUntil\n00AABB,S3,2027-09-30\n", csv: true, new ImportOptions { Update = true });
        Assert.Equal((1, new DateTimeOffset(2027, 9, 30, 0, 0, 0, TimeSpan.Zero)), (summary.Updated, (await FindAsync("S3", ""))!.Device.MigrationUntil));
        (summary, _) = await ImportAsync("oui,serial,strength\n00AABB,S1,none\n", csv: true, new ImportOptions { Update = true });
        Assert.Equal((0, 1), Counts(summary));
    }

    [Fact]
    public async Task Reports_each_bad_line_with_its_number_and_leaves_it_out()
    {
        await lab.AddAsync(new DeviceDraft { Device = new("00AABB", "", "OLD"), HttpUser = "taken", Key = RegistryLab.BindKey(new string('b', 64)) });
        var key = new string('b', 64);
        var (summary, report) = await ImportAsync(
            $"oui,serial,user,password,boundKeys,sharedUser,sharedPassword\n00AABB,S1,,{Good},,,\nnot,S2,,,,,\n00AABB,S3,,admin,,,\n00AABB,S4,taken,,,,\n00AABB,S5,,,{key},,\n00AABB,S6,,,,fleet,\n"
            + "00AABB,S7,,,,fleet,fleet-pw\n00AABB,S8,,,,fleet,other-pw\n00AABB,S9,fleet,,,,\n00AABB,S10,,,,taken,pw\n\n00AABB,S11,a,b\n00AABB,S12,,,,fleet,\n",
            csv: true);
        Assert.Equal(
            ["3:oui", "4:password", "5:user", "6:boundKeys", "7:sharedPassword", "9:sharedPassword", "10:user", "11:sharedUser", "13:"],
            Lines(report).Select(line => string.Join(':', line.Split(':')[1..3]).Replace(" ", "", StringComparison.Ordinal).Replace("expected7fieldsasintheheader,not4", "", StringComparison.Ordinal)));
        Assert.Equal((12, 3, 9), (summary.Lines, summary.Added, summary.LeftOut));
        Assert.Null(await FindAsync("S4", ""));
        Assert.Null(await FindAsync("S5", ""));
        Assert.DoesNotContain(Good, report, StringComparison.Ordinal);
        Assert.DoesNotContain("other-pw", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Marks_weak_passwords_that_it_was_told_to_take_and_the_audit_finds_them_and_shared_ones()
    {
        var (summary, _) = await ImportAsync($"oui,serial,password\n00AABB,S1,admin\n00AABB,S2,{Good}\n00AABB,S3,{Good}\n00AABB,S4,ok-{Good}\n", csv: true, new ImportOptions { AllowWeak = true });
        Assert.Equal(1, summary.Weak);
        var audit = new SecretAudit(lab.Store, lab.Registry);
        await lab.Store.WriteAsync(commands => commands.ExecuteAsync("UPDATE device_secret SET fingerprint = NULL, weakness = NULL"), default);
        Assert.Equal((0, 0), await audit.CountAsync(default));
        Assert.Equal(4, await audit.RefreshAsync(null, default));
        Assert.Equal((1, 2), await audit.CountAsync(default));
        Assert.Equal([("default", 1L)], await audit.WeakAsync(default));
        Assert.Equal([(2L, new DeviceId("00AABB", "", "S2"))], await audit.SharedAsync(10, default));
    }

    [Fact]
    public async Task Leaves_out_a_user_that_is_on_its_way_to_another_device()
    {
        var row = await lab.AddAsync();
        await lab.Store.WriteAsync(
            async commands =>
            {
                await DeviceSecretRows.PutAsync(commands, lab.Registry.Seal, row.Key, new DeviceSecret(SecretPurpose.LoginPending, RegistryLab.Password(Good)) { User = "next" });
                return true;
            },
            default);
        var (summary, report) = await ImportAsync("\uFEFF{\"device\":\"00AABB-HGW-SN2\",\"user\":\"next\"}\n{\"device\":\"00AABB-HGW-SN3\",\"user\":\"other\"}\n");
        Assert.Equal((1, 1), (summary.Added, summary.LeftOut));
        Assert.StartsWith("test:1: user:", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Goes_on_behind_the_last_committed_line()
    {
        var lines = Enumerable.Range(0, 100).Select(i => $"00AABB,S{i},{Good}{i},{(i % 10 == 3 ? "bad group!" : "g")}").ToList();
        var text = "oui,serial,password,groups\n" + string.Join('\n', lines);
        using var stop = new CancellationTokenSource();
        using var folder = new TemporaryFolder();
        var path = folder.Write("fleet.csv", text);
        var options = new ImportOptions { Path = path, Format = ImportFormat.Csv, BatchSize = 20 };
        using (var report = ImportReport.InFile(folder.File("report"), append: false))
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new DeviceImporter(lab.Store, lab.Registry, options, new TestClock()).RunAsync(
                () => File.OpenRead(path), report, (so, _) => CancelAt(so, stop), stop.Token));
        }

        // What a killed run reported and did not commit.
        await File.AppendAllTextAsync(folder.File("report"), "{\"line\":99,\"column\":\"x\",\"expected\":\"y\"}\n{\"li");
        ImportSummary summary;
        using (var report = ImportReport.InFile(folder.File("report"), append: true))
        {
            summary = await new DeviceImporter(lab.Store, lab.Registry, options with { Resume = true }, new TestClock()).RunAsync(() => File.OpenRead(path), report, null, default);
        }

        Assert.Equal((100, 90, 0, 10), (summary.Lines, summary.Added, summary.Unchanged, summary.LeftOut));
        Assert.True(summary.ResumedAfter > 20);
        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"{{\"line\":{(i * 10) + 5},"), (await File.ReadAllLinesAsync(folder.File("report"))).Select(line => line[..(line.IndexOf(',', StringComparison.Ordinal) + 1)]));

        // It has ended: there is nothing to resume any more.
        using var again = ImportReport.To("test", TextWriter.Null);
        Assert.Equal(0, (await new DeviceImporter(lab.Store, lab.Registry, options with { Resume = true }, new TestClock()).RunAsync(() => File.OpenRead(path), again, null, default)).ResumedAfter);
    }

    [Fact]
    public async Task Refuses_to_resume_with_another_file()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("fleet.csv", "oui,serial\n" + string.Concat(Enumerable.Range(0, 100).Select(i => $"00AABB,S{i}\n")));
        var options = new ImportOptions { Path = path, Format = ImportFormat.Csv, BatchSize = 20, Resume = true };
        using var stop = new CancellationTokenSource();
        using var report = ImportReport.To("test", TextWriter.Null);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new DeviceImporter(lab.Store, lab.Registry, options, new TestClock()).RunAsync(
            () => File.OpenRead(path), report, (so, _) => CancelAt(so, stop), stop.Token));
        folder.Write("fleet.csv", "oui,serial\n" + string.Concat(Enumerable.Range(100, 100).Select(i => $"00AABB,T{i}\n")));
        await Assert.ThrowsAsync<ImportException>(() => new DeviceImporter(lab.Store, lab.Registry, options, new TestClock()).RunAsync(() => File.OpenRead(path), report, null, default));
    }

    private static void CancelAt(ImportSummary so, CancellationTokenSource stop)
    {
        if (so.Lines >= 40)
        {
            stop.Cancel();
        }
    }

    private static (long Added, long Unchanged) Counts(ImportSummary summary) => (summary.Added, summary.Unchanged);

    private static string[] Lines(string report) => report.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private async Task<(ImportSummary Summary, string Report)> ImportAsync(string text, bool csv = false, ImportOptions? options = null)
    {
        using var writer = new StringWriter();
        using var report = ImportReport.To("test", writer);
        var importer = new DeviceImporter(
            lab.Store, lab.Registry, (options ?? new ImportOptions()) with { Format = csv ? ImportFormat.Csv : ImportFormat.JsonLines, BatchSize = 3 }, new TestClock());
        return (await importer.RunAsync(() => new MemoryStream(Encoding.UTF8.GetBytes(text)), report, null, default), writer.ToString());
    }

    private ValueTask<DeviceRecord?> FindAsync(string serial, string productClass = "HGW") => lab.Registry.FindAsync(new DeviceId("00AABB", productClass, serial), default);

    private async Task<string> PasswordAsync(string serial) =>
        Encoding.UTF8.GetString(((StoredSecret.Password)(await FindAsync(serial, ""))!.Secret!).Utf8.Span);
}

public sealed class SqliteDeviceImporterTests() : DeviceImporterTests(StoreEngine.Sqlite);

public sealed class PostgresDeviceImporterTests() : DeviceImporterTests(StoreEngine.Postgresql);
