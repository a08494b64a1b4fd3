using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Tests.Listening;

namespace CwmpShield.Gateway.Tests.Auditing.Syslog;

/// <summary>A real rsyslog on loopback that writes every message as it came into a file.</summary>
internal sealed class RsyslogServer : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cwmpshield-rsyslog-");
    private readonly Dictionary<SyslogTransport, int> ports = [];
    private Process? process;

    /// <summary>Prepares it; nothing listens before <see cref="StartAsync"/>.</summary>
    /// <param name="certificate">The certificate of its TLS door.</param>
    /// <param name="clientCa">Authorities of clients' certificates, which are asked for where they are given.</param>
    public RsyslogServer(CertificateOptions certificate, string? clientCa = null)
    {
        foreach (var transport in Enum.GetValues<SyslogTransport>())
        {
            ports[transport] = FreePort();
        }

        var authentication = clientCa is null ? "anon" : "x509/certvalid";
        File.WriteAllText(
            Path.Combine(folder.FullName, "rsyslog.conf"),
            string.Create(CultureInfo.InvariantCulture, $$"""
            global(workDirectory="{{folder.FullName}}" maxMessageSize="64k" defaultNetstreamDriverCAFile="{{clientCa ?? certificate.Path}}"
                   defaultNetstreamDriverCertFile="{{certificate.Path}}" defaultNetstreamDriverKeyFile="{{certificate.KeyPath}}")
            module(load="imudp")
            module(load="imptcp")
            module(load="imtcp" StreamDriver.Name="ossl" StreamDriver.Mode="1" StreamDriver.AuthMode="{{authentication}}")
            template(name="raw" type="string" string="%rawmsg%\n")
            template(name="checkpoint" type="string" string="%msg%\n")
            ruleset(name="out") {
              if $msgid == "checkpoint" then action(type="omfile" file="{{Checkpoints}}" template="checkpoint")
              action(type="omfile" file="{{Output}}" template="raw")
            }
            input(type="imudp" address="127.0.0.1" port="{{ports[SyslogTransport.Udp]}}" ruleset="out")
            input(type="imptcp" address="127.0.0.1" port="{{ports[SyslogTransport.Tcp]}}" ruleset="out")
            input(type="imtcp" address="127.0.0.1" port="{{ports[SyslogTransport.Tls]}}" ruleset="out")

            """));
    }

    /// <summary>The file of checkpoints that docs/siem.md has operators keep.</summary>
    public string Checkpoints => Path.Combine(folder.FullName, "checkpoints");

    private string Output => Path.Combine(folder.FullName, "out");

    /// <summary>The options of a receiver that is this one.</summary>
    public SyslogOptions Receiver(SyslogTransport transport, string caPath) => new()
    {
        Name = "siem",
        Transport = transport,
        Host = "127.0.0.1",
        Port = ports[transport],
        CaPath = transport == SyslogTransport.Tls ? caPath : "",
    };

    /// <summary>Starts it and waits until it listens.</summary>
    public async Task StartAsync()
    {
        var start = new ProcessStartInfo("rsyslogd") { UseShellExecute = false, RedirectStandardError = true };
        foreach (var argument in new[] { "-n", "-f", Path.Combine(folder.FullName, "rsyslog.conf"), "-i", Path.Combine(folder.FullName, "pid") })
        {
            start.ArgumentList.Add(argument);
        }

        process = Process.Start(start)!;
        _ = process.StandardError.ReadToEndAsync();
        await ListenerHost.EventuallyAsync(() => Listens(SyslogTransport.Tcp) && Listens(SyslogTransport.Tls), "rsyslog listens");
    }

    /// <summary>Kills it: what it has not written is lost.</summary>
    public void Kill()
    {
        process?.Kill();
        process?.WaitForExit();
        process?.Dispose();
        process = null;
        if (File.Exists(Output))
        {
            // Half a line is not written, and the next start would go on behind it.
            var length = Whole().Length;
            using var output = File.OpenWrite(Output);
            output.SetLength(length);
        }
    }

    /// <summary>The messages that it has written, in their order.</summary>
    public IReadOnlyList<SyslogLine> Lines() =>
        File.Exists(Output) ? [.. Encoding.UTF8.GetString(Whole()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(SyslogLine.Parse)] : [];

    /// <summary>Waits for messages.</summary>
    public async Task<IReadOnlyList<SyslogLine>> LinesAsync(Func<IReadOnlyList<SyslogLine>, bool> wanted, string what)
    {
        IReadOnlyList<SyslogLine> lines = [];
        await ListenerHost.EventuallyAsync(() => wanted(lines = Lines()), what);
        return lines;
    }

    public void Dispose()
    {
        Kill();
        folder.Delete(recursive: true);
    }

    /// <summary>Its lines but the last, where that is being written.</summary>
    private ReadOnlySpan<byte> Whole()
    {
        var written = File.ReadAllBytes(Output).AsSpan();
        return written[..(written.LastIndexOf((byte)'\n') + 1)];
    }

    private bool Listens(SyslogTransport transport)
    {
        try
        {
            using var client = new TcpClient();
            client.Connect(IPAddress.Loopback, ports[transport]);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
