using CwmpShield.Core.Cwmp;
using CwmpShield.Core.Wire;

namespace CwmpShield.Core.Decisions;

/// <summary>
/// Puts other values into a message that was judged. What comes out is read again as a message, so that nothing goes on that the
/// reader would refuse; null means that the result would be no message.
/// </summary>
public static class MessageRewrite
{
    /// <summary>Replaces values of parameters (<c>Name</c> and <c>Value</c> side by side, wherever they stand).</summary>
    /// <param name="message">The message.</param>
    /// <param name="replace">The new value for a name and its value, null to keep it.</param>
    /// <returns>The message itself where nothing was replaced.</returns>
    public static CwmpMessage? Values(CwmpMessage message, Func<string, string, string?> replace)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(replace);
        return With(message, ReplaceValues(message.Envelope.Body, replace));
    }

    /// <summary>Replaces arguments of the method by their name (<c>URL</c>, <c>Username</c> …); those that the message lacks stay away.</summary>
    /// <param name="message">The message.</param>
    /// <param name="arguments">New texts by local name.</param>
    public static CwmpMessage? Arguments(CwmpMessage message, IReadOnlyDictionary<string, string> arguments)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(arguments);
        return With(message, ReplaceArguments(message.Envelope.Body, arguments));
    }

    /// <summary>The message with another body element, read again.</summary>
    /// <param name="message">The message.</param>
    /// <param name="body">The method's element.</param>
    public static CwmpMessage? With(CwmpMessage message, SoapElement body)
    {
        ArgumentNullException.ThrowIfNull(message);
        return ReferenceEquals(body, message.Envelope.Body) ? message
            : CwmpMessageReader.TryRead(message.Envelope with { Body = body }, message.Direction, out var rewritten, out _) ? rewritten
            : null;
    }

    private static SoapElement ReplaceValues(SoapElement element, Func<string, string, string?> replace)
    {
        if (element.Children.Count == 0)
        {
            return element;
        }

        var name = element.Child("Name")?.Text;
        SoapElement[]? changed = null;
        for (var i = 0; i < element.Children.Count; i++)
        {
            var child = element.Children[i];
            var isValue = name is not null && child is { LocalName: "Value", Children.Count: 0 };
            var next = !isValue ? ReplaceValues(child, replace) : replace(name!, child.Text) is { } text ? child.WithText(text) : child;
            if (!ReferenceEquals(next, child))
            {
                changed ??= [.. element.Children];
                changed[i] = next;
            }
        }

        return changed is null ? element : element.WithChildren(changed);
    }

    private static SoapElement ReplaceArguments(SoapElement method, IReadOnlyDictionary<string, string> arguments)
    {
        var isTouched = method.Children.Any(child => child.Children.Count == 0 && arguments.ContainsKey(child.LocalName));
        return !isTouched
            ? method
            : method.WithChildren([.. method.Children.Select(child =>
                child.Children.Count == 0 && arguments.TryGetValue(child.LocalName, out var text) ? child.WithText(text) : child)]);
    }
}
