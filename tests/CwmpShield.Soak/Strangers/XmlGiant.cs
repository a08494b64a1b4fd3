using System.Globalization;
using System.Text;
using CwmpShield.Soak.Rig;

namespace CwmpShield.Soak.Strangers;

/// <summary>A document that is too much of something.</summary>
/// <param name="Name">Of what.</param>
/// <param name="Body">The document.</param>
/// <param name="IsRefused">Whether it must be refused; else it is one long value, however it is cut, and may go on.</param>
internal sealed record XmlGiant(string Name, byte[] Body, bool IsRefused = true)
{
    /// <summary>Deep, wide and long ones, with very many attributes or namespaces.</summary>
    public static IReadOnlyList<XmlGiant> All { get; } =
    [
        Of("deep", Repeat(100_000, _ => "<a>") + Repeat(100_000, _ => "</a>")),
        Of("deep-unclosed", Repeat(100_000, _ => "<a>")),
        Of("deep-namespaces", Repeat(20_000, i => $"<a xmlns:n{i}=\"u{i}\">") + Repeat(20_000, _ => "</a>")),
        Of("wide", Repeat(1_000_000, _ => "<a/>")),
        Of("long-text", new string('x', 15 << 20)),
        Of("long-name", "<" + new string('n', 10 << 20) + "/>"),
        Of("many-attributes", "<a" + Repeat(100_000, i => $" a{i}=\"\"") + "/>"),
        Of("many-namespaces", "<a" + Repeat(100_000, i => $" xmlns:n{i}=\"u{i}\"") + "/>"),
        Of("many-namespaced-attributes", "<a" + Repeat(50_000, i => $" xmlns:n{i}=\"u\" n{i}:a{i}=\"\"") + "/>"),
        Of("long-attribute", "<a b=\"" + new string('x', 10 << 20) + "\"/>"),
        Of("many-comments", Repeat(1_000_000, _ => "<!---->")) with { IsRefused = false },
        Of("many-instructions", Repeat(1_000_000, _ => "<?a?>")) with { IsRefused = false },
        Of("many-cdata", Repeat(500_000, _ => "<![CDATA[x]]>")) with { IsRefused = false },
        Of("many-references", Repeat(1_000_000, _ => "&#65;")) with { IsRefused = false },
    ];

    private static XmlGiant Of(string name, string content) => new(name, Encoding.UTF8.GetBytes(Messages.Inform("S1", content)));

    private static string Repeat(int times, Func<string, string> part)
    {
        var text = new StringBuilder();
        for (var i = 0; i < times; i++)
        {
            text.Append(part(i.ToString(CultureInfo.InvariantCulture)));
        }

        return text.ToString();
    }
}
