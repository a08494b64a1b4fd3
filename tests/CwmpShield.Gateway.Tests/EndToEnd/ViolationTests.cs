using CwmpShield.Gateway.Tests.Doubles;
using CwmpShield.Gateway.Tests.Listening;

namespace CwmpShield.Gateway.Tests.EndToEnd;

/// <summary>What a device may not do within a session, and what becomes of it at the ACS.</summary>
public sealed class ViolationTests
{
    [Fact]
    public async Task Refuses_a_first_message_that_is_no_Inform_and_the_ACS_hears_nothing()
    {
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        await using var lab = await Lab.StartAsync(server);

        foreach (var body in new[] { "", Soap.TransferComplete("1"), Soap.GetParameterValuesResponse("1"), "<html/>", "not xml" })
        {
            await using var device = await lab.DeviceAsync();
            var answer = await device.PostAsync(body);
            Assert.Equal((400, ""), (answer.Status, answer.Body));
        }

        Assert.Equal(0, server.Connections);
        await lab.CountsAsync("cwmpshield_requests_rejected_total", "inform-expected");
    }

    public static TheoryData<string, string> WrongAnswers => new()
    {
        { Soap.GetParameterValuesResponse("other"), "answer-id-mismatch" },
        { Soap.RebootResponse("o1"), "answer-name-mismatch" },
        { Soap.Fault("other", 9002), "answer-id-mismatch" },
        { "", "answer-missing" },
    };

    [Theory]
    [MemberData(nameof(WrongAnswers))]
    public async Task Ends_a_session_whose_device_answers_wrongly_and_tells_the_ACS_in_protocol(string answer, string reason)
    {
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        acs.Order(id => Soap.GetParameterValues(id));
        acs.Order(Soap.Reboot);
        await using var lab = await Lab.StartAsync(server);
        await using var device = await lab.DeviceAsync();
        await device.InformAsync();
        await device.EmptyAsync();

        var refused = await device.PostAsync(answer);

        Assert.Equal((400, ""), (refused.Status, refused.Body));
        await lab.QuietAsync();
        Assert.Equal("Inform - 9002 9002", server.Words);
        Assert.False(acs.HasOpenSession);
        await lab.CountsAsync("cwmpshield_requests_rejected_total", reason);
        await lab.CountsAsync("cwmpshield_sessions_total", "violation");
    }

    [Fact]
    public async Task Refuses_an_answer_that_nobody_asked_for()
    {
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        await using var lab = await Lab.StartAsync(server);
        await using var device = await lab.DeviceAsync();
        await device.InformAsync();

        Assert.Equal(400, (await device.PostAsync(Soap.GetParameterValuesResponse("o1"))).Status);

        await lab.QuietAsync();
        Assert.Equal("Inform -", server.Words);
        Assert.False(acs.HasOpenSession);
    }

    [Fact]
    public async Task Faults_a_request_after_the_empty_POST_and_the_session_goes_on()
    {
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        acs.Order(id => Soap.GetParameterValues(id));
        await using var lab = await Lab.StartAsync(server);
        await using var device = await lab.DeviceAsync();
        await device.InformAsync();
        await device.EmptyAsync();

        var fault = await device.PostAsync(Soap.TransferComplete("9"));
        Assert.Equal((200, "8003", "9"), (fault.Status, fault.FaultCode, fault.Id));

        Assert.Equal(204, (await device.PostAsync(Soap.GetParameterValuesResponse("o1"))).Status);
        Assert.Equal("Inform - GetParameterValuesResponse", server.Words);
        await lab.CountsAsync("cwmpshield_requests_rejected_total", "request-after-empty-post");
    }

    [Fact]
    public async Task Refuses_a_message_after_the_end()
    {
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        await using var lab = await Lab.StartAsync(server);
        await using var device = await lab.DeviceAsync();
        await device.InformAsync();
        await device.EmptyAsync();

        Assert.Equal(400, (await device.PostAsync(Soap.TransferComplete("9"))).Status);
        Assert.Equal("Inform -", server.Words);
    }

