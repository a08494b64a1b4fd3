using System.Security.Cryptography;
using System.Text;

namespace CwmpShield.Gateway.Reporting;

/// <summary>How the report looks on a screen and on paper.</summary>
internal static class ReportStyle
{
    /// <summary>The style sheet.</summary>
    public const string Css = """
        :root{color-scheme:light}
        body{font:15px/1.5 system-ui,"Segoe UI","DejaVu Sans",sans-serif;color:#1b1f24;background:#fff;max-width:70rem;margin:0 auto;padding:2rem 1.5rem}
        h1{font-size:2rem;line-height:1.2;margin:0 0 .25rem}
        h2{font-size:1.35rem;margin:2.75rem 0 .5rem;padding-top:.75rem;border-top:2px solid #1f4e79;color:#163a5c}
        h3{font-size:1.05rem;margin:1.75rem 0 .4rem}
        p{margin:.4rem 0 .8rem;max-width:52rem}
        .lead{font-size:1.05rem;color:#444c56}
        .note{border-left:4px solid #9a6700;background:#fff8e5;padding:.5rem .9rem;max-width:52rem}
        .good{border-left-color:#1a7f37;background:#eefbf1}
        .bad{border-left-color:#b42318;background:#fdf0ef}
        nav ol{columns:2;column-gap:3rem;padding-left:1.4rem}
        nav li{break-inside:avoid}
        a{color:#0b5394}
        .figures{display:grid;grid-template-columns:repeat(4,1fr);gap:.75rem;margin:1rem 0;padding:0;list-style:none}
        .figures li{border:1px solid #d0d7de;border-radius:6px;padding:.6rem .8rem}
        .figures b{display:block;font-size:1.5rem;line-height:1.2;font-variant-numeric:tabular-nums}
        .figures span{color:#57606a;font-size:.85rem}
        table{border-collapse:collapse;width:100%;margin:.5rem 0 1rem;font-size:.85rem}
        caption{text-align:left;font-weight:600;padding:.4rem 0}
        th,td{text-align:left;vertical-align:top;padding:.3rem .55rem;border-bottom:1px solid #d0d7de;overflow-wrap:break-word}
        thead th{background:#f0f4f8;border-bottom:2px solid #8c959f}
        tbody th{font-weight:500}
        td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
        .t{white-space:nowrap}
        td.c{white-space:pre-line}
        td.c,tbody th.c{overflow-wrap:anywhere;min-width:7.5rem}
        p.c,td.c,tbody th.c{font:.92em/1.4 ui-monospace,"DejaVu Sans Mono",monospace}
        .tag{display:inline-block;border:1px solid #57606a;border-radius:3px;padding:0 .4rem;font-size:.78rem;font-weight:600;white-space:nowrap}
        .evidence{border-color:#1a7f37;color:#116329;background:#eefbf1}
        .partial{border-color:#9a6700;color:#7a5200;background:#fff8e5}
        .none{border-color:#57606a;color:#424a53;background:#f6f8fa}
        .control{border:1px solid #d0d7de;border-radius:6px;padding:.6rem .9rem;margin:.6rem 0;break-inside:avoid}
        .control h4{margin:0 0 .3rem;font-size:.98rem}
        .control p,.control ul{margin:.25rem 0;font-size:.88rem}
        .control .source{color:#57606a;font-size:.78rem}
        svg{display:block;width:100%;height:auto;margin:.6rem 0}
        figure{margin:0;break-inside:avoid}
        footer{margin-top:3rem;border-top:1px solid #d0d7de;padding-top:.6rem;color:#57606a;font-size:.82rem}
        @page{size:A4;margin:14mm 12mm}
        @page wide{size:A4 landscape}
        @media print{body{padding:0;max-width:none;font-size:10pt}h2{margin-top:1.5rem}section[aria-labelledby=orders],section[aria-labelledby=artefacts],section[aria-labelledby=changes]{page:wide}thead{display:table-header-group}tr,svg{break-inside:avoid}h2,h3,caption{break-after:avoid}a{color:inherit;text-decoration:none}nav{break-after:page}table{font-size:7.5pt}td,th{padding:.2rem .4rem}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
        """;

    /// <summary>Its SHA-256 in base64, by which the document's own policy lets it and no other style in.</summary>
    public static string Hash { get; } = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Css)));
}
