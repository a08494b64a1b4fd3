using CwmpShield.Gateway.Tests.Doubles;

namespace CwmpShield.Gateway.Tests.EndToEnd;

/// <summary>Sessions as devices and ACSs have them, over mutual TLS.</summary>
public sealed class SessionTests
{
    [Fact]
    public async Task Carries_a_whole_session_on_one_upstream_connection()
    {
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        acs.Order(id => Soap.GetParameterValues(id));
        acs.Order(Soap.Reboot);
        await using var lab = await Lab.StartAsync(server);
        await using var device = await lab.DeviceAsync();

        await device.InformAsync();
        Assert.Equal("TransferCompleteResponse", (await device.PostAsync(Soap.TransferComplete("2"))).Method);
        var get = await device.EmptyAsync();
        Assert.Equal(("GetParameterValues", "o1"), (get.Method, get.Id));
        var reboot = await device.PostAsync(Soap.GetParameterValuesResponse("o1"));
        Assert.Equal(("Reboot", "o2"), (reboot.Method, reboot.Id));
        var end = await device.PostAsync(Soap.RebootResponse("o2"));

        Assert.Equal((204, ""), (end.Status, end.Body));
        Assert.Equal("Inform TransferComplete - GetParameterValuesResponse RebootResponse", server.Words);
        Assert.Equal(1, server.Connections);
        await lab.CountsAsync("cwmpshield_sessions_total", "completed");
        await lab.QuietAsync();
    }

