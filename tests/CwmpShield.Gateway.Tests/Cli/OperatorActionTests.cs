using System.CommandLine;
using System.Text;
using CwmpShield.Cli;
using CwmpShield.Core.Audit;
using CwmpShield.Gateway.Auditing;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Tests.Configuration;
using Microsoft.Data.Sqlite;

namespace CwmpShield.Gateway.Tests.Cli;

/// <summary>What operators do at the command line is in the ledger before it is done. A new verb stands in one of the two tables.</summary>
public sealed class OperatorActionTests : IDisposable
{
    private const string Device = "00AABB-HGW-SN1";
    private const string FilesOnly = "works on files that the gateway takes in by their signature or content, and records itself: rules-changed, manifest-changed";
    private const string Lab = "makes files of a lab authority; the gateway hears of them by its own configuration";
    private const string Reads = "reads";

    /// <summary>Verbs that write no record, and why.</summary>
    private static readonly Dictionary<string, string> Unrecorded = new(StringComparer.Ordinal)
    {
        ["artefact add"] = FilesOnly,
        ["artefact list"] = Reads,
        ["artefact rollout status"] = Reads,
        ["artefact show"] = Reads,
        ["artefact sign"] = FilesOnly,
        ["artefact sign-url"] = "makes a URL out of a key file; the order that carries it is recorded",
        ["artefact verify"] = Reads,
        ["break-glass status"] = Reads,
        ["cert inventory"] = Reads,
        ["audit mac"] = Reads,
        ["audit prune"] = "writes a record of its own kind for each chain that it shortens, before anything goes: LedgerPruneTests",
        ["audit search"] = Reads,
        ["audit show"] = Reads,
        ["audit tail"] = Reads,
        ["audit verify"] = Reads,
        ["config check"] = Reads,
        ["config show"] = Reads,
        ["connection-request list"] = Reads,
        ["console token list"] = Reads,
        ["console user list"] = Reads,
        ["datamodel import"] = FilesOnly,
        ["db status"] = Reads,
        ["demo"] = "has a store of its own, which ends with it",
        ["device list"] = Reads,
        ["device show"] = Reads,
        ["exposure scan"] = "asks devices what they show, and changes nothing",
        ["held list"] = Reads,
        ["held show"] = Reads,
        ["init"] = FilesOnly,
        ["inspect"] = Reads,
        ["pki crl"] = Lab,
        ["pki init"] = Lab,
        ["pki issue"] = Lab,
        ["pki revoke"] = Lab,
        ["report"] = "reads the ledger, and writes a signed file that says what it read",
        ["report verify"] = Reads,
        ["rules check"] = Reads,
        ["rules diff"] = Reads,
        ["rules explain"] = Reads,
        ["rules list"] = Reads,
        ["rules schema"] = Reads,
        ["rules sign"] = FilesOnly,
        ["rules test"] = Reads,
        ["rules verify"] = Reads,
        ["run"] = "the node records its own start and end",
        ["secrets audit"] = Reads,
        ["secrets status"] = Reads,
        ["sizing"] = "computes, and reads nothing",
        ["version"] = Reads,
    };

    /// <summary>Verbs that are recorded, and how each is called. <c>@</c> stands for the lab's folder.</summary>
    private static readonly Dictionary<string, string> Recorded = new(StringComparer.Ordinal)
    {
        ["artefact restore"] = "fw",
        ["artefact rollout halt"] = "fw --ticket T-1",
        ["artefact rollout resume"] = "fw --ticket T-1",
        ["artefact withdraw"] = "fw --reason bricks",
        ["audit export"] = "--out @/ledger.jsonl",
        ["break-glass break"] = "--for 30m --reason T-1",
        ["break-glass mend"] = "",
        ["connection-request"] = Device,
        ["connection-request revoke"] = Device,
        ["console token create"] = "siem",
        ["console token revoke"] = "siem",
        ["console user add"] = "anna --role viewer --password-file @/password",
        ["console user disable"] = "anna",
        ["console user enable"] = "anna",
        ["console user password"] = "anna --password-file @/password",
        ["console user remove"] = "anna",
        ["device add"] = "00AABB-HGW-SN2 --user hidden-user --password-file @/password",
        ["device bind"] = $"{Device} --spki {Spki}",
        ["device disable"] = $"{Device} --reason T-1",
        ["device drift"] = $"{Device} --clear --reason T-1",
        ["device enable"] = $"{Device} --reason T-1",
        ["device export"] = "--with-secrets --out @/secrets.jsonl",
        ["device import"] = "@/fleet.csv",
        ["device quarantine"] = $"{Device} --reason T-1",
        ["device release"] = $"{Device} --reason T-1 --to-bootstrap --factory-password-file @/password",
        ["device remove"] = Device,
        ["device rotate"] = $"{Device} --password-file @/password",
        ["device unbind"] = $"{Device} --spki {Spki}",
        ["db backup"] = "@/copy.db",
        ["db migrate"] = "",
        ["db restore"] = "@/copy.db",
        ["held reject"] = "7 --ticket T-1",
        ["held release"] = "7 --ticket T-1",
        ["secrets rotate"] = "--generate",
    };

    private const string Spki = "7d865e959b2466918c9863afca942d0fb89d7c9ac0c99bafc3749504ded97730";

    private readonly ConfigurationLab lab = new();

    public OperatorActionTests()
    {
        lab.WriteJson("appsettings.json");
        lab.Write("password", "correct-horse-battery");
        lab.Write("fleet.csv", "device,user,password\n00AABB-HGW-SN3,hidden-user,correct-horse-battery");
    }

