using System.CommandLine;
using CwmpShield.Cli;

namespace CwmpShield.Gateway.Tests.Cli;

/// <summary>Runs one verb as the process would, with its output in hand.</summary>
internal static class CommandLine
{
    public static async Task<(int Code, string Output, string Error)> RunAsync(Command verb, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var parsed = new RootCommand { verb }.Parse([verb.Name, .. arguments]);
        var code = parsed.Errors.Count > 0 ? ExitCode.Usage : await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }
}
