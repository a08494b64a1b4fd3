using CwmpShield.Core.Audit;
using CwmpShield.Gateway.Auditing;
using CwmpShield.Gateway.Auditing.Syslog;
using CwmpShield.Gateway.Configuration;
using CwmpShield.Gateway.Tests.Doubles;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CwmpShield.Gateway.Tests.Auditing.Syslog;

/// <summary>A gateway that sends its records to a receiver of the test's, in a hurry.</summary>
internal static class SyslogLab
{
    public const string Node = "gw-1";

    private static readonly SyslogTimes Hurried = new()
    {
        Poll = TimeSpan.FromMilliseconds(20),
        FirstWait = TimeSpan.FromMilliseconds(50),
        LastWait = TimeSpan.FromMilliseconds(100),
        Save = TimeSpan.FromMilliseconds(20),
        Measure = TimeSpan.FromMilliseconds(50),
        Patience = TimeSpan.FromSeconds(5),
        Settle = TimeSpan.FromMilliseconds(100),
    };

    public static Task<Lab> StartAsync(ScriptedAcs acs, SyslogOptions receiver, Func<SyslogTimes, SyslogTimes>? times = null, LogLines? log = null) => Lab.StartAsync(
        acs,
        plain => plain with { Audit = plain.Audit with { Node = Node, Patience = TimeSpan.FromSeconds(20), Syslog = [receiver] } },
        builder =>
        {
            builder.Services.AddSingleton(times?.Invoke(Hurried) ?? Hurried);
            if (log is not null)
            {
                builder.Logging.AddProvider(log);
            }
        });

    /// <summary>Writes records with something of a stranger's in them.</summary>
    public static async Task WriteAsync(this Lab lab, int count, string detail)
    {
        var ledger = lab.Services.GetRequiredService<Ledger>();
        var written = Enumerable.Range(0, count).Select(_ => ledger.WriteAsync(new AuditRecord
        {
            At = TimeProvider.System.GetUtcNow(),
            Kind = AuditKind.MessageRefused,
            Device = "00D09E-HGW-1",
            Detail = detail,
        }).AsTask());
        await Task.WhenAll(written);
    }
}
