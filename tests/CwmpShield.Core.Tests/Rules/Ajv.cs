using System.Diagnostics;

namespace CwmpShield.Core.Tests.Rules;

/// <summary>The JSON Schema validator that the shipped schemas are held by.</summary>
internal static class Ajv
{
    private static readonly string Program = Repository.Path("eng", "npm", "node_modules", ".bin", "ajv");

    /// <summary>Validates files against a schema under <c>rules</c>.</summary>
    public static (int Exit, string Output) Validate(string schema, string data)
    {
        Assert.True(File.Exists(Program), "ajv is not installed: run ./test, or 'npm ci' in eng/npm.");
        using var ajv = Process.Start(new ProcessStartInfo(Program, ["validate", "--spec=draft2020", "--strict=false", "-s", Repository.Path("rules", schema), "-d", data])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = ajv.StandardError.ReadToEndAsync();
        var output = ajv.StandardOutput.ReadToEnd();
        ajv.WaitForExit();
        return (ajv.ExitCode, output + errors.Result);
    }
}
