using CwmpShield.Core.Audit;
using CwmpShield.Gateway.WebConsole.Pages;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace CwmpShield.Gateway.WebConsole.Evidence;

/// <summary>Parameters as the tree that their names are, steps that have no other beside them on one line.</summary>
internal sealed class ParameterTree
{
    private const int MaxDepth = 32;
    private readonly List<ParameterTree> children = [];

    private ParameterTree(string step) => Step = step;

    /// <summary>The step's own text, with the dot behind it where more steps follow.</summary>
    public string Step { get; private set; }

    /// <summary>The parameter that ends here; null where none does.</summary>
    public AuditParameter? Parameter { get; private set; }

    /// <summary>Steps below.</summary>
    public IReadOnlyList<ParameterTree> Children => children;

    /// <summary>The tree of <paramref name="parameters"/>; its root has no step.</summary>
    public static ParameterTree Of(IEnumerable<AuditParameter> parameters)
    {
        var root = new ParameterTree("");
        foreach (var parameter in parameters)
        {
            root.Add(parameter);
        }

        root.children.ForEach(child => child.Join());
        return root;
    }

    /// <summary>As nested lists.</summary>
    public IHtmlContent Draw()
    {
        var list = new TagBuilder("ul");
        foreach (var child in children)
        {
            var item = new TagBuilder("li");
            var name = new TagBuilder("code");
            name.InnerHtml.Append(Format.Printable(child.Step));
            item.InnerHtml.AppendHtml(name);
            if (child.Parameter is { } parameter)
            {
                item.InnerHtml.AppendHtml(Value(parameter));
            }

            if (child.children.Count > 0)
            {
                item.InnerHtml.AppendHtml(child.Draw());
            }

            list.InnerHtml.AppendHtml(item);
        }

        return list;
    }

    private static HtmlContentBuilder Value(AuditParameter parameter)
    {
        var said = new HtmlContentBuilder();
        if (parameter.Value is { } value)
        {
            var tag = new TagBuilder("span");
            tag.AddCssClass("value");
            tag.InnerHtml.Append(Format.Printable(value));
            said.Append(" ").AppendHtml(tag);
        }

        if (parameter.Mac is { } mac)
        {
            if (parameter.Value is null)
            {
                said.Append(" ").AppendHtml(Badge.Of("value not shown", "quiet"));
            }

            var tag = new TagBuilder("span");
            tag.AddCssClass("mac");
            tag.InnerHtml.Append("keyed hash " + Format.Printable(mac));
            said.Append(" ").AppendHtml(tag);
        }

        return said;
    }

    private void Add(AuditParameter parameter)
    {
        var at = this;
        var rest = parameter.Name;
        for (var depth = 1; depth < MaxDepth && rest.IndexOf('.', StringComparison.Ordinal) is >= 0 and var dot && dot < rest.Length - 1; depth++)
        {
            at = at.Child(rest[..(dot + 1)]);
            rest = rest[(dot + 1)..];
        }

        var last = at.children.Find(child => child.Step == rest && child.Parameter is null) ?? at.New(rest);
        last.Parameter = parameter;
    }

    private ParameterTree Child(string step) => children.Find(child => child.Step == step && child.Parameter is null) ?? New(step);

    private ParameterTree New(string step)
    {
        var made = new ParameterTree(step);
        children.Add(made);
        return made;
    }

    private void Join()
    {
        while (children is [var only] && Parameter is null)
        {
            Step += only.Step;
            Parameter = only.Parameter;
            children.Clear();
            children.AddRange(only.children);
        }

        children.ForEach(child => child.Join());
    }
}
