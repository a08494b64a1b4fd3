using CwmpShield.Core.Identity;
using CwmpShield.Core.Identity.Rotation;
using CwmpShield.Gateway.Credentials;
using CwmpShield.Gateway.Storage.Credentials;
using CwmpShield.Gateway.Tests.Doubles;
using Microsoft.Data.Sqlite;
using static CwmpShield.Gateway.Tests.Doubles.CredentialLab;

namespace CwmpShield.Gateway.Tests.Credentials;

/// <summary>Passwords that change by the ACS's orders, through the whole gateway: nobody is locked out, and nothing given up gets in.</summary>
public sealed class RotationTests
{
    private const string New = "n3w-Secret-1";

    [Theory]
    [InlineData("Device.ManagementServer.Password")]
    [InlineData("InternetGatewayDevice.ManagementServer.Password")]
    public async Task Lets_old_and_new_in_until_a_whole_session_has_used_the_new_one(string name)
    {
        await using var lab = await StartAsync();

        await lab.OrderAsync(Set((name, New)), id => SetResponse(id));

        Assert.Equal($"acknowledged:{New} current:pw7", await lab.StatesAsync());
        Assert.Equal(200, await lab.LogInAsync("pw7"));
        Assert.Equal(200, await lab.TryLogInAsync(New));
        Assert.Equal(200, await lab.LogInAsync("pw7"));
        Assert.Equal(200, await lab.LogInAsync(New));
        Assert.Equal($"current:{New}", await lab.StatesAsync());
        Assert.Equal(401, await lab.LogInAsync("pw7"));
        Assert.Equal(200, await lab.LogInAsync(New));
        await lab.Lab.CountsAsync("cwmpshield_credential_steps_total", "proven");
    }

    [Fact]
    public async Task Has_the_new_password_in_the_store_before_the_device_has_the_order()
    {
        await using var lab = await StartAsync();
        lab.Acs.Order(Set(("Device.ManagementServer.Password", New)));
        await using var device = await lab.DeviceAsync();
        await device.InformAsync();

        Assert.Equal("SetParameterValues", (await device.EmptyAsync()).Method);

        Assert.Equal($"pending:{New} current:pw7", await lab.StatesAsync());
    }

    [Fact]
    public async Task Forgets_the_new_one_when_the_device_answers_with_a_fault()
    {
        await using var lab = await StartAsync();

        await lab.OrderAsync(Set(("Device.ManagementServer.Password", New)), id => Soap.Fault(id, 9003));

        Assert.Equal("current:pw7", await lab.StatesAsync());
        Assert.Equal(401, await lab.LogInAsync(New));
    }

    [Fact]
    public async Task Keeps_both_when_the_device_applies_it_later()
    {
        await using var lab = await StartAsync();

        await lab.OrderAsync(Set(("Device.ManagementServer.Password", New)), id => SetResponse(id, 1));

        Assert.Equal(200, await lab.LogInAsync("pw7"));
        Assert.Equal(200, await lab.LogInAsync(New));
        Assert.Equal(401, await lab.LogInAsync("pw7"));
    }

    [Fact]
    public async Task Keeps_both_when_no_answer_comes()
    {
        await using var lab = await StartAsync();

        await lab.OrderAsync(Set(("Device.ManagementServer.Password", New)), answer: null);

        Assert.Equal($"pending:{New} current:pw7", await lab.StatesAsync());
        Assert.Equal(200, await lab.LogInAsync("pw7"));
        Assert.Equal(200, await lab.LogInAsync(New));
    }

    [Fact]
    public async Task Keeps_the_last_acknowledged_and_the_last_pending_of_several()
    {
        await using var lab = await StartAsync();
        await lab.OrderAsync(Set(("Device.ManagementServer.Password", New + "a")), id => SetResponse(id));
        await lab.OrderAsync(Set(("Device.ManagementServer.Password", New + "b")), id => SetResponse(id));

        await lab.OrderAsync(Set(("Device.ManagementServer.Password", New + "c")), answer: null);

        Assert.Equal($"pending:{New}c acknowledged:{New}b current:pw7", await lab.StatesAsync());
        Assert.Equal(401, await lab.LogInAsync(New + "a"));
        Assert.Equal(200, await lab.LogInAsync(New + "b"));
        Assert.Equal($"pending:{New}c current:{New}b", await lab.StatesAsync());
    }

