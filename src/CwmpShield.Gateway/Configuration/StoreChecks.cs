using System.Net;
using CwmpShield.Gateway.Storage;
using CwmpShield.Gateway.Storage.Secrets;
using Npgsql;

namespace CwmpShield.Gateway.Configuration;

/// <summary>Where the state is, and the key that its secrets are sealed under.</summary>
internal static class StoreChecks
{
    /// <summary>Adds what is wrong to <paramref name="problems"/>.</summary>
    public static void Run(string section, StoreOptions store, ConfigurationProblems problems)
    {
        if (store.Engine == StoreEngine.Postgresql)
        {
            Database(section, store, problems);
        }
        else
        {
            var folder = Path.GetDirectoryName(store.Path);
            problems.Require(store.Path.Length > 0 && Directory.Exists(folder), $"{section}:Path", store.Path, "a file in a folder that exists");
        }

        Keys(section, store, problems);
    }

    private static void Database(string section, StoreOptions store, ConfigurationProblems problems)
    {
        problems.Require(
            store.PasswordFile.Length == 0 || File.Exists(store.PasswordFile), $"{section}:PasswordFile", store.PasswordFile, "a file whose first line is the password");
        try
        {
            var settings = new NpgsqlConnectionStringBuilder(store.ConnectionString);
            var key = $"{section}:ConnectionString";
            problems.Require(!string.IsNullOrEmpty(settings.Host), key, SecretKeys.Mask, "Host, Database and Username of a PostgreSQL server");
            problems.Require(string.IsNullOrEmpty(settings.Password), key, SecretKeys.Mask, $"no password in it: {section}:PasswordFile names the file that holds it");
            problems.Require(
                IsNear(settings.Host) || settings.SslMode is SslMode.VerifyFull,
                key,
                $"SSL Mode={settings.SslMode}",
                "SSL Mode=VerifyFull for a server that is not on this machine");
        }
        catch (ArgumentException)
        {
            problems.Add($"{section}:ConnectionString", SecretKeys.Mask, "a connection string such as Host=db.example.net;Database=cwmpshield;Username=cwmpshield;SSL Mode=VerifyFull");
        }
    }

    /// <summary>A socket of this machine, or a loopback address.</summary>
    private static bool IsNear(string? host) =>
        string.IsNullOrEmpty(host) || host.StartsWith('/') || host is "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    private static void Keys(string section, StoreOptions options, ConfigurationProblems problems)
    {
        var (key, found) = options.KeyVariable.Length > 0 ? ("KeyVariable", options.KeyVariable)
            : options.SystemdKey.Length > 0 ? ("SystemdKey", options.SystemdKey)
            : ("KeyFile", options.KeyFile);
        try
        {
            KeyRing.Read(KeySource.Of(options));
        }
        catch (StoreException broken)
        {
            problems.Add($"{section}:{key}", found, $"the key of the store's secrets ({broken.Message})");
        }
    }
}
