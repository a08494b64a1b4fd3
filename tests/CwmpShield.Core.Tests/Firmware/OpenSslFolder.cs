using System.Diagnostics;

namespace CwmpShield.Core.Tests.Firmware;

/// <summary>A folder in which the real openssl makes keys, certificates and signatures.</summary>
internal sealed class OpenSslFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cwmpshield-openssl-");

    /// <summary>Runs shell commands in the folder; they must succeed.</summary>
    public string Run(string script, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("bash", ["-euo", "pipefail", "-c", script])
        {
            WorkingDirectory = folder.FullName,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var shell = Process.Start(start)!;
        var errors = shell.StandardError.ReadToEndAsync();
        var output = shell.StandardOutput.ReadToEnd();
        shell.WaitForExit();
        Assert.True(shell.ExitCode == 0, errors.Result);
        return output;
    }

    /// <summary>Writes a file.</summary>
    public void Write(string name, byte[] bytes) => File.WriteAllBytes(Path.Combine(folder.FullName, name), bytes);

    /// <summary>Reads a file.</summary>
    public byte[] Read(string name) => File.ReadAllBytes(Path.Combine(folder.FullName, name));

    /// <summary>Reads a file as text.</summary>
    public string Text(string name) => File.ReadAllText(Path.Combine(folder.FullName, name));

    /// <summary>Makes a key (<c>ec</c> or <c>rsa</c>) and a certificate for it: NAME.key, NAME.pub, NAME.crt.</summary>
    public void Certificate(string name, string kind = "ec", string usage = "codeSigning", string days = "-days 30")
    {
        var key = kind == "ec" ? "-algorithm EC -pkeyopt ec_paramgen_curve:P-256" : "-algorithm RSA -pkeyopt rsa_keygen_bits:2048";
        Run($"""
            openssl genpkey {key} -out {name}.key
            openssl pkey -in {name}.key -pubout -out {name}.pub
            printf 'extendedKeyUsage={usage}\nkeyUsage=digitalSignature\n' > {name}.ext
            openssl req -new -key {name}.key -subj /CN={name} -out {name}.csr
            openssl x509 -req -in {name}.csr -signkey {name}.key {days} -extfile {name}.ext -out {name}.crt
            """);
    }

    /// <inheritdoc/>
    public void Dispose() => folder.Delete(recursive: true);
}
