using CwmpShield.Core.Wire;
using static CwmpShield.Core.Tests.Wire.Bodies;

namespace CwmpShield.Core.Tests.Wire;

public sealed class SharedWorkspaceTests
{
    [Fact]
    public void Leaves_nothing_of_one_message_in_the_next()
    {
        Read(WithBody("""<p:X_1 xmlns:p="urn:first"><a>text</a></p:X_1>"""));
        Refusal(Open + "<s:Body><c:X_1 xmlns:q=\"urn:second\">cut");
        Refusal(WithBody("text<a/>"));

        var next = Read(WithBody("<p:X_1><a/><q:b/></p:X_1>"));

        Assert.Equal("", next.Body.Namespace);
        Assert.Equal("", next.Body.Children[0].Text);
        Assert.Equal("", next.Body.Children[1].Namespace);
        Assert.DoesNotContain("urn:first", next.DeclaredNamespaces);
    }

    [Fact]
    public async Task Reads_on_many_threads_at_once()
    {
        var bodies = Enumerable.Range(0, 8).Select(i => Utf8(WithBody($"<c:X_{i} a{i}=\"{i}\"><n{i}>{i}</n{i}></c:X_{i}>"))).ToArray();

        await Parallel.ForAsync(0, 4000, CancellationToken.None, (i, _) =>
        {
            var body = Read(bodies[i % 8]).Body;
            Assert.Equal($"X_{i % 8} n{i % 8} {i % 8}", $"{body.LocalName} {body.Children[0].LocalName} {body.Children[0].Text}");
            return ValueTask.CompletedTask;
        });
    }
}