    [Fact]
    public async Task Cancels_an_order_that_never_reached_its_device()
    {
        await using var lab = await StartAsync(options: options => options with { Refusal = options.Refusal with { MaxRounds = 1 } });
        lab.Acs.Order(id => Soap.RogueDownload(id));

        await lab.OrderAsync(Set(("Device.ManagementServer.Password", New)), id => SetResponse(id));

        Assert.Equal("current:pw7", await lab.StatesAsync());
        await lab.Lab.CountsAsync("cwmpshield_credential_steps_total", "cancelled");
    }

    [Fact]
    public async Task Takes_user_and_password_together_and_gives_the_old_user_up()
    {
        await using var lab = await StartAsync();

        await lab.OrderAsync(
            Set(("Device.ManagementServer.Username", "seven"), ("Device.ManagementServer.Password", New)), id => SetResponse(id));

        Assert.Equal(401, await lab.LogInAsync(New));
        Assert.Equal(200, await lab.LogInAsync("pw7"));
        Assert.Equal(200, await lab.LogInAsync(New, "seven"));
        Assert.Equal("seven", (await lab.RowAsync()).HttpUser);
        Assert.Equal(401, await lab.LogInAsync("pw7"));
        Assert.Equal(401, await lab.LogInAsync(New));
        Assert.Equal(200, await lab.LogInAsync(New, "seven"));
    }

    [Fact]
    public async Task Keeps_the_password_where_the_order_changes_the_user_alone()
    {
        await using var lab = await StartAsync();

        await lab.OrderAsync(Set(("Device.ManagementServer.Username", "seven")), id => SetResponse(id));

        Assert.Equal(200, await lab.LogInAsync("pw7", "seven"));
        Assert.Equal(401, await lab.LogInAsync("pw7"));
    }

    [Theory]
    [InlineData("8")]
    [InlineData("1")]
    public async Task Refuses_the_user_of_another_device(string user)
    {
        await using var lab = await StartAsync();

        var seen = await lab.OrderAsync(
            Set(("Device.ManagementServer.Username", user), ("Device.ManagementServer.Password", New)), id => SetResponse(id));

        Assert.Equal(204, seen.Status);
        Assert.Contains(RotationReason.UserTaken, lab.Acs.Server.Received.Last().Body, StringComparison.Ordinal);
        Assert.Equal("9001", lab.Acs.Server.Received.Last().FaultCode);
        Assert.Equal("current:pw7", await lab.StatesAsync());
    }

