using System.Text.RegularExpressions;
using CwmpShield.Core.Wire;

namespace CwmpShield.Core.Tests.Architecture;

public sealed partial class LayeringTests
{
    private static readonly string[] Way = ["Wire", "Cwmp", "DataModel", "Identity", "ConnectionRequests", "Udp", "Firmware", "Sessions", "Rules", "Decisions", "Audit"];

    [GeneratedRegex(@"CwmpShield\.Core\.(?<folder>\w+)", RegexOptions.NonBacktracking)]
    private static partial Regex Reference { get; }

    [Fact]
    public void Core_knows_no_web_server_and_no_proxy()
    {
        var references = typeof(SoapReader).Assembly.GetReferencedAssemblies().Select(a => a.Name!).ToArray();

        Assert.DoesNotContain(references, r => r.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));
        Assert.DoesNotContain(references, r => r.StartsWith("Yarp", StringComparison.Ordinal));
        Assert.DoesNotContain(references, r => r.StartsWith("System.Net.Sockets", StringComparison.Ordinal));
        Assert.DoesNotContain(references, r => r.StartsWith("System.Net.Http", StringComparison.Ordinal));
        Assert.Contains(references, r => r.StartsWith("System.Xml", StringComparison.Ordinal));
    }

    [Fact]
    public void Each_folder_of_the_core_uses_only_folders_to_its_left()
    {
        var wrong = new List<string>();
        foreach (var (file, folder) in FilesOfTheWay())
        {
            foreach (var used in Reference.Matches(File.ReadAllText(file)).Select(m => m.Groups["folder"].Value))
            {
                if (Array.IndexOf(Way, used) > Array.IndexOf(Way, folder))
                {
                    wrong.Add($"{SourceFiles.Name(file)} uses {used}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public void Each_namespace_of_the_core_is_that_of_its_folder()
    {
        var wrong = FilesOfTheWay()
            .Where(f => !File.ReadAllText(f.File).Contains($"\nnamespace CwmpShield.Core.{f.Folder}", StringComparison.Ordinal)
                && !File.ReadAllText(f.File).StartsWith($"namespace CwmpShield.Core.{f.Folder}", StringComparison.Ordinal))
            .Select(f => SourceFiles.Name(f.File));

        Assert.Empty(wrong);
    }

    [Fact]
    public void Only_the_wire_parses_the_xml_of_messages()
    {
        // Data-model files are the operator's own and the key repository is the framework's: neither comes to a message's way.
        var wrong = SourceFiles.Under("src", "CwmpShield.Core")
            .Concat(SourceFiles.Under("src", "CwmpShield.Gateway"))
            .Where(f => !f.Contains("CwmpShield.Core/Wire/", StringComparison.Ordinal))
            .Where(f => Path.GetFileName(f) is not ("DataModelImport.cs" or "SyntaxDraft.cs" or "MemoryKeyRepository.cs"))
            .Where(f => File.ReadAllText(f).Contains("using System.Xml", StringComparison.Ordinal))
            .Select(SourceFiles.Name);

        Assert.Empty(wrong);
    }

    private static IEnumerable<(string File, string Folder)> FilesOfTheWay() =>
        from folder in Way
        let path = Repository.Path("src", "CwmpShield.Core", folder)
        where Directory.Exists(path)
        from file in SourceFiles.Under("src", "CwmpShield.Core", folder)
        select (file, folder);
}
