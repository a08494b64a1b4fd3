using System.Globalization;
using CwmpShield.Core.Audit;
using CwmpShield.Gateway.Auditing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace CwmpShield.Gateway.WebConsole.Evidence;

/// <summary>Which records a page was asked for, as its address says it. All times are UTC.</summary>
internal sealed class RecordFilter
{
    private const int MaxText = 256;
    private const string Minute = "yyyy-MM-dd'T'HH:mm";
    private static readonly string[] TimeFormats = [Minute, "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd"];
    private static readonly string[] Texts = ["node", "kind", "device", "model", "session", "source", "message", "verdict", "rule", "reason", "actor"];
    private readonly Dictionary<string, string> texts = new(StringComparer.Ordinal);
    private readonly string path;

    private RecordFilter(string path) => this.path = path;

    /// <summary>From this time on; null for the beginning.</summary>
    public DateTimeOffset? From { get; private set; }

    /// <summary>Before this time; null for now.</summary>
    public DateTimeOffset? To { get; private set; }

    /// <summary>The last record of the page before; null for the first page.</summary>
    public LedgerPlace? After { get; private set; }

    /// <summary>Whether more than a time is asked for.</summary>
    public bool IsNarrow => texts.Count > 0;

    /// <summary>The text of a field; empty for none.</summary>
    public string this[string name] => texts.GetValueOrDefault(name, "");

    /// <summary>Reads the address of a page.</summary>
    /// <param name="path">The page.</param>
    /// <param name="query">What the address says.</param>
    /// <param name="from">From when on where it doesn't say; null for the beginning.</param>
    /// <returns>Null where a field cannot be what it says.</returns>
    public static RecordFilter? Read(string path, IQueryCollection query, DateTimeOffset? from)
    {
        var filter = new RecordFilter(path);
        foreach (var name in Texts)
        {
            var text = Text(query, name);
            if (text.Length > MaxText || query[name].ToString().Any(char.IsControl))
            {
                return null;
            }

            if (text.Length > 0)
            {
                filter.texts[name] = text;
            }
        }

        var after = Text(query, "after");
        (filter.From, filter.To, filter.After) = (Time(Text(query, "from")) ?? from, Time(Text(query, "to")), LedgerPlace.Parse(after));
        var isGood = IsTime(Text(query, "from")) && IsTime(Text(query, "to")) && (after.Length == 0 || filter.After is not null)
            && (filter["kind"].Length == 0 || AuditKindName.Parse(filter["kind"]) != AuditKind.Unknown);
        return isGood ? filter : null;
    }

    /// <summary>The query.</summary>
    public LedgerQuery Query(bool refusedOnly, int limit) => new()
    {
        From = From,
        To = To,
        RefusedOnly = refusedOnly,
        Kinds = this["kind"].Length > 0 ? [AuditKindName.Parse(this["kind"])] : [],
        Node = this["node"],
        Device = this["device"],
        Model = this["model"],
        Session = this["session"],
        Source = this["source"],
        Message = this["message"],
        Verdict = this["verdict"],
        Rule = this["rule"],
        Reason = this["reason"],
        Actor = this["actor"],
        After = After,
        Limit = limit,
    };

    /// <summary>The value of a time field.</summary>
    public static string Field(DateTimeOffset? at) => at?.UtcDateTime.ToString(Minute, CultureInfo.InvariantCulture) ?? "";

    /// <summary>This page behind <paramref name="after"/>; null for its first page.</summary>
    public string Url(LedgerPlace? after) => Address(From, To, texts, after);

    /// <summary>The first page of another time.</summary>
    public string Url(DateTimeOffset? from, DateTimeOffset? to) => Address(from, to, texts, null);

    /// <summary>The first page with one field of another text; an empty one takes it away.</summary>
    public string Url(string name, string text)
    {
        var changed = new Dictionary<string, string>(texts, StringComparer.Ordinal);
        if (text.Length > 0)
        {
            changed[name] = text;
        }
        else
        {
            changed.Remove(name);
        }

        return Address(From, To, changed, null);
    }

    private string Address(DateTimeOffset? from, DateTimeOffset? to, Dictionary<string, string> fields, LedgerPlace? after)
    {
        var query = new QueryBuilder();
        foreach (var (name, text) in new[] { ("from", Field(from)), ("to", Field(to)) }.Concat(fields.Select(one => (one.Key, one.Value))).Append(("after", after?.ToString() ?? "")))
        {
            if (text.Length > 0)
            {
                query.Add(name, text);
            }
        }

        return path + query.ToQueryString();
    }

    private static string Text(IQueryCollection query, string name) => query[name] is [{ } first, ..] ? first.Trim() : "";

    private static bool IsTime(string text) => text.Length == 0 || Time(text) is not null;

    private static DateTimeOffset? Time(string text) =>
        DateTimeOffset.TryParseExact(text, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : null;
}
