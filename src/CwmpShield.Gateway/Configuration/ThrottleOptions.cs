using System.Net;
using CwmpShield.Core.Identity.Limits;
using CwmpShield.Gateway.Listening;

namespace CwmpShield.Gateway.Configuration;

/// <summary>How much one address and one device may use, over all listeners: so much within a window, and as much again over the next.</summary>
public sealed record ThrottleOptions
{
    /// <summary>Whether who is over a figure must wait, or is only counted. The default value is enforce.</summary>
    public ThrottleMode Mode { get; init; } = ThrottleMode.Enforce;

    /// <summary>The time that the figures are for. The default value is 5 minutes.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>One address (IPv6: one /64), for whatever has not proven who it is.</summary>
    public ThrottleFigures Address { get; init; } = new();

    /// <summary>One device that has proven who it is.</summary>
    public DeviceThrottleFigures Device { get; init; } = new();

    /// <summary>Networks whose addresses many subscribers share (carrier-grade NAT), with figures of their own. The first that contains an address counts.</summary>
    public IReadOnlyList<ThrottlePool> Pools { get; init; } = [];

    /// <summary>How long an address is remembered as one that a device has logged in from. The default value is 8 days.</summary>
    public TimeSpan Familiarity { get; init; } = TimeSpan.FromDays(8);

    /// <summary>Entries of each of the tables for strangers, devices and familiar addresses. The default value is 1,048,576.</summary>
    public int Entries { get; init; } = 1 << 20;

    /// <summary>The settings as the core takes them.</summary>
    internal LimitSettings ToSettings() => new()
    {
        Window = Window,
        Address = Address.ToFigures(),
        Device = new LimitFigures { Attempts = Device.Attempts, Failures = Device.Failures, Sessions = Device.Sessions, Bytes = Device.Bytes, Serials = Device.Serials },
        Pools = [.. Pools.Select(pool => new LimitPool(AddressSet.Networks(pool.Networks), pool.ToFigures()))],
        Familiarity = Familiarity,
        Entries = Entries,
    };
}

/// <summary>What one address may use within the window without proof.</summary>
public record ThrottleFigures
{
    /// <summary>Log-ins, right or wrong, by devices that have not logged in from it before. The default value is 3,000.</summary>
    public int Attempts { get; init; } = 3000;

    /// <summary>Wrong log-ins. The default value is 20.</summary>
    public int Failures { get; init; } = 20;

    /// <summary>Sessions begun without proof (a shared user, identity mode observe). The default value is 6,000.</summary>
    public int Sessions { get; init; } = 6_000;

    /// <summary>Bytes of bodies without proof. The default value is 512 MiB.</summary>
    public long Bytes { get; init; } = 512L << 20;

    /// <summary>Different serial numbers tried without proof that raise no signal; 0 raises none for any number. The default value is 16.</summary>
    public int Serials { get; init; } = 16;

    internal LimitFigures ToFigures() => new() { Attempts = Attempts, Failures = Failures, Sessions = Sessions, Bytes = Bytes, Serials = Serials };
}

/// <summary>What one proven device may use within the window.</summary>
public sealed record DeviceThrottleFigures
{
    /// <summary>Right log-ins. The default value is 30,000: a device without TLS logs in with every request.</summary>
    public int Attempts { get; init; } = 30_000;

    /// <summary>Wrong log-ins with its name before addresses that are among those who were wrong must wait for it sooner, and wrong passwords beside one certificate. The default value is 30.</summary>
    public int Failures { get; init; } = 30;

    /// <summary>Sessions begun. The default value is 3,000.</summary>
    public int Sessions { get; init; } = 3_000;

    /// <summary>Bytes of bodies. The default value is 1 GiB.</summary>
    public long Bytes { get; init; } = 1L << 30;

    /// <summary>Serial numbers of others that it may try before it is a signal. The default value is 3.</summary>
    public int Serials { get; init; } = 3;
}

/// <summary>Addresses that many subscribers share, and what each of these addresses may use.</summary>
public sealed record ThrottlePool : ThrottleFigures
{
    /// <summary>Addresses and networks (CIDR).</summary>
    public IReadOnlyList<string> Networks { get; init; } = [];
}

/// <summary>Whether throttling bites.</summary>
public enum ThrottleMode
{
    /// <summary>Who is over a figure is told 503 with Retry-After.</summary>
    Enforce = 0,

    /// <summary>It is counted, and goes on.</summary>
    Observe,
}
