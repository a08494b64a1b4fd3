using CwmpShield.Core.DataModel.Values;

namespace CwmpShield.Core.Tests.DataModel;

public sealed class CharactersTests
{
    [Theory]
    [InlineData("host;reboot")]
    [InlineData("`id`")]
    [InlineData("$(id)")]
    [InlineData("a|b")]
    [InlineData("a&b")]
    [InlineData("a>b")]
    [InlineData("a\nb")]
    public void Finds_what_a_shell_would_act_on(string text) => Assert.True(Characters.HasShellMetacharacter(text, inUrl: false));

    [Theory]
    [InlineData("https://h.example/a?x=1&y=2;z=3", false)]
    [InlineData("https://h.example/fw(1).bin", false)]
    [InlineData("https://h.example/`id`", true)]
    [InlineData("https://h.example/?a=$(id)", true)]
    [InlineData("https://h.example/;reboot", true)]
    [InlineData("https://h.example/a b", true)]
    [InlineData("https://h.example/?a|b", true)]
    public void Lets_a_query_have_its_own_characters(string text, bool expected) => Assert.Equal(expected, Characters.HasShellMetacharacter(text, inUrl: true));

    [Theory]
    [InlineData("Rob's phone", false)]
    [InlineData("Tom & Jerry", false)]
    [InlineData("costs $5; really", false)]
    [InlineData("Küche (oben) #2", false)]
    [InlineData("<script>alert(1)</script>", true)]
    [InlineData("' or 1=1-- -", true)]
    [InlineData("x'or'1'='1", true)]
    [InlineData("&lt;script", true)]
    [InlineData("&#60;", true)]
    [InlineData("{\"$ne\":1}", true)]
    [InlineData("$where", true)]
    [InlineData("\u202Eevil", true)]
    [InlineData("a\u0007b", true)]
    public void Tells_markup_from_names(string text, bool expected) => Assert.Equal(expected, Characters.HasMarkup(text));

    [Fact]
    public void Replaces_only_what_carries_syntax() =>
        Assert.Equal("_img src=x onerror=alert(1)_ Rob_s - ok", Characters.Neutralise("<img src=x onerror=alert(1)> Rob's - ok"));
}
