namespace CwmpShield.Gateway.Reporting;

/// <summary>A column of a table.</summary>
/// <param name="Title">Its head.</param>
/// <param name="Kind">How its cells are set.</param>
internal sealed record Column(string Title, ColumnKind Kind = ColumnKind.Text);

/// <summary>How the cells of a column are set.</summary>
internal enum ColumnKind
{
    /// <summary>As text.</summary>
    Text = 0,

    /// <summary>As a number, to the right.</summary>
    Number,

    /// <summary>As a time or the like, on one line.</summary>
    Time,

    /// <summary>As a name or hash, in a fixed pitch.</summary>
    Code,
}

/// <summary>Tables that a screen reader can read: with a caption, heads of columns, and the first cell as head of its row.</summary>
internal static class HtmlTable
{
    /// <summary>Writes a table; a sentence where it has no row.</summary>
    public static void Write(HtmlWriter html, string caption, IReadOnlyList<Column> columns, IEnumerable<IReadOnlyList<string>> rows, string none)
    {
        using var all = rows.GetEnumerator();
        if (!all.MoveNext())
        {
            html.Element("p", none);
            return;
        }

        using var table = html.Open("table");
        html.Element("caption", caption);
        using (html.Open("thead"))
        using (html.Open("tr"))
        {
            foreach (var column in columns)
            {
                html.Element("th", column.Title, ("scope", "col"), ("class", Class(column.Kind)));
            }
        }

        using var body = html.Open("tbody");
        do
        {
            Row(html, columns, all.Current);
        }
        while (all.MoveNext());
    }

    private static void Row(HtmlWriter html, IReadOnlyList<Column> columns, IReadOnlyList<string> cells)
    {
        using var row = html.Open("tr");
        for (var i = 0; i < columns.Count; i++)
        {
            if (i == 0)
            {
                html.Element("th", cells[i], ("scope", "row"), ("class", Class(columns[i].Kind)));
            }
            else
            {
                html.Element("td", cells[i], ("class", Class(columns[i].Kind)));
            }
        }
    }

    private static string Class(ColumnKind kind) => kind switch
    {
        ColumnKind.Number => "n",
        ColumnKind.Time => "t",
        ColumnKind.Code => "c",
        _ => "s",
    };
}
