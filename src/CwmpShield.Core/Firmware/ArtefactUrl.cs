using System.Collections.Immutable;
using CwmpShield.Core.DataModel;
using CwmpShield.Core.DataModel.Values;

namespace CwmpShield.Core.Firmware;

/// <summary>
/// A URL from which an artefact may be served, or a pattern of such URLs. <c>*.</c> at the beginning of the host stands for one or more labels;
/// <c>*</c> in the path for any characters of one step, never for a slash, plain or encoded; <c>*</c> in the query for anything. Everything is compared in
/// the normal form of <see cref="UrlValue"/>; scheme, port and the rest of the host are never left open.
/// </summary>
public sealed class ArtefactUrl
{
    private const int MaxLength = 1024;
    private const string AnyLabels = "*.";

    private readonly UrlValue url;
    private readonly string hostSuffix;
    private readonly ImmutableArray<string> steps;

    private ArtefactUrl(string text, UrlValue url, bool anyLabels, bool isPattern)
    {
        (Text, this.url, IsPattern) = (text, url, isPattern);
        hostSuffix = anyLabels ? "." + url.Host.Name : "";
        steps = [.. url.Path.Split('/')];
    }

    /// <summary>The URL as it was written.</summary>
    public string Text { get; }

    /// <summary>Whether a star stands in it.</summary>
    public bool IsPattern { get; }

    /// <summary>Normal form of a URL that is no pattern.</summary>
    public string Canonical => url.Canonical;

    /// <summary>Scheme, in lower case.</summary>
    public string Scheme => url.Scheme;

    /// <summary>Whether the host is an address in place of a name.</summary>
    public bool IsAddress => url.Host.Address is not null;

    /// <summary>The last step of the path; null when it is a pattern itself.</summary>
    internal string? LastStep => steps[^1].Contains('*', StringComparison.Ordinal) ? null : steps[^1];

    /// <summary>Reads a URL or pattern; false when it has no one meaning, another scheme than https and http (which no order may have), carries user or password, or leaves more open than a pattern may.</summary>
    public static bool TryParse(string text, out ArtefactUrl? result)
    {
        result = null;
        var authority = text.IndexOf("://", StringComparison.Ordinal) + 3;
        if (authority < 3 || text.Length > MaxLength)
        {
            return false;
        }

        var anyLabels = text.AsSpan(authority).StartsWith(AnyLabels);
        var parsed = anyLabels ? text.Remove(authority, AnyLabels.Length) : text;
        if (!UrlValue.TryParse(parsed, out var url) || url!.HasUserInfo || url.Scheme is not ("https" or "http")
            || (anyLabels && (url.Host.Address is not null || !url.Host.Name.Contains('.', StringComparison.Ordinal))))
        {
            return false;
        }

        var isPattern = anyLabels || url.Path.Contains('*', StringComparison.Ordinal) || url.Query.Contains('*', StringComparison.Ordinal);
        result = new ArtefactUrl(text, url, anyLabels, isPattern);
        return true;
    }

    /// <summary>Whether <paramref name="asked"/> is this URL, or one that the pattern takes. A URL with user or password never is.</summary>
    public bool Takes(UrlValue asked)
    {
        if (asked.HasUserInfo || !IsPattern)
        {
            return !asked.HasUserInfo && asked.Canonical == url.Canonical;
        }

        return asked.Scheme == url.Scheme && TakesHost(asked.Host) && TakesPath(asked.Path) && StepGlob.Matches(url.Query, asked.Query);
    }

    /// <summary>Whether <paramref name="host"/>, which may leave its port open, is this URL's.</summary>
    internal bool IsHost(in HostValue host) => TakesHost(host.Port == 0 ? host with { Port = url.Host.Port } : host);

    private bool TakesHost(in HostValue host) =>
        hostSuffix.Length == 0
            ? host == url.Host
            : host.Address is null && host.Port == url.Host.Port && host.Name.Length > hostSuffix.Length && host.Name.EndsWith(hostSuffix, StringComparison.Ordinal);

    private bool TakesPath(string path)
    {
        var at = 0;
        foreach (var range in path.AsSpan().Split('/'))
        {
            var step = path.AsSpan()[range];
            if (at >= steps.Length || !TakesStep(steps[at++], step))
            {
                return false;
            }
        }

        return at == steps.Length;
    }

    private static bool TakesStep(string pattern, ReadOnlySpan<char> step) =>
        pattern.Contains('*', StringComparison.Ordinal)
            ? !step.Contains("%2F", StringComparison.Ordinal) && !step.Contains("%5C", StringComparison.Ordinal) && StepGlob.Matches(pattern, step)
            : step.SequenceEqual(pattern);

    /// <inheritdoc/>
    public override string ToString() => Text;
}
