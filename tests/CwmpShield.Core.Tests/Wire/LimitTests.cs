using CwmpShield.Core.Wire;
using static CwmpShield.Core.Tests.Wire.Bodies;

namespace CwmpShield.Core.Tests.Wire;

public sealed class LimitTests
{
    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));

    private static string Nested(int depth) => WithBody($"<c:X_1>{Repeat("<a>", depth - 3)}{Repeat("</a>", depth - 3)}</c:X_1>");

    [Fact]
    public void Bounds_bytes()
    {
        var body = WithValue("1");
        Assert.Null(Refusal(body, new SoapLimits { MaxBytes = body.Length }));
        Assert.Equal(WireReason.TooLarge, Refusal(body, new SoapLimits { MaxBytes = body.Length - 1 }));
    }

    [Fact]
    public void Bounds_depth()
    {
        Assert.Null(Refusal(Nested(32)));
        Assert.Equal(WireReason.TooDeep, Refusal(Nested(33)));
        Assert.Equal(WireReason.TooDeep, Refusal(Open + Repeat("<a>", 100_000)));
    }

    [Fact]
    public void Bounds_elements()
    {
        var limits = new SoapLimits { MaxElements = 10 };
        Assert.Null(Refusal(WithBody($"<c:X_1>{Repeat("<a/>", 7)}</c:X_1>"), limits));
        Assert.Equal(WireReason.TooManyElements, Refusal(WithBody($"<c:X_1>{Repeat("<a/>", 8)}</c:X_1>"), limits));
    }

    [Fact]
    public void Bounds_attributes()
    {
        string With(int count) => WithBody($"<c:X_1 {string.Join(' ', Enumerable.Range(0, count).Select(i => $"a{i}=\"\""))}/>");
        Assert.Null(Refusal(With(64)));
        Assert.Equal(WireReason.TooManyAttributes, Refusal(With(65)));
        Assert.Equal(WireReason.TooManyAttributes, Refusal(With(20_000)));
    }

    [Fact]
    public void Bounds_namespaces_in_force_and_altogether()
    {
        string Declaring(int from) => string.Join(' ', Enumerable.Range(from, 40).Select(i => $"xmlns:p{i}=\"urn:{i}\""));
        Assert.Null(Refusal(WithBody($"<c:X_1 {Declaring(0)}/>")));
        Assert.Equal(WireReason.BadNamespace, Refusal(WithBody($"<c:X_1 {Declaring(0)}><a {Declaring(40)}/></c:X_1>")));
        Assert.Equal(WireReason.BadNamespace, Refusal(WithBody($"<c:X_1><a {Declaring(0)}/><a {Declaring(40)}/></c:X_1>")));
    }

    [Fact]
    public void Bounds_names()
    {
        var limits = new SoapLimits { MaxNameLength = 20 };
        Assert.Null(Refusal(WithBody($"<c:X_1><{Repeat("a", 20)}/></c:X_1>"), limits));
        Assert.Equal(WireReason.NameTooLong, Refusal(WithBody($"<c:X_1><{Repeat("a", 21)}/></c:X_1>"), limits));
        Assert.Equal(WireReason.NameTooLong, Refusal(WithBody($"<c:X_1 {Repeat("a", 21)}=\"\"/>"), limits));
        Assert.Equal(WireReason.NameTooLong, Refusal(WithBody($"<{Repeat("a", 2_000_000)}/>")));
    }

    [Fact]
    public void Bounds_texts_however_they_are_cut()
    {
        var limits = new SoapLimits { MaxTextLength = 100 };
        Assert.Null(Refusal(WithValue(Repeat("1", 100)), limits));
        Assert.Equal(WireReason.TextTooLong, Refusal(WithValue(Repeat("1", 101)), limits));
        Assert.Equal(WireReason.TextTooLong, Refusal(WithValue(Repeat("1<!---->", 101)), limits));
        Assert.Equal(WireReason.TextTooLong, Refusal(WithBody($"<c:X_1 a=\"{Repeat("1", 101)}\"/>"), limits));
    }

    [Fact]
    public void Reads_a_text_cut_into_very_many_pieces() =>
        Assert.Equal(500_000, ReadValue(Repeat("1<!---->", 500_000)).Length);

    [Fact]
    public void Reads_characters_beyond_the_basic_plane_wherever_a_block_ends() =>
        Assert.Equal(Repeat("\U0001F600", 10_000) + "x", ReadValue(Repeat("\U0001F600", 10_000) + "x"));

    [Fact]
    public void Forgets_the_names_of_a_stranger()
    {
        var body = WithBody($"<c:X_1>{string.Concat(Enumerable.Range(0, 20_000).Select(i => $"<n{i}/>"))}</c:X_1>");
        Assert.Null(Refusal(body));

        var workspace = ReaderWorkspace.Rent();
        workspace.Return();

        Assert.False(workspace.Names.Knows("n19999"));
    }
}
