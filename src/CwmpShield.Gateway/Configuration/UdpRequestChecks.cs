using System.Net;
using CwmpShield.Core.DataModel.Values;

namespace CwmpShield.Gateway.Configuration;

/// <summary>STUN and connection requests over UDP.</summary>
internal static class UdpRequestChecks
{
    private const int MaxPublicAddress = 256;
    private const int MaxUser = 256;

    /// <summary>Adds what is wrong to <paramref name="problems"/>.</summary>
    public static void Run(string key, ConnectionRequestOptions options, ConfigurationProblems problems)
    {
        var udp = options.Udp;
        problems.Range($"{key}:PerSourcePerSecond", udp.PerSourcePerSecond, 1, 100_000);
        problems.Range($"{key}:AllPerSecond", udp.AllPerSecond, 1, 10_000_000);
        problems.Range($"{key}:ClockTolerance", udp.ClockTolerance, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(15));
        problems.Range($"{key}:Copies", udp.Copies, 1, 5);
        if (!udp.IsOn)
        {
            problems.Require(udp.AcsAddress.Length == 0, $"{key}:Address", "", "the address that requests leave from, where ACSs may send any");
            return;
        }

        problems.Require(options.IsOn, $"{key}:Address", udp.Address, "nothing without ConnectionRequests:PublicUrl: the broker learns where devices are");
        Place($"{key}:Address", udp.Address, problems);
        problems.Range($"{key}:Port", udp.Port, 0, 65535);
        Stun(key, udp, problems);
        if (udp.TakesAcs)
        {
            Acs(key, udp, problems);
        }
    }

    private static void Acs(string key, UdpRequestOptions udp, ConfigurationProblems problems)
    {
        Place($"{key}:AcsAddress", udp.AcsAddress, problems);
        problems.Range($"{key}:AcsPort", udp.AcsPort, 0, 65535);
        problems.Require(
            !ListenerPairChecks.SamePlace(udp.Address, udp.Port, udp.AcsAddress, udp.AcsPort),
            $"{key}:AcsPort",
            udp.AcsPort,
            "another port than Port: devices and ACSs come to different doors");
        problems.Require(
            udp.PublicAddress.Length <= MaxPublicAddress && HostValue.TryParse(udp.PublicAddress, out var host) && host.Port > 0,
            $"{key}:PublicAddress",
            udp.PublicAddress,
            "host and port that ACSs send to (broker.example.net:7549)");
    }

    private static void Stun(string key, UdpRequestOptions udp, ConfigurationProblems problems)
    {
        problems.Require(
            udp.StunUser.Length <= MaxUser && !udp.StunUser.EndsWith(' '), $"{key}:StunUser", udp.StunUser, $"at most {MaxUser} characters, no blank at the end");
        problems.Require(
            udp.StunUser.Length == 0 == (udp.StunPasswordFile.Length == 0), $"{key}:StunUser", udp.StunUser, "a user and a StunPasswordFile, or neither");
        problems.Require(
            udp.StunPasswordFile.Length == 0 || File.Exists(udp.StunPasswordFile), $"{key}:StunPasswordFile", udp.StunPasswordFile, "a file with the devices' STUNPassword");
    }

    private static void Place(string key, string text, ConfigurationProblems problems) => problems.Require(
        IPAddress.TryParse(text, out var address) && !IPAddress.Any.Equals(address) && !IPAddress.IPv6Any.Equals(address) && !address.IsIPv4MappedToIPv6,
        key,
        text,
        "one address of this machine, no wildcard: answers and requests must leave from where devices sent to");
}
