using CwmpShield.Gateway.Forwarding;

namespace CwmpShield.Gateway.Tests.Forwarding;

public sealed class WaitingDeviceTests
{
    [Fact]
    public async Task Gives_the_right_to_answer_to_one_of_many()
    {
        var device = new WaitingDevice();

        var claims = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(device.TryClaim)));

        Assert.Single(claims, claimed => claimed);
        Assert.True(device.IsClaimed);
        Assert.False(device.Answer.IsCompleted);
        device.Give(new DeviceAnswer.Empty());
        Assert.IsType<DeviceAnswer.Empty>(await device.Answer);
    }
}
