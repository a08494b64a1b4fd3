namespace CwmpShield.Bench.Peers;

/// <summary>What a measurement needs of the machine.</summary>
internal static class Require
{
    /// <summary>A file of a Debian package.</summary>
    /// <exception cref="BenchException">It is not there; the message says what to install.</exception>
    public static void File(string path, string package)
    {
        if (!System.IO.File.Exists(path))
        {
            throw new BenchException($"{path} is missing: apt-get install -y --no-install-recommends {package}");
        }
    }
}
