using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Identity;
using CwmpShield.Core.Identity.Rotation;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Storage.Credentials;

namespace CwmpShield.Gateway.Tests.Storage;

/// <summary>The states of credentials in the store, the same on both engines.</summary>
public sealed class CredentialRowsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly DeviceCredential New = new("seven", RegistryLab.Password("n3w"));

    [Theory]
    [InlineData(StoreEngine.Sqlite)]
    [InlineData(StoreEngine.Postgresql)]
    public async Task Keeps_every_state_of_a_secret_and_gives_it_out_as_it_was(StoreEngine engine)
    {
        using var lab = await RegistryLab.OpenAsync(engine);
        var row = await lab.AddAsync();

        var ordered = await ChangeAsync(lab, row, state => state.Ordered(New, SessionCredential.None), takes: "seven");
        Assert.Equal("pending:seven/n3w current:/s3cret", Words(ordered!.Row.Login));
        Assert.Equal("pending:seven/n3w current:/s3cret", Words((await lab.Registry.FindAsync(RegistryLab.Device, default))!.Login));
        Assert.Equal(row.Key, (await lab.Registry.FindUserAsync("seven", null, default))!.Owner!.Device.Key);

        await ChangeAsync(lab, row, state => state.Confirmed(New, SessionCredential.None));
        var used = await ChangeAsync(lab, row, state => state.Used(new SessionCredential(New, IsBootstrap: true)));
        Assert.Equal("current:/n3w factory:/s3cret", Words(used!.Row.Login));
        Assert.Equal("seven", used.Row.Device.HttpUser);
    }

    [Theory]
    [InlineData(StoreEngine.Sqlite)]
    [InlineData(StoreEngine.Postgresql)]
    public async Task Writes_nothing_where_the_user_is_another_device_s_or_on_its_way_to_one(StoreEngine engine)
    {
        using var lab = await RegistryLab.OpenAsync(engine);
        var row = await lab.AddAsync();
        var other = await lab.AddAsync(new DeviceDraft { Device = new DeviceId("00AABB", "HGW", "SN2"), HttpUser = "second" });

        Assert.True((await ChangeAsync(lab, row, state => state.Ordered(New, SessionCredential.None), takes: "second"))!.IsUserTaken);
        Assert.Equal("current:/s3cret", Words((await lab.Registry.FindAsync(RegistryLab.Device, default))!.Login));
        await ChangeAsync(lab, row, state => state.Ordered(New, SessionCredential.None), takes: "seven");
        Assert.True((await ChangeAsync(lab, other, state => state.Ordered(New, SessionCredential.None), takes: "seven"))!.IsUserTaken);
        Assert.Equal(AddStatus.UserTaken, (await lab.Registry.AddAsync(new DeviceDraft { Device = new DeviceId("00AABB", "HGW", "SN3"), HttpUser = "seven" }, default)).Status);
        Assert.Null(await ChangeAsync(lab, row with { Key = 4711 }, state => state));
    }

    [Theory]
    [InlineData(StoreEngine.Sqlite)]
    [InlineData(StoreEngine.Postgresql)]
    public async Task Loses_no_event_when_many_come_at_once(StoreEngine engine)
    {
        using var lab = await RegistryLab.OpenAsync(engine);
        var row = await lab.AddAsync();

        await Task.WhenAll(Enumerable.Range(0, 16).Select(number => ChangeAsync(lab, row, state =>
        {
            var next = new DeviceCredential(null, RegistryLab.Password($"{number}"));
            return state.Ordered(next, SessionCredential.None).Confirmed(next, SessionCredential.None);
        }).AsTask()));

        var states = (await lab.Registry.CredentialAsync(row.Key, CredentialPurpose.Login, default)).LoginsAt(Now).ToList();
        Assert.Equal([CredentialSlot.Acknowledged, CredentialSlot.Current], states.Select(one => one.Slot));
    }

    [Theory]
    [InlineData(StoreEngine.Sqlite)]
    [InlineData(StoreEngine.Postgresql)]
    public async Task Takes_a_device_out_of_the_lane_and_remembers_its_reset(StoreEngine engine)
    {
        using var lab = await RegistryLab.OpenAsync(engine);
        var row = await lab.AddAsync(new DeviceDraft { Device = RegistryLab.Device, Status = DeviceStatus.Bootstrap, Secret = RegistryLab.Password("factory") });

        var changed = await lab.Registry.ChangeCredentialAsync(
            new CredentialChange { Device = row.Key, Apply = state => state, LeavesLane = "rotated", At = Now }, default);
        Assert.Equal((DeviceStatus.Active, "rotated"), (changed!.Row.Device.Status, changed.Row.Device.StatusReason));
        Assert.True(await lab.Registry.RememberResetAsync(row.Key, Now, default));
        Assert.Equal(Now, (await lab.Registry.FindAsync(RegistryLab.Device, default))!.Device.FactoryResetAt);
        Assert.Null((await lab.Registry.ChangeStatusAsync(RegistryLab.Device, StatusChange.ToBootstrap("x", Now), default))!.FactoryResetAt);
        Assert.Equal(IdentityStrength.PasswordOverTls, (await lab.Registry.LowerStrengthAsync(RegistryLab.Device, IdentityStrength.PasswordOverTls, default))!.RequiredStrength);
        Assert.Null(await lab.Registry.LowerStrengthAsync(new DeviceId("00AABB", "HGW", "SN9"), IdentityStrength.None, default));
        Assert.False(await lab.Registry.RememberResetAsync(4711, Now, default));
    }

    [Theory]
    [InlineData(StoreEngine.Sqlite)]
    [InlineData(StoreEngine.Postgresql)]
    public async Task Finds_a_password_that_another_device_has(StoreEngine engine)
    {
        using var lab = await RegistryLab.OpenAsync(engine);
        var row = await lab.AddAsync();

        Assert.True(await lab.Registry.IsReusedAsync(RegistryLab.Password("s3cret"), row.Key + 1, default));
        Assert.False(await lab.Registry.IsReusedAsync(RegistryLab.Password("s3cret"), row.Key, default));
        Assert.False(await lab.Registry.IsReusedAsync(RegistryLab.Password("other"), row.Key + 1, default));
    }

    private static ValueTask<CredentialResult?> ChangeAsync(
        RegistryLab lab, RegisteredDevice row, Func<RotatingCredential, RotatingCredential> apply, string? takes = null) =>
        lab.Registry.ChangeCredentialAsync(new CredentialChange { Device = row.Key, Apply = apply, TakesUser = takes, At = Now }, default);

    private static string Words(RotatingCredential state) => string.Join(' ', state.LoginsAt(Now).Select(one =>
        $"{one.Slot.ToString().ToLowerInvariant()}:{one.Credential.User}/{System.Text.Encoding.UTF8.GetString(((StoredSecret.Password)one.Credential.Secret!).Utf8.Span)}"));
}