    [Theory]
    [InlineData(DeviceCookies.Returned)]
    [InlineData(DeviceCookies.CommaSeparated)]
    public async Task Carries_on_where_a_device_reconnects_with_its_cookie(DeviceCookies cookies)
    {
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        acs.Order(id => Soap.GetParameterValues(id));
        await using var lab = await Lab.StartAsync(server);
        await using var device = await lab.DeviceAsync(cookies: cookies);

        await device.InformAsync();
        await device.ReconnectAsync();
        Assert.Equal("GetParameterValues", (await device.EmptyAsync()).Method);
        await device.ReconnectAsync();
        Assert.Equal(204, (await device.PostAsync(Soap.GetParameterValuesResponse("o1"))).Status);

        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task Serves_a_device_that_never_returns_cookies_and_starts_again_on_the_same_connection()
    {
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        await using var lab = await Lab.StartAsync(server);
        await using var device = await lab.DeviceAsync(cookies: DeviceCookies.Dropped);

        for (var session = 1; session <= 2; session++)
        {
            await device.InformAsync();
            Assert.Equal(204, (await device.EmptyAsync()).Status);
            await lab.QuietAsync();
        }

        Assert.Equal(2, server.Connections);
    }

    [Fact]
    public async Task Accepts_an_Inform_that_brings_the_cookie_of_a_session_long_over()
    {
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        await using var lab = await Lab.StartAsync(server);
        await using var device = await lab.DeviceAsync();
        await device.InformAsync();
        Assert.Equal(204, (await device.EmptyAsync()).Status);
        var old = device.Cookie;

        await device.ReconnectAsync();
        await device.InformAsync();

        Assert.NotEqual(old, device.Cookie);
    }

    [Fact]
    public async Task Gives_a_cookie_that_fits_small_buffers()
    {
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        await using var lab = await Lab.StartAsync(server);
        await using var device = await lab.DeviceAsync();

        var informed = await device.PostAsync(Soap.Inform("1"));

        Assert.Matches("^cwmpshield=[A-Za-z0-9_-]{22}; Path=/$", informed.Header("Set-Cookie"));
        Assert.Null((await device.EmptyAsync()).Header("Set-Cookie"));
    }

    [Fact]
    public async Task Keeps_the_sessions_of_two_devices_apart()
    {
        var cookies = 0;
        await using var server = new ScriptedAcs(request => request.Method switch
        {
            "Inform" => AcsAnswer.Soap(Soap.InformResponse(request.Id), $"Set-Cookie: session=s{Interlocked.Increment(ref cookies)}\r\n"),
            _ => AcsAnswer.Done,
        });
        await using var lab = await Lab.StartAsync(server);
        await using var first = await lab.DeviceAsync("1");
        await using var second = await lab.DeviceAsync("2");

        await first.InformAsync();
        await second.InformAsync();
        Assert.Equal(204, (await first.EmptyAsync()).Status);
        Assert.Equal(204, (await second.EmptyAsync()).Status);

        Assert.Equal(["session=s1", "session=s2"], server.Received.Where(request => request.Word == "-").OrderBy(request => request.Connection).Select(request => request.Header("Cookie")));
        Assert.Equal([1, 1, 2, 2], server.Received.Select(request => request.Connection).Order());
    }

    [Fact]
    public async Task Holds_back_device_requests_while_the_ACS_holds_them()
    {
        await using var server = new ScriptedAcs(request => request.Word switch
        {
            "Inform" => AcsAnswer.Soap(Soap.InformResponse(request.Id, "<cwmp:HoldRequests soap-env:mustUnderstand=\"1\">1</cwmp:HoldRequests>")),
            "-" => AcsAnswer.Soap(Soap.GetParameterValues("o1")),
            "GetParameterValuesResponse" => AcsAnswer.NoContent,
            _ => AcsAnswer.Soap(Soap.TransferCompleteResponse(request.Id)),
        });
        await using var lab = await Lab.StartAsync(server);
        await using var device = await lab.DeviceAsync();

        await device.InformAsync();
        Assert.Equal("8003", (await device.PostAsync(Soap.TransferComplete("2"))).FaultCode);
        Assert.Equal("GetParameterValues", (await device.EmptyAsync()).Method);
        Assert.Equal(204, (await device.PostAsync(Soap.GetParameterValuesResponse("o1"))).Status);
        Assert.Equal("TransferCompleteResponse", (await device.PostAsync(Soap.TransferComplete("3"))).Method);

        Assert.Equal("Inform - GetParameterValuesResponse TransferComplete", server.Words);
        await lab.CountsAsync("cwmpshield_requests_rejected_total", "request-held");
    }

    [Fact]
    public async Task Lets_a_device_inform_again_on_the_same_session_after_fault_8005()
    {
        var informs = 0;
        await using var server = new ScriptedAcs(request => request.Word switch
        {
            "Inform" when Interlocked.Increment(ref informs) == 1 => AcsAnswer.Soap(Soap.Fault(request.Id, 8005, "Server")),
            "Inform" => AcsAnswer.Soap(Soap.InformResponse(request.Id)),
            _ => AcsAnswer.Done,
        });
        await using var lab = await Lab.StartAsync(server);
        await using var device = await lab.DeviceAsync();

        Assert.Equal("8005", (await device.PostAsync(Soap.Inform("1"))).FaultCode);
        await device.InformAsync();
        Assert.Equal(204, (await device.EmptyAsync()).Status);

        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task Refuses_another_device_s_Inform_after_fault_8005()
    {
        await using var server = new ScriptedAcs(request => AcsAnswer.Soap(Soap.Fault(request.Id, 8005, "Server")));
        await using var lab = await Lab.StartAsync(server);
        await using var device = await lab.DeviceAsync();
        Assert.Equal("8005", (await device.PostAsync(Soap.Inform("1"))).FaultCode);

        Assert.Equal(403, (await device.PostAsync(Soap.Inform("2"))).Status);

        Assert.Equal("Inform", server.Words);
    }

    [Fact]
    public async Task Takes_white_space_for_nothing_on_either_side()
    {
        await using var server = new ScriptedAcs(request =>
            request.Method == "Inform" ? AcsAnswer.Soap(Soap.InformResponse(request.Id)) : AcsAnswer.Status("200 OK", "\r\n"));
        await using var lab = await Lab.StartAsync(server);
        await using var device = await lab.DeviceAsync();
        await device.InformAsync();

        Assert.Equal(204, (await device.PostAsync("\r\n")).Status);

        Assert.Equal("", server.Received.Last().Body);
    }

    [Fact]
    public async Task Ends_the_session_with_the_ACS_s_fault_to_the_Inform()
    {
        await using var server = new ScriptedAcs(request => AcsAnswer.Soap(Soap.Fault(request.Id, 8002, "Server")));
        await using var lab = await Lab.StartAsync(server);
        await using var device = await lab.DeviceAsync();

        Assert.Equal("8002", (await device.PostAsync(Soap.Inform("1"))).FaultCode);
        await lab.QuietAsync();

        Assert.Equal(400, (await device.EmptyAsync()).Status);
        Assert.Equal("Inform", server.Words);
    }

    [Fact]
    public async Task Takes_an_empty_200_of_the_ACS_for_its_204()
    {
        await using var server = new ScriptedAcs(request =>
            request.Method == "Inform" ? AcsAnswer.Soap(Soap.InformResponse(request.Id)) : AcsAnswer.Status("200 OK"));
        await using var lab = await Lab.StartAsync(server);
        await using var device = await lab.DeviceAsync();

        await device.InformAsync();

        Assert.Equal(204, (await device.EmptyAsync()).Status);
        await lab.QuietAsync();
    }
}