    [Fact]
    public async Task Refuses_a_second_exchange_while_one_is_in_progress()
    {
        using var release = new ManualResetEventSlim();
        await using var server = new ScriptedAcs(request =>
        {
            if (request.Method == "Inform")
            {
                return AcsAnswer.Soap(Soap.InformResponse(request.Id));
            }

            release.Wait(TimeSpan.FromSeconds(20));
            return AcsAnswer.Done;
        });
        await using var lab = await Lab.StartAsync(server);
        await using var device = await lab.DeviceAsync();
        await using var other = await lab.DeviceAsync();
        await device.InformAsync();
        other.Cookie = device.Cookie;

        await device.SendAsync("");
        await ListenerHost.EventuallyAsync(() => server.Received.Count == 2, "the empty POST");
        Assert.Equal(400, (await other.EmptyAsync()).Status);
        release.Set();

        Assert.Equal(204, (await device.ReadAsync()).Status);
        Assert.Equal("Inform -", server.Words);
        await lab.CountsAsync("cwmpshield_requests_rejected_total", "exchange-concurrent");
    }

    [Fact]
    public async Task Refuses_the_cookie_of_another_device()
    {
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        await using var lab = await Lab.StartAsync(server);
        await using var device = await lab.DeviceAsync("1");
        await using var thief = await lab.DeviceAsync("2");
        await device.InformAsync();
        thief.Cookie = device.Cookie;

        Assert.Equal(403, (await thief.EmptyAsync()).Status);

        await lab.CountsAsync("cwmpshield_requests_rejected_total", "cookie-foreign");
        Assert.Equal(204, (await device.EmptyAsync()).Status);
        Assert.Equal("Inform -", server.Words);
    }

    [Fact]
    public async Task Refuses_an_Inform_that_names_another_device_than_the_certificate()
    {
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        await using var lab = await Lab.StartAsync(server);
        await using var device = await lab.DeviceAsync("1");

        Assert.Equal(403, (await device.PostAsync(Soap.Inform("2"))).Status);

        Assert.Equal(0, server.Connections);
        await lab.CountsAsync("cwmpshield_authentications_total", "device-id-mismatch");
    }

    [Fact]
    public async Task Faults_an_unreadable_request_and_answers_an_unreadable_answer_in_the_device_s_name()
    {
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        acs.Order(id => Soap.GetParameterValues(id));
        await using var lab = await Lab.StartAsync(server);
        await using var device = await lab.DeviceAsync();
        await device.InformAsync();

        var fault = await device.PostAsync("<a><b></a>");
        Assert.Equal((200, "8003"), (fault.Status, fault.FaultCode));
        await device.EmptyAsync();
        var end = await device.PostAsync("<a><b></a>");

        Assert.Equal(204, end.Status);
        Assert.Equal("Inform - 9002", server.Words);
        Assert.Equal("9002", acs.Faults["o1"]);
        await lab.CountsAsync("cwmpshield_parse_errors_total", "not-well-formed");
    }

    [Fact]
    public async Task Ends_a_session_with_too_many_requests()
    {
        var acs = QueueingAcs.Start();
        await using var server = acs.Server;
        await using var lab = await Lab.StartAsync(server, options => options with
        {
            Listeners = [options.Listeners[0] with { Limits = new() { MaxRequestsPerSession = 2 } }],
        });
        await using var device = await lab.DeviceAsync();
        await device.InformAsync();
        Assert.Equal("TransferCompleteResponse", (await device.PostAsync(Soap.TransferComplete("2"))).Method);

        Assert.Equal(400, (await device.PostAsync(Soap.TransferComplete("3"))).Status);

        await lab.QuietAsync();
        Assert.Equal("Inform TransferComplete -", server.Words);
        Assert.False(acs.HasOpenSession);
    }
}
