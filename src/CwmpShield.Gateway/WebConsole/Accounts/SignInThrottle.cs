using System.Net;
using System.Net.Sockets;
using CwmpShield.Gateway.Listening;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.WebConsole.Accounts;

/// <summary>
/// Counts failed sign-ins, in bounded memory, and locks out for a time: a name at one source, and, except where
/// the name's owner has signed in before, a source and a name everywhere. So who knows a name cannot keep its owner out. Names that nobody has are counted like others, and while a
/// lock-out lasts, tries don't lengthen it.
/// </summary>
/// <param name="time">Clock.</param>
internal sealed class SignInThrottle(TimeProvider time)
{
    /// <summary>Failures of one name at one source.</summary>
    public const int MaxOfPair = 5;

    /// <summary>Failures of one name at all sources that are not familiar.</summary>
    public const int MaxOfName = 15;

    /// <summary>Failures at one source.</summary>
    public const int MaxOfSource = 30;

    /// <summary>How long failures count, and a lock-out lasts, from the first one.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    private const int Capacity = 16_384;
    private readonly Lock gate = new();
    private readonly BoundedCache<string, int> failures = new(Capacity, Window, time);

    /// <summary>Whether a try is not even looked at.</summary>
    public bool IsLocked(string name, string source, bool isFamiliar) => Keys(name, source, isFamiliar).Any(key => Count(key.Key) >= key.Max);

    /// <summary>Counts a failure; true when it began a lock-out.</summary>
    public bool Fail(string name, string source, bool isFamiliar)
    {
        lock (gate)
        {
            var began = false;
            foreach (var (key, max) in Keys(name, source, isFamiliar))
            {
                var count = Count(key) + 1;
                if (count == 1)
                {
                    failures.Set(key, count);
                }
                else
                {
                    failures.Update(key, was => was + 1);
                }

                began |= count == max;
            }

            return began;
        }
    }

    /// <summary>Forgets the failures of a name at a source: its owner is there.</summary>
    public void Succeed(string name, string source) => failures.Remove(Pair(name, source));

    /// <summary>What counts as one source: an IPv4 address, or the /64 of an IPv6 address.</summary>
    public static string SourceOf(IPAddress? address)
    {
        if (address is null)
        {
            return "unknown";
        }

        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.AddressFamily != AddressFamily.InterNetworkV6 || IPAddress.IsLoopback(plain) ? plain.ToString() : $"{Addresses.Subscriber(plain)}/64";
    }

    private static string Pair(string name, string source) => $"pair {name} {source}";

    private static IEnumerable<(string Key, int Max)> Keys(string name, string source, bool isFamiliar)
    {
        yield return (Pair(name, source), MaxOfPair);
        if (!isFamiliar)
        {
            yield return ("source " + source, MaxOfSource);
            yield return ("name " + name, MaxOfName);
        }
    }

    private int Count(string key) => failures.TryGet(key, out var count) ? count : 0;
}
