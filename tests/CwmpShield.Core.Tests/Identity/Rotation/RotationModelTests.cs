using CwmpShield.Core.Identity.Rotation;

namespace CwmpShield.Core.Tests.Identity.Rotation;

/// <summary>
/// A device and the gateway's state side by side, through every sequence of sessions, orders, answers, losses and restarts of a length:
/// whatever happens, the device gets in with what it has, and what it has given up gets in no more.
/// </summary>
public sealed class RotationModelTests
{
    private static readonly bool[] Either = [false, true];
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private enum Fate
    {
        NoOrder,
        Applied,
        AppliedLater,
        Fault,
        Dropped,
        LostAndApplied,
        LostAndNot,
        NodeLostAndApplied,
        NodeLostAndNot,
    }

    [Fact]
    public void Never_locks_a_device_out_and_never_lets_a_given_up_secret_in()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Queue<World>([new World(new RotatingCredential { Current = Secret(0) }, Has: 0, Later: null)]);
        while (open.TryDequeue(out var world))
        {
            foreach (var next in Played(world).Select(Renumbered).Where(next => seen.Add(Describe(next))))
            {
                open.Enqueue(next);
            }
        }

        // Every state that can be reached, told apart by the order in which its secrets were made.
        Assert.InRange(seen.Count, 10, 1_000);
    }

    /// <summary>Every session that may come next.</summary>
    private static IEnumerable<World> Played(World world)
    {
        var login = world.State.LoginsAt(Now).FirstOrDefault(one => Number(one.Credential) == world.Has);
        Assert.True(login.Credential is not null, $"locked out: {Describe(world)}");
        Assert.InRange(world.State.LoginsAt(Now).Count(), 1, 3);
        return from first in Enum.GetValues<Fate>()
               from second in Ends(first) || first == Fate.NoOrder ? [Fate.NoOrder] : Enum.GetValues<Fate>()
               from restarts in Either
               select Session(world, login.Slot, first, second, restarts);
    }

    /// <summary>The same world with its secrets numbered from 0.</summary>
    private static World Renumbered(World world)
    {
        List<DeviceCredential?> all = [world.State.Pending, world.State.Acknowledged, world.State.Current];
        int?[] used = [.. all.Select(one => one is null ? (int?)null : Number(one)), world.Has, world.Later];
        var order = used.OfType<int>().Distinct().Order().ToList();
        DeviceCredential? Again(DeviceCredential? old) => old is null ? null : Secret(order.IndexOf(Number(old)));
        return new World(
            new RotatingCredential { Pending = Again(all[0]), Acknowledged = Again(all[1]), Current = Again(all[2]) },
            order.IndexOf(world.Has),
            world.Later is { } later ? order.IndexOf(later) : null);
    }

    private static World Session(World world, CredentialSlot slot, Fate first, Fate second, bool restarts)
    {
        var start = world;
        world = Order(Order(world, start.Has, first), start.Has, second);
        if (!Ends(first) && !Ends(second))
        {
            // :: A whole session: what it logged in with is proven, and what is older is not good any more.
            world = world with { State = world.State.Used(new SessionCredential(Secret(start.Has))) };
            Assert.True(
                slot == CredentialSlot.Current || world.State.LoginsAt(Now).All(one => Number(one.Credential) >= start.Has),
                $"older than {start.Has} is good: {Describe(world)}");
        }

        return restarts && world.Later is { } later ? world with { Has = later, Later = null } : world;
    }

    private static World Order(World world, int used, Fate fate)
    {
        if (fate == Fate.NoOrder)
        {
            return world;
        }

        // What the device will apply later and another order that is lost: the issue keeps one pending one, so an ACS's third is not played.
        var number = 1 + world.State.LoginsAt(Now).Select(one => Number(one.Credential)).Append(world.Has).Append(world.Later ?? 0).Max();
        var next = Secret(number);
        var session = new SessionCredential(Secret(used));
        var before = world.State;
        var ordered = world with { State = before.Ordered(next, session) };
        return fate switch
        {
            Fate.Applied => ordered with { State = ordered.State.Confirmed(next, session), Has = number, Later = null },
            Fate.AppliedLater => ordered with { State = ordered.State.Committed(next, session), Later = number },
            Fate.Fault or Fate.Dropped => ordered with { State = ordered.State.Cancelled(next, before.Pending) },
            Fate.LostAndApplied or Fate.NodeLostAndApplied => ordered with { Has = number, Later = null },
            _ => ordered with { Later = StillKnown(ordered, world.Later) },
        };
    }

    /// <summary>A later one that the state has had to let go is one that the device is taken to have dropped too.</summary>
    private static int? StillKnown(World world, int? later) =>
        later is { } number && world.State.LoginsAt(Now).Any(one => Number(one.Credential) == number) ? later : null;

    private static bool Ends(Fate fate) => fate is Fate.LostAndApplied or Fate.LostAndNot or Fate.NodeLostAndApplied or Fate.NodeLostAndNot;

    private static DeviceCredential Secret(int number) => RotatingCredentialTests.Credential(FormattableString.Invariant($"{number}"));

    private static int Number(DeviceCredential credential) => int.Parse(RotatingCredentialTests.Text(credential), System.Globalization.CultureInfo.InvariantCulture);

    private static string Describe(World world) => 
        $"device has {world.Has}, later {world.Later}: " + string.Join(' ', world.State.LoginsAt(Now).Select(one => $"{one.Slot}:{Number(one.Credential)}"));

    /// <summary>The gateway's state, and what the device has now and after its restart.</summary>
    private sealed record World(RotatingCredential State, int Has, int? Later);
}