    public static TheoryData<string> Verbs() => new(Recorded.Keys);

    /// <summary>All but those that make or replace the ledger, which are recorded in what they have made.</summary>
    public static TheoryData<string> VerbsOnAStore() => new(Recorded.Keys.Where(verb => verb is not ("db migrate" or "db restore")));

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        lab.Dispose();
    }

    [Fact]
    public void Knows_of_every_verb_whether_it_is_recorded()
    {
        var known = Recorded.Keys.Concat(Unrecorded.Keys).ToList();

        Assert.Equal(VerbWalk.Of(RootVerb.Create()).Keys.Order(StringComparer.Ordinal), known.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task Records_who_does_what(string verb)
    {
        await PrepareAsync(verb);
        await RunAsync(verb, Recorded[verb]);

        var record = (await LedgerAsync()).First(one => one.Action == verb.Replace(' ', '-'));
        Assert.Equal((AuditKind.OperatorAction, OperatorIdentity.Actor), (record.Kind, record.Actor));
        Assert.EndsWith(OperatorAudit.Suffix, record.Node, StringComparison.Ordinal);
        Assert.NotEmpty(record.Subject);
        Assert.DoesNotContain("hidden-user", record.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("horse", record.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(VerbsOnAStore))]
    public async Task Changes_nothing_that_cannot_be_recorded(string verb)
    {
        await PrepareAsync(verb);
        Execute("CREATE TRIGGER full BEFORE INSERT ON ledger BEGIN SELECT RAISE(ABORT, 'no room'); END");
        var before = Everything();

        var (code, output, error) = await RunAsync(verb, Recorded[verb]);

        Assert.Equal((ExitCode.Findings, ""), (code, output));
        Assert.Contains("Nothing was changed", error, StringComparison.Ordinal);
        Assert.Equal(before, Everything());
    }

    [Fact]
    public async Task Records_that_a_change_was_not_completed()
    {
        await PrepareAsync("device disable");
        Assert.Equal(ExitCode.Findings, (await RunAsync("device disable", "00AABB-HGW-NONE --reason T-1")).Code);

        var records = (await LedgerAsync()).Where(one => one.Action == "device-disable").ToList();
        Assert.Equal(2, records.Count);
        Assert.Equal(("00AABB-HGW-NONE", "--reason T-1"), (records[0].Device, records[0].Detail));
        Assert.Empty(records[0].Reasons);
        Assert.Equal([AuditReason.NotCompleted], records[1].Reasons);
        Assert.Equal(records[0].Sequence, records[1].Intent);
    }

    [Fact]
    public async Task Names_who_came_by_sudo_and_as_whom()
    {
        await PrepareAsync("device disable");
        Environment.SetEnvironmentVariable("SUDO_USER", "anna");
        try
        {
            await RunAsync("device disable", Recorded["device disable"]);
        }
        finally
        {
            Environment.SetEnvironmentVariable("SUDO_USER", null);
        }

        var record = (await LedgerAsync()).First(one => one.Action == "device-disable");
        Assert.Equal(("anna", $"(by sudo as {Environment.UserName}) --reason T-1"), (record.Actor, record.Detail));
    }

    [Fact]
    public async Task Records_no_export_without_secrets()
    {
        await PrepareAsync("device export");
        await RunAsync("device export", "--out @/plain.jsonl");

        Assert.DoesNotContain(await LedgerAsync(), one => one.Action == "device-export");
    }

    private async Task PrepareAsync(string verb)
    {
        if (verb != "db migrate")
        {
            Assert.Equal(ExitCode.Ok, (await RunAsync("device add", $"{Device} --generate-password")).Code);
        }

        if (verb == "db restore")
        {
            Assert.Equal(ExitCode.Ok, (await RunAsync("db backup", "@/copy.db")).Code);
        }
    }

    private async Task<(int Code, string Output, string Error)> RunAsync(string verb, string arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        string[] words = [.. verb.Split(' '), .. arguments.Replace("@", lab.Folder, StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries), "--config", lab.At("appsettings.json")];
        var parsed = RootVerb.Create().Parse(words);
        Assert.Empty(parsed.Errors);
        return (await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = error }), output.ToString(), error.ToString());
    }

    private async Task<IReadOnlyList<AuditRecord>> LedgerAsync()
    {
        using var store = SqliteStore.Open(lab.At("cwmpshield.db"));
        var rows = await new LedgerSearch(store).FindAsync(new LedgerQuery { Limit = 1000 }, default);
        return [.. rows.Select(row => row.Record).OrderBy(record => record.Sequence)];
    }

    private void Execute(string sql)
    {
        using var connection = Connect();
        using var command = new SqliteCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    /// <summary>Every row of every table, and the key file.</summary>
    private string Everything()
    {
        using var connection = Connect();
        var text = new StringBuilder(File.ReadAllText(lab.At("master.key")));
        foreach (var table in Rows(connection, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"))
        {
            text.AppendLine(table).AppendJoin('\n', Rows(connection, $"SELECT * FROM {table}"));
        }

        return text.ToString();
    }

    private static List<string> Rows(SqliteConnection connection, string sql)
    {
        var rows = new List<string>();
        using var command = new SqliteCommand(sql, connection);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetValue(i) is byte[] bytes ? Convert.ToHexString(bytes) : reader.GetValue(i).ToString())));
        }

        return rows;
    }

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection($"Data Source={lab.At("cwmpshield.db")};Pooling=false");
        connection.Open();
        return connection;
    }
}
