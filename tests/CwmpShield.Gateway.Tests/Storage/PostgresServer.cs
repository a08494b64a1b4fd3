using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace CwmpShield.Gateway.Tests.Storage;

/// <summary>
/// A PostgreSQL server of the tests' own on loopback: made when the first test asks, one database for each test, gone with the process.
/// </summary>
internal sealed class PostgresServer
{
    private const string User = "postgres";

    private static readonly Lazy<PostgresServer> Shared = new(Start);
    private static int databases;

    private readonly int port;

    private PostgresServer(int port) => this.port = port;

    /// <summary>The password of the server's one user.</summary>
    public static string Password { get; } = Guid.NewGuid().ToString("N");

    /// <summary>An empty database; its connection string, without the password.</summary>
    public static string NewDatabase()
    {
        var server = Shared.Value;
        var name = string.Create(CultureInfo.InvariantCulture, $"test{Interlocked.Increment(ref databases)}");
        server.Run("postgres", $"CREATE DATABASE {name}");
        return server.ConnectionString(name);
    }

    /// <summary>Cuts every connection to a database, as a failing network does.</summary>
    public static void Cut(string connectionString)
    {
        var name = new NpgsqlConnectionStringBuilder(connectionString).Database!;
        Shared.Value.Run("postgres", $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
    }

    /// <summary>Lets nobody into a database any more, or everybody again.</summary>
    public static void Allow(string connectionString, bool connections)
    {
        var name = new NpgsqlConnectionStringBuilder(connectionString).Database!;
        Shared.Value.Run("postgres", $"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS {(connections ? "true" : "false")}");
        if (!connections)
        {
            Cut(connectionString);
        }
    }

    private static PostgresServer Start()
    {
        var folder = Directory.CreateTempSubdirectory("cwmpshield-pg-").FullName;
        var passwordFile = Path.Combine(folder, "password");
        File.WriteAllText(passwordFile, Password);
        var binaries = Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Select(version => Path.Combine(version, "bin")).Last();
        var isRoot = string.Equals(Environment.UserName, "root", StringComparison.Ordinal);
        if (isRoot)
        {
            // PostgreSQL refuses to run as root.
            Execute("chown", ["-R", User, folder]);
        }

        string[] As(params string[] command) => isRoot ? ["runuser", "-u", User, "--", .. command] : command;
        var data = Path.Combine(folder, "data");
        var free = FreePort();
        var initdb = As(Path.Combine(binaries, "initdb"), "-D", data, "-A", "scram-sha-256", "--pwfile=" + passwordFile, "-U", User, "-E", "UTF8", "--locale=C", "-N");
        Execute(initdb[0], initdb[1..]);
        File.Delete(passwordFile);
        var options = string.Create(CultureInfo.InvariantCulture, $"-p {free} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off -c max_connections=300");
        var start = As(Path.Combine(binaries, "pg_ctl"), "-D", data, "-w", "-l", Path.Combine(folder, "log"), "-o", options, "start");
        Execute(start[0], start[1..]);
        var stop = As(Path.Combine(binaries, "pg_ctl"), "-D", data, "-m", "immediate", "-W", "stop");
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            // The runner gives a process that ends little time: the server is told, not waited for.
            Execute(stop[0], stop[1..]);
            Execute("rm", ["-rf", folder]);
        };
        return new PostgresServer(free);
    }

    private string ConnectionString(string database) =>
        string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={port};Username={User};Database={database}");

    private void Run(string database, string sql)
    {
        using var connection = new NpgsqlConnection(ConnectionString(database) + ";Password=" + Password + ";Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static void Execute(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = "/" })!;
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