    [Fact]
    public async Task Refuses_the_user_that_is_on_its_way_to_another_device()
    {
        await using var lab = await StartAsync();
        await lab.OrderAsync(Set(("Device.ManagementServer.Username", "seven")), answer: null);
        lab.Acs.Order(Set(("Device.ManagementServer.Username", "seven")));
        await using var other = await lab.DeviceAsync("8", "pw8", "8");
        await other.InformAsync();

        Assert.Equal(204, (await other.EmptyAsync()).Status);

        Assert.Contains(RotationReason.UserTaken, lab.Acs.Server.Received.Last().Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_an_order_that_sets_two_passwords_at_once()
    {
        await using var lab = await StartAsync();

        await lab.OrderAsync(
            Set(("Device.ManagementServer.Password", New), ("InternetGatewayDevice.ManagementServer.Password", New + "2")), id => SetResponse(id));

        Assert.Contains(RotationReason.Ambiguous, lab.Acs.Server.Received.Last().Body, StringComparison.Ordinal);
        Assert.Equal("current:pw7", await lab.StatesAsync());
    }

    [Fact]
    public async Task Refuses_a_user_alone_where_the_password_is_a_hash_over_the_old_one()
    {
        await using var lab = await StartAsync();
        var ha1 = new StoredSecret.Ha1(DigestHash.Md5, "CwmpShield", Convert.FromHexString(Md5("9:CwmpShield:pw9")));
        await lab.Registry.AddAsync(new Gateway.Storage.DeviceDraft { Device = Device("9"), Secret = ha1 }, default);
        lab.Acs.Order(Set(("Device.ManagementServer.Username", "nine")));
        await using var device = await lab.DeviceAsync("9", "pw9", "9");
        await device.InformAsync();

        Assert.Equal(204, (await device.EmptyAsync()).Status);

        Assert.Contains(RotationReason.Unlearnable, lab.Acs.Server.Received.Last().Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Device.ManagementServer.Username", "a&#10;b", 1)]
    [InlineData("Device.ManagementServer.Username", "u", 257)]
    [InlineData("Device.ManagementServer.Username", "a:b", 1)]
    [InlineData("Device.ManagementServer.Username", "", 1)]
    [InlineData("Device.ManagementServer.Password", "n3w-Secret-1&#10;", 1)]
    [InlineData("Device.ManagementServer.Password", "n3w-&#9;Secret-1", 1)]
    [InlineData("Device.ManagementServer.Password", "p", 1025)]
    public async Task Refuses_what_no_device_could_log_in_with(string name, string value, int times)
    {
        await using var lab = await StartAsync();

        await lab.OrderAsync(Set((name, string.Concat(Enumerable.Repeat(value, times)))), id => SetResponse(id));

        Assert.Contains(RotationReason.Unlearnable, lab.Acs.Server.Received.Last().Body, StringComparison.Ordinal);
        Assert.Equal("current:pw7", await lab.StatesAsync());
    }

    [Theory]
    [InlineData("Device.X_ACME.ManagementServer.Password")]
    [InlineData("Device.X_ACME_ManagementServer.Password")]
    [InlineData("Device.Services.StorageService.1.ManagementServer.Password")]
    [InlineData("Device.ManagementServer.STUNPassword")]
    [InlineData("Device.ManagementServer.Manageable.Password")]
    public async Task Learns_nothing_from_other_objects(string name)
    {
        await using var lab = await StartAsync();

        await lab.OrderAsync(Set((name, New)), id => SetResponse(id));

        Assert.Equal("current:pw7", await lab.StatesAsync());
    }

    [Fact]
    public async Task Learns_what_a_device_is_called_with()
    {
        await using var lab = await StartAsync();

        await lab.OrderAsync(
            Set(("Device.ManagementServer.ConnectionRequestUsername", "cr7"), ("Device.ManagementServer.ConnectionRequestPassword", New)), id => SetResponse(id));
        await lab.OrderAsync(Set(("Device.ManagementServer.ConnectionRequestPassword", New + "2")), id => SetResponse(id));
        await lab.OrderAsync(Set(("Device.ManagementServer.ConnectionRequestPassword", New + "3")), answer: null);

        Assert.Equal(
            $"pending:cr7/{New}3 current:cr7/{New}2 previous:cr7/{New}",
            await lab.StatesAsync(CredentialPurpose.ConnectionRequest));
        Assert.Equal("current:pw7", await lab.StatesAsync());
    }

    [Fact]
    public async Task Refuses_the_order_while_the_store_cannot_be_written()
    {
        await using var lab = await StartAsync();
        await lab.LogInAsync("pw7");
        await using var other = new SqliteConnection($"Data Source={lab.Lab.Tls.Path("registry.db")}");
        await other.OpenAsync();
        await using var device = await lab.DeviceAsync();
        await device.InformAsync();
        using (var locked = other.CreateCommand())
        {
            locked.CommandText = "BEGIN IMMEDIATE";
            await locked.ExecuteNonQueryAsync();
        }

        lab.Acs.Order(Set(("Device.ManagementServer.Password", New)));
        Assert.Equal(204, (await device.EmptyAsync()).Status);

        Assert.Equal("9001", lab.Acs.Server.Received.Last().FaultCode);
        Assert.Contains(IdentityReason.RegistryUnavailable, lab.Acs.Server.Received.Last().Body, StringComparison.Ordinal);
        using var freed = other.CreateCommand();
        freed.CommandText = "ROLLBACK";
        await freed.ExecuteNonQueryAsync();
        await lab.Lab.QuietAsync();
        Assert.Equal("current:pw7", await lab.StatesAsync());
    }

    [Fact]
    public async Task Takes_the_fault_of_another_order_with_the_same_ID_for_no_fault_of_its_own()
    {
        await using var lab = await StartAsync();
        lab.Acs.Order(_ => Set(("Device.ManagementServer.Password", New))("same"));
        lab.Acs.Order(_ => Soap.Reboot("same"));
        await using (var device = await lab.DeviceAsync())
        {
            await device.InformAsync();
            Assert.Equal("SetParameterValues", (await device.EmptyAsync()).Method);
            Assert.Equal("Reboot", (await device.PostAsync("<not what anybody could read>")).Method);
            Assert.Equal(204, (await device.PostAsync(Soap.Fault("same", 9001))).Status);
        }

        await lab.Lab.QuietAsync();
        Assert.Equal($"pending:{New} current:pw7", await lab.StatesAsync());
    }

    [Fact]
    public async Task Keeps_a_session_with_the_new_password_from_whoever_has_the_old_one()
    {
        await using var lab = await StartAsync();
        await lab.OrderAsync(Set(("Device.ManagementServer.Password", New)), id => SetResponse(id));
        await using (var device = await lab.DeviceAsync(password: New))
        {
            await device.InformAsync();
            await using (var thief = await lab.DeviceAsync())
            {
                Assert.Equal(403, (await thief.PostAsync(Soap.Inform("7"))).Status);
            }

            Assert.Equal(204, (await device.EmptyAsync()).Status);
        }

        await lab.Lab.QuietAsync();
        Assert.Equal($"current:{New}", await lab.StatesAsync());
    }

    [Fact]
    public async Task Ends_a_session_whose_password_has_been_given_up_since()
    {
        await using var lab = await StartAsync();
        lab.Acs.Order(id => Soap.GetParameterValues(id));
        await using var device = await lab.DeviceAsync();
        await device.InformAsync();
        var order = await device.EmptyAsync();
        device.Headers = "";
        await lab.Registry.ChangeCredentialAsync(
            new CredentialChange
            {
                Device = (await lab.RowAsync()).Key,
                Apply = _ => new RotatingCredential { Current = new DeviceCredential(null, Password(New)) },
                At = TimeProvider.System.GetUtcNow(),
            },
            default);

        Assert.Equal(204, (await device.PostAsync(Soap.GetParameterValuesResponse(order.Id))).Status);

        await lab.Lab.QuietAsync();
        await lab.Lab.CountsAsync("cwmpshield_refusals_total", "device-withdrawn");
    }

    [Fact]
    public async Task Takes_the_whole_order_back_when_the_store_fails_in_the_middle_of_it()
    {
        await using var lab = await StartAsync();
        await lab.OrderAsync(Set(("Device.ManagementServer.Password", New)), answer: null);
        await using (var other = new SqliteConnection($"Data Source={lab.Lab.Tls.Path("registry.db")}"))
        {
            await other.OpenAsync();
            using var failing = other.CreateCommand();
            failing.CommandText = """
                CREATE TRIGGER failing BEFORE INSERT ON device_secret WHEN NEW.purpose LIKE 'connection-request%'
                BEGIN SELECT RAISE(ABORT, 'no more'); END
                """;
            await failing.ExecuteNonQueryAsync();
        }

        var seen = await lab.OrderAsync(
            Set(("Device.ManagementServer.Password", New + "2"), ("Device.ManagementServer.ConnectionRequestPassword", New + "3")), id => SetResponse(id));

        Assert.Equal(204, seen.Status);
        Assert.Contains(IdentityReason.RegistryUnavailable, lab.Acs.Server.Received.Last().Body, StringComparison.Ordinal);
        Assert.Equal($"pending:{New} current:pw7", await lab.StatesAsync());
    }

    [Fact]
    public async Task Refuses_a_connection_that_was_proven_with_what_has_been_given_up_since()
    {
        await using var lab = await StartAsync();
        await using var idle = await lab.DeviceAsync();
        await idle.InformAsync();
        Assert.Equal(204, (await idle.EmptyAsync()).Status);
        await lab.Lab.QuietAsync();
        idle.Headers = "";
        await lab.OrderAsync(Set(("Device.ManagementServer.Password", New)), id => SetResponse(id));
        await lab.LogInAsync(New);

        var answer = await idle.PostAsync(Soap.Inform("7"));

        Assert.NotEqual(200, answer.Status);
    }

#pragma warning disable CA5351 // What devices compute.
    private static string Md5(string text) => Convert.ToHexStringLower(System.Security.Cryptography.MD5.HashData(System.Text.Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5351
}
