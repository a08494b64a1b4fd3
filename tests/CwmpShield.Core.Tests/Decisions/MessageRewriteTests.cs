using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Decisions;
using CwmpShield.Core.Tests.Rules;

namespace CwmpShield.Core.Tests.Decisions;

public sealed class MessageRewriteTests
{
    private static readonly CwmpMessage Order = Inspector.Inspect(Lab.Set("cwmpshield: 1"), Lab.Write(("Device.A", "1"), ("Device.B", "2")), Lab.Context()).Message!;

    [Fact]
    public void Replaces_the_values_that_are_asked_for_and_no_other()
    {
        var rewritten = MessageRewrite.Values(Order, (name, value) => name == "Device.B" ? value + "<>" : null)!;

        Assert.Equal(["1", "2<>"], rewritten.Parameters.Select(parameter => parameter.Value));
        Assert.Equal((Order.Id, Order.Name), (rewritten.Id, rewritten.Name));
    }

    [Fact]
    public void Gives_the_message_itself_where_nothing_is_replaced()
    {
        Assert.Same(Order, MessageRewrite.Values(Order, (_, _) => null));
        Assert.Same(Order, MessageRewrite.Arguments(Order, new Dictionary<string, string>(StringComparer.Ordinal) { ["URL"] = "x" }));
    }

    [Fact]
    public void Replaces_arguments_of_the_method_but_adds_none()
    {
        var rewritten = MessageRewrite.Arguments(Order, new Dictionary<string, string>(StringComparer.Ordinal) { ["ParameterKey"] = "k2", ["URL"] = "x" })!;

        Assert.Equal("k2", rewritten.ParameterKey);
        Assert.Null(rewritten.Envelope.Body.Child("URL"));
    }

    [Fact]
    public void Gives_nothing_where_the_result_would_be_no_message() =>
        Assert.Null(MessageRewrite.Arguments(Order, new Dictionary<string, string>(StringComparer.Ordinal) { ["ParameterKey"] = new string('k', 5000) }));
}
