using System.Text;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.Tests.Storage;

public sealed class SqliteDeviceRegistryTests() : DeviceRegistryTests(StoreEngine.Sqlite)
{
    [Fact]
    public async Task Shows_no_password_in_the_file()
    {
        using var lab = await RegistryLab.OpenAsync();
        await lab.AddAsync(new DeviceDraft
        {
            Device = RegistryLab.Device,
            Secret = RegistryLab.Password("correct horse battery"),
            SharedUser = "fleet",
            SharedSecret = RegistryLab.Password("staple of the fleet"),
        });
        lab.Store.Dispose();
        var bytes = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(lab.Path));
        Assert.Contains("00AABB", bytes, StringComparison.Ordinal);
        Assert.DoesNotContain("horse", bytes, StringComparison.Ordinal);
        Assert.DoesNotContain("staple", bytes, StringComparison.Ordinal);
    }
}
