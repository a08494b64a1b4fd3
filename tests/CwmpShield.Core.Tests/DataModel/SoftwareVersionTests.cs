using CwmpShield.Core.DataModel.Values;

namespace CwmpShield.Core.Tests.DataModel;

public sealed class SoftwareVersionTests
{
    [Theory]
    [InlineData("1.2", "1.10", -1)]
    [InlineData("1.2.0", "1.2", 1)]
    [InlineData("V100R001C01", "V100R001C2", -1)]
    [InlineData("1.02", "1.2", 0)]
    [InlineData("1.2-rc1", "1.2-rc2", -1)]
    [InlineData("2.0", "1.99999999999999999999999", 1)]
    public void Orders_versions_as_people_do(string left, string right, int order) =>
        Assert.Equal(order, Math.Sign(SoftwareVersion.Compare(left, right)));
}
