using System.Text;

namespace CwmpShield.Fuzz.Targets;

/// <summary>Good input out of the repository: recorded traffic and the cases of the conformance suite.</summary>
internal static class Seeds
{
    private const int MaxMessage = 6000;

    /// <summary>The folder of the repository.</summary>
    public static string Root { get; } = Find();

    /// <summary>Messages of real devices and ACSs, and bodies of the conformance suite.</summary>
    public static IReadOnlyList<byte[]> Messages { get; } =
    [
        .. Files("tests/recordings", "*.http").Select(Body).Where(body => body.Length <= MaxMessage && body.AsSpan().IndexOf("Envelope"u8) >= 0),
        .. Files("tests/conformance/wire", "*.xml").Select(File.ReadAllBytes).Where(body => body.Length <= MaxMessage),
    ];

    /// <summary>Files below a folder of the repository.</summary>
    public static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal);

    /// <summary>An order as an ACS would send it.</summary>
    public static byte[] Order(string method, string content) => Encoding.UTF8.GetBytes($"""
        <?xml version="1.0" encoding="UTF-8"?>
        <soap-env:Envelope xmlns:soap-env="http://schemas.xmlsoap.org/soap/envelope/" xmlns:soap-enc="http://schemas.xmlsoap.org/soap/encoding/" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:cwmp="urn:dslforum-org:cwmp-1-0">
          <soap-env:Header><cwmp:ID soap-env:mustUnderstand="1">7</cwmp:ID></soap-env:Header>
          <soap-env:Body><cwmp:{method}>{content}</cwmp:{method}></soap-env:Body>
        </soap-env:Envelope>
        """);

    private static byte[] Body(string file)
    {
        var bytes = File.ReadAllBytes(file);
        return bytes[(bytes.AsSpan().IndexOf("\r\n\r\n"u8) + 4)..];
    }

    private static string Find()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "CwmpShield.sln")))
        {
            directory = directory.Parent;
        }

        return directory?.FullName ?? throw new DirectoryNotFoundException("The repository was not found above the program.");
    }
}
