using System.Security.Cryptography;
using System.Text;
using CwmpShield.Core.Identity;
using CwmpShield.Gateway.DeviceImport;

namespace CwmpShield.Gateway.Tests.DeviceImport;

public sealed class LineTests
{
    [Fact]
    public async Task Reads_lines_with_either_ending_and_hashes_what_it_read()
    {
        var text = "a\r\nbé\n\nlast"u8.ToArray();
        using var lines = new ByteLines(new MemoryStream(text));
        Assert.Equal(["a", "bé", "", "last"], await AllAsync(lines));
        Assert.Equal((4, text.Length), (lines.Number, lines.Position));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(text)), lines.Hash);
    }

    [Fact]
    public async Task Skips_a_line_that_is_too_long_and_goes_on_behind_it()
    {
        var text = "one\n" + new string('x', 1_000_000) + "\n" + new string('y', ByteLines.MaxLength) + "\n" + new string('z', ByteLines.MaxLength + 1);
        using var lines = new ByteLines(new MemoryStream(Encoding.ASCII.GetBytes(text)));
        var read = await AllAsync(lines);
        Assert.Equal(["one", "(too long)", new string('y', ByteLines.MaxLength), "(too long)"], read);
        Assert.Equal(text.Length, lines.Position);
    }

    [Fact]
    public async Task Goes_on_behind_what_an_earlier_run_has_read_unless_it_has_changed()
    {
        var text = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 100_000).Select(i => $"line {i}\n")));
        using var first = new ByteLines(new MemoryStream(text));
        for (var i = 0; i < 50_000; i++)
        {
            await first.ReadAsync(default);
        }

        var (position, hash) = (first.Position, first.Hash);
        using var second = new ByteLines(new MemoryStream(text));
        Assert.True(await second.SkipAsync(position, first.Number, hash, default));
        Assert.Equal("line 50000", Encoding.ASCII.GetString((await second.ReadAsync(default))!.Value.Span));
        Assert.Equal(50_001, second.Number);
        text[17]++;
        using var changed = new ByteLines(new MemoryStream(text));
        Assert.False(await changed.SkipAsync(position, first.Number, hash, default));
        using var shorter = new ByteLines(new MemoryStream(text[..100]));
        Assert.False(await shorter.SkipAsync(position, first.Number, hash, default));
    }

    [Fact]
    public void Reads_csv_with_quotes_and_any_separator()
    {
        var csv = CsvLine.Header("\uFEFFOUI;\"Product Class\";serial_number;PASSWORD"u8, out _)!;
        var fields = new LineFields();
        Assert.Null(csv.Read("00AABB;\"a;\"\"b\";SN1;"u8, 2, fields));
        Assert.Equal(("00AABB", "a;\"b", "SN1", null), (fields[DeviceField.Oui], fields[DeviceField.ProductClass], fields[DeviceField.SerialNumber], fields[DeviceField.Password]));
        Assert.NotNull(CsvLine.Header("oui,serial,statusSince,lastSeen"u8, out _));
    }

    [Theory]
    [InlineData("oui,serial,colour", "colour", "columns among these")]
    [InlineData("oui,serial,OUI", "OUI", "each once")]
    [InlineData("00AABB,HGW,SN1,s3cret", "", "columns among these")]
    [InlineData("oui,\"serial", "", "closing quote")]
    public void Refuses_a_header_that_says_something_unknown(string header, string column, string expected)
    {
        Assert.Null(CsvLine.Header(Encoding.UTF8.GetBytes(header), out var problem));
        Assert.Equal(column, problem!.Column);
        Assert.Contains(expected, problem.Expected, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("00AABB,SN1", "", "3 fields")]
    [InlineData("00AABB,SN1,a,b", "", "3 fields")]
    [InlineData("00AABB,SN1,\"open", "password", "closing quote")]
    [InlineData("00AABB,SN1,\"a\"b", "password", "behind the closing quote")]
    [InlineData("00AABB,S\"N1,p", "serial", "quotes around the whole field")]
    public void Names_the_column_of_a_broken_csv_line(string line, string column, string expected)
    {
        var problem = CsvLine.Header("oui,serial,password"u8, out _)!.Read(Encoding.UTF8.GetBytes(line), 7, new LineFields())!;
        Assert.Equal((7, column), (problem.Line, problem.Column));
        Assert.Contains(expected, problem.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void Reads_json_with_lists_and_with_what_an_export_says_beside()
    {
        var fields = new LineFields();
        Assert.Null(JsonLine.Read("""{"oui":"00AABB","serialNumber":"S\u00e9","groups":["b","a"],"password":null,"key":17,"hasPassword":true,"lastSeen":"2026"}"""u8, 1, fields));
        Assert.Equal(("00AABB", "Sé", "b a", null), (fields[DeviceField.Oui], fields[DeviceField.SerialNumber], fields[DeviceField.Groups], fields[DeviceField.Password]));
    }

    [Theory]
    [InlineData("[]", "", "a JSON object")]
    [InlineData("", "", "JSON")]
    [InlineData("{\"oui\":\"00AABB\"", "oui", "JSON")]
    [InlineData("{\"oui\":1}", "oui", "a string")]
    [InlineData("{\"oui\":{}}", "oui", "a string")]
    [InlineData("{\"oui\":\"1\",\"OUI\":\"2\"}", "OUI", "once")]
    [InlineData("{\"colour\":\"1\"}", "colour", "one of")]
    [InlineData("{\"groups\":[1]}", "groups", "strings")]
    [InlineData("{\"groups\":[[\"a\"]]}", "groups", "")]
    [InlineData("{\"user\":\"\\ud800\"}", "user", "JSON")]
    [InlineData("{} {}", "", "JSON")]
    public void Names_the_property_of_a_broken_json_line(string line, string property, string expected)
    {
        var problem = JsonLine.Read(Encoding.UTF8.GetBytes(line), 3, new LineFields())!;
        Assert.Equal((3, property), (problem.Line, problem.Column));
        Assert.Contains(expected, problem.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void Makes_a_row_of_a_line()
    {
        var row = Read(
            """
            {"device":"00aabb-HGW%2D2-SN1","user":"u1","password":"X7ugN3vKq2p9","passwordForm":"Basic-Only","status":"bootstrap","strength":"password-over-tls",
             "groups":["b","a","b"],"boundKeys":["AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"],"model":"M","migrationUntil":"2027-03-31","sharedUser":"acs",
             "requestUser":"cr","requestPassword":"kw8vTz2Lq0xx"}
            """,
            out _)!;
        Assert.Equal(("00AABB", "HGW-2", "SN1", "u1"), (row.Device.Oui, row.Device.ProductClass, row.Device.SerialNumber, row.HttpUser));
        Assert.True(row.BasicOnly);
        Assert.Equal((DeviceStatus.Bootstrap, IdentityStrength.PasswordOverTls), (row.Status, row.RequiredStrength));
        Assert.Equal(["a", "b"], row.Groups!);
        Assert.Equal([new string('a', 64)], row.BoundKeys!);
        Assert.Equal(new DateTimeOffset(2027, 3, 31, 0, 0, 0, TimeSpan.Zero), row.MigrationUntil);
        Assert.Equal("cr", row.RequestUser);
        Assert.Null(row.Weakness);
    }

    [Theory]
    [InlineData("{\"device\":\"00AABB\"}", "device")]
    [InlineData("{\"oui\":\"00AABX\",\"serial\":\"S\"}", "oui")]
    [InlineData("{\"oui\":\"00AABB\"}", "serialNumber")]
    [InlineData("{\"oui\":\"00AABB\",\"serial\":\"S\\u0000\"}", "serialNumber")]
    [InlineData("{\"device\":\"00AABB-S\",\"serial\":\"T\"}", "device")]
    [InlineData("{\"device\":\"00AABB-S\",\"user\":\"a:b\"}", "user")]
    [InlineData("{\"device\":\"00AABB-S\",\"password\":\"admin\"}", "password")]
    [InlineData("{\"device\":\"00AABB-S\",\"password\":\"s\"}", "password")]
    [InlineData("{\"device\":\"00AABB-S\",\"requestUser\":\"x\",\"requestPassword\":\"X\"}", "requestPassword")]
    [InlineData("{\"device\":\"00AABB-S\",\"requestPassword\":\"X7ugN3vKq2p9\"}", "requestUser")]
    [InlineData("{\"device\":\"00AABB-S\",\"password\":\"a\\nb\"}", "password")]
    [InlineData("{\"device\":\"00AABB-S\",\"ha1\":\"00\",\"realm\":\"r\"}", "ha1")]
    [InlineData("{\"device\":\"00AABB-S\",\"ha1\":\"00112233445566778899aabbccddeeff\"}", "realm")]
    [InlineData("{\"device\":\"00AABB-S\",\"passwordForm\":\"basic-only\"}", "passwordForm")]
    [InlineData("{\"device\":\"00AABB-S\",\"passwordForm\":\"clear\"}", "passwordForm")]
    [InlineData("{\"device\":\"00AABB-S\",\"status\":\"asleep\"}", "status")]
    [InlineData("{\"device\":\"00AABB-S\",\"strength\":\"high\"}", "requiredStrength")]
    [InlineData("{\"device\":\"00AABB-S\",\"groups\":[\"a/b\"]}", "groups")]
    [InlineData("{\"device\":\"00AABB-S\",\"boundKeys\":[\"abc\"]}", "boundKeys")]
    [InlineData("{\"device\":\"00AABB-S\",\"sharedPassword\":\"abc\"}", "sharedUser")]
    [InlineData("{\"device\":\"00AABB-S\",\"migrationUntil\":\"soon\",\"sharedUser\":\"a\"}", "migrationUntil")]
    public void Says_which_field_is_wrong(string line, string column)
    {
        Assert.Null(Read(line, out var problems));
        Assert.Equal([column], problems.Select(problem => problem.Column));
    }

    [Fact]
    public void Says_everything_that_is_wrong_with_a_line_and_no_secret()
    {
        Assert.Null(Read("{\"oui\":\"x\",\"serial\":\"S\",\"password\":\"secret\\u0001\",\"status\":\"q\"}", out var problems));
        Assert.Equal(["oui", "password"], problems.Select(problem => problem.Column));
        Assert.DoesNotContain("secret", string.Concat(problems.Select(problem => problem.ToJson())), StringComparison.Ordinal);
        Assert.Equal("fleet.csv:1: oui: expected six hexadecimal digits", problems[0].In("fleet.csv"));
    }

    [Fact]
    public void Takes_and_marks_a_weak_password_where_that_is_asked_for() =>
        Assert.Equal("default", Read("{\"device\":\"00AABB-S\",\"password\":\"admin\"}", out _, allowWeak: true)!.Weakness);

    private static ImportRow? Read(string json, out IReadOnlyList<LineProblem> problems, bool allowWeak = false)
    {
        var fields = new LineFields();
        Assert.Null(JsonLine.Read(Encoding.UTF8.GetBytes(json), 1, fields));
        return new RowReader(allowWeak).Read(fields, 1, out problems);
    }

    private static async Task<List<string>> AllAsync(ByteLines lines)
    {
        var all = new List<string>();
        while (await lines.ReadAsync(default) is { } line)
        {
            all.Add(lines.Oversized ? "(too long)" : Encoding.UTF8.GetString(line.Span));
        }

        return all;
    }
}
