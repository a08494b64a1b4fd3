using System.Net;
using System.Security.Cryptography;
using CwmpShield.Core.Udp;

namespace CwmpShield.Core.Tests.Udp;

/// <summary>Inputs of a fixed seed: what fails once fails again.</summary>
public sealed class StunHostileTests
{
    private const int Rounds = 60_000;

    private static readonly StunServer[] Servers = [new(default, default), new("cpe"u8.ToArray(), "stun-secret"u8.ToArray())];

    private static readonly IPEndPoint[] Sources =
        [new(IPAddress.Parse("198.51.100.7"), 40000), new(IPAddress.Parse("2001:db8::7"), 1)];

    private static readonly byte[][] Seeds =
    [
        new Stun().Bytes,
        new Stun(classic: true).Binding().Attribute(Stun.BindingChange).User("cpe").Bytes,
        new Stun(classic: true).Binding().User("cpe").Integrity("stun-secret", filled: true).Bytes,
        new Stun().User("cpe").Integrity("stun-secret", filled: false).Fingerprint().Bytes,
        new Stun(classic: true).ResponseAddress(Sources[0].Address, 7547).Attribute(0x0003, 0, 0, 0, 6).Bytes,
        new Stun().Attribute(0x7001).Attribute(0x7002).Attribute(0x7003).Attribute(0x7004).Attribute(0x7005).Fingerprint().Bytes,
    ];

    [Fact]
    public void Never_throws_and_never_answers_with_more_than_16_tenths()
    {
        var bytes = new Bytes(20_260_722);
        var answered = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var request = bytes.Mutate(Seeds[bytes.Next(Seeds.Length)], 580);
            foreach (var server in Servers)
            {
                var (answer, _) = Stun.Ask(server, request, Sources[bytes.Next(Sources.Length)]);
                Assert.True(answer.Length * 10 <= request.Length * 16, Convert.ToHexString(request));
                answered += answer.Length > 0 ? 1 : 0;
            }
        }

        Assert.True(answered > Rounds / 20, $"only {answered} were answered: the mutations are too coarse to say anything");
    }

    [Fact]
    public void Never_answers_its_own_answers()
    {
        foreach (var request in Seeds)
        {
            foreach (var server in Servers)
            {
                var (answer, _) = Stun.Ask(server, request, Sources[0]);
                Assert.Empty(Stun.Ask(server, answer, Sources[0]).Answer);
            }
        }
    }
}

/// <summary>A stream of bytes from a seed.</summary>
internal sealed class Bytes(int seed)
{
    private byte[] block = SHA256.HashData(BitConverter.GetBytes(seed));
    private int at;

    public int Next(int below) => (int)(Next() % (uint)below);

    /// <summary><paramref name="seed"/> with some bytes changed, put in or taken out, at most <paramref name="longest"/> long.</summary>
    public byte[] Mutate(byte[] seed, int longest)
    {
        var list = seed.ToList();
        for (var changes = Next(4); changes >= 0; changes--)
        {
            var place = Next(list.Count + 1);
            switch (Next(5))
            {
                case 0 when place < list.Count:
                    list[place] = (byte)Next();
                    break;
                case 1 when place < list.Count:
                    list[place] ^= (byte)(1 << Next(8));
                    break;
                case 2:
                    list.InsertRange(place, Enumerable.Range(0, 4 * Next(8)).Select(_ => (byte)Next()));
                    break;
                case 3 when place < list.Count:
                    list.RemoveRange(place, Next(list.Count - place + 1));
                    break;
                default:
                    list.AddRange(list.ToArray());
                    break;
            }
        }

        // Half of them with a length that fits, so that more than the first check is tried.
        if (list.Count is > 20 and < 65536 && Next(2) == 0)
        {
            (list[2], list[3]) = ((byte)((list.Count - 20) >> 8), (byte)(list.Count - 20));
        }

        return [.. list.Take(longest)];
    }

    private uint Next()
    {
        if (at == block.Length)
        {
            block = SHA256.HashData(block);
            at = 0;
        }

        var value = BitConverter.ToUInt32(block, at);
        at += 4;
        return value;
    }
}
