using System.Text.Json.Serialization;

namespace CwmpShield.Gateway.Reporting;

/// <summary>A part of the report: figures out of the store, and how they are shown.</summary>
internal abstract record ReportSection
{
    /// <summary>Its anchor.</summary>
    [JsonIgnore]
    public abstract string Id { get; }

    /// <summary>Its heading.</summary>
    [JsonIgnore]
    public abstract string Title { get; }

    /// <summary>Writes what stands under the heading.</summary>
    public abstract void Render(HtmlWriter html);
}
