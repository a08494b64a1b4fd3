using System.IO.Compression;
using System.Text;
using CwmpShield.Soak.Rig;

namespace CwmpShield.Soak.Strangers;

/// <summary>Strangers within: devices with a certificate of the operator's, that send what bursts.</summary>
internal static class BodyStrangers
{
    private const int Workers = 4;

    /// <summary>Serial number of the first of them.</summary>
    public const string Serial = "S";

    public static IReadOnlyList<Stranger> All { get; } =
    [
        new("compression-bombs", "MaxInflateRatio, MaxUpBodyBytes, BufferBudgetBytes", ["body-inflate-ratio", "body-coding-broken", "body-coding"], false, InflateAsync),
        new("xml-matrix", "one strict reader without DTD", ["doctype", "not-well-formed"], false, MatrixAsync),
        new("xml-giants", "MaxXmlDepth, MaxXmlElements, MaxUpBodyBytes", ["too-deep", "too-many-elements", "text-too-long", "too-many-attributes", "name-too-long"], false, GiantsAsync),
    ];

    /// <summary>Bodies that inflate to far more than they are, with their coding.</summary>
    public static IReadOnlyList<(string Name, string Coding, byte[] Body)> Bombs { get; } = MakeBombs();

    /// <summary>Compresses by gzip.</summary>
    public static byte[] Zip(byte[] bytes)
    {
        using var output = new MemoryStream();
        using (var zip = new GZipStream(output, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            zip.Write(bytes);
        }

        return output.ToArray();
    }

    private static List<(string Name, string Coding, byte[] Body)> MakeBombs()
    {
        var zeros = Zip(new byte[64 << 20]);
        using var deflated = new MemoryStream();
        using (var zip = new ZLibStream(deflated, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            zip.Write(new byte[64 << 20]);
        }

        var small = Zip(Encoding.UTF8.GetBytes(Messages.Inform(Serial + "1")));
        return
        [
            ("gzip", "gzip", zeros),
            ("deflate", "deflate", deflated.ToArray()),
            ("gzip-in-gzip", "gzip", Zip(Zip(zeros))),
            ("two-codings", "gzip, gzip", Zip(zeros)),
            ("trailing-member", "gzip", [.. small, .. zeros]),
            ("trailing-rubbish", "gzip", [.. small, .. "rubbish"u8]),
            ("half", "gzip", zeros[..(zeros.Length / 2)]),
        ];
    }

    private static Task InflateAsync(Field field, CancellationToken cancellation) => InsideAsync(field, 1, () =>
    {
        var (_, coding, body) = Bombs[(int)(field.Attempts % Bombs.Count)];
        return Messages.Post(body, $"Content-Encoding: {coding}\r\n");
    }, cancellation);

    private static Task MatrixAsync(Field field, CancellationToken cancellation) => InsideAsync(
        field, 5, () => Messages.Post(XmlCase.All[(int)(field.Attempts % XmlCase.All.Count)].Body), cancellation);

    private static Task GiantsAsync(Field field, CancellationToken cancellation) => InsideAsync(
        field, 9, () => Messages.Post(XmlGiant.All[(int)(field.Attempts % XmlGiant.All.Count)].Body), cancellation);

    /// <summary>Posts as a device whose certificate is good, on a connection for as long as the gateway keeps it.</summary>
    private static Task InsideAsync(Field field, int first, Func<byte[]> next, CancellationToken cancellation) => field.CrowdAsync(
        Workers,
        async (worker, token) =>
        {
            var serial = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Serial}{first + worker}");
            await using var line = await Line.OpenTlsAsync(field.Door("fleet"), Field.Address(112 + worker), field.Folder.CertificateOf(serial), token);
            while ((await line.AskAsync(next(), token)).Header("Connection") != "close")
            {
                field.Count();
            }
        },
        cancellation);
}
