using System.Globalization;

namespace CwmpShield.Bench.Peers;

/// <summary>nginx of Debian with mutual TLS and kept upstream connections, and with ModSecurity and the Core Rule Set where asked for.</summary>
internal static class NginxPeer
{
    private const string Program = "/usr/sbin/nginx";
    private const string Module = "/usr/lib/nginx/modules/ngx_http_modsecurity_module.so";
    private const string Rules = "/usr/share/modsecurity-crs/rules";

    /// <summary>Starts it.</summary>
    public static async Task<Peer> StartAsync(BenchFleet fleet, int acs, bool withRules)
    {
        Require.File(Program, "nginx");
        if (withRules)
        {
            Require.File(Module, "libnginx-mod-http-modsecurity");
            Require.File(Path.Combine(Rules, "REQUEST-901-INITIALIZATION.conf"), "modsecurity-crs");
            await File.WriteAllTextAsync(fleet.File("modsecurity.conf"), Engine());
        }

        var port = FreePort.Find();
        var folder = Directory.CreateDirectory(fleet.File(withRules ? "nginx-modsecurity" : "nginx")).FullName;
        var file = Path.Combine(folder, "nginx.conf");
        await File.WriteAllTextAsync(file, Configuration(fleet, folder, acs, port, withRules));
        var process = PeerProcess.Start(Program, ["-c", file, "-e", Path.Combine(folder, "error.log")]);
        await FreePort.ReadyAsync(process, port);
        return new Peer(withRules ? Peer.ModSecurity : Peer.Nginx, process, port, withRules ? 0.15 : 1);
    }

    private static string Configuration(BenchFleet fleet, string folder, int acs, int port, bool withRules) => string.Create(CultureInfo.InvariantCulture, $$"""
        {{(withRules ? $"load_module {Module};" : "")}}
        daemon off; worker_processes 2; pid {{folder}}/nginx.pid; error_log {{folder}}/error.log crit;
        {{(Environment.UserName == "root" ? "user root;" : "")}}
        events { worker_connections 4096; }
        http {
          access_log off; client_max_body_size 16m; client_body_buffer_size 64k; keepalive_requests 1000000; keepalive_timeout 600s;
          client_body_temp_path {{folder}}; proxy_temp_path {{folder}}; fastcgi_temp_path {{folder}}; uwsgi_temp_path {{folder}}; scgi_temp_path {{folder}};
          {{(withRules ? $"modsecurity on; modsecurity_rules_file {fleet.File("modsecurity.conf")};" : "")}}
          upstream acs { server 127.0.0.1:{{acs}}; keepalive 64; keepalive_requests 1000000; }
          server {
            listen 127.0.0.1:{{port}} ssl backlog=4096; ssl_certificate {{fleet.ServerCertificate}}; ssl_certificate_key {{fleet.ServerKey}};
            ssl_protocols TLSv1.2 TLSv1.3; ssl_client_certificate {{fleet.Authority}}; ssl_verify_client on;
            location = /acs { proxy_pass http://acs; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_set_header X-Forwarded-For $remote_addr; }
            location / { return 404; }
          }
        }
        """);

    /// <summary>What the packages' own example sets, with the bodies of both directions looked at.</summary>
    private static string Engine() => $"""
        SecRuleEngine On
        SecRequestBodyAccess On
        SecRule REQUEST_HEADERS:Content-Type "^(?:application(?:/soap\+|/)|text/)xml" "id:200000,phase:1,t:none,t:lowercase,pass,nolog,ctl:requestBodyProcessor=XML"
        SecRequestBodyLimit 16777216
        SecRequestBodyNoFilesLimit 16777216
        SecRequestBodyLimitAction Reject
        SecPcreMatchLimit 100000
        SecPcreMatchLimitRecursion 100000
        SecResponseBodyAccess On
        SecResponseBodyMimeType text/plain text/html text/xml
        SecResponseBodyLimit 1048576
        SecResponseBodyLimitAction ProcessPartial
        SecAuditEngine Off
        SecArgumentSeparator &
        SecCookieFormat 0
        Include /etc/modsecurity/crs/crs-setup.conf
        Include {Rules}/*.conf
        """;
}
