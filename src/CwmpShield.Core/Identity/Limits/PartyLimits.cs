using System.Net;
using CwmpShield.Core.Cwmp;

namespace CwmpShield.Core.Identity.Limits;

/// <summary>
/// Bounds log-ins, sessions and bytes of every device and every address, in memory of a fixed size. Generous while log-ins are right,
/// strict once they are wrong. A wrong one counts against the address that it came from and, where many come, makes other addresses
/// that are wrong with the same name wait sooner; it never makes a device wait that is right from an address where nobody was wrong
/// with its name, nor one that has logged in from its address before. Pure but for its tables: the time is an argument, in ticks of a
/// clock that never goes back. Safe for threads; allocates nothing.
/// </summary>
public sealed class PartyLimits
{
    /// <summary>Failures of an IPv6 /48, in those of one /64: whoever has a /48 has 65,536 of them.</summary>
    private const int SiteShare = 32;

    /// <summary>What one name may fail of an address's failures: a device with a wrong password leaves room for its neighbours.</summary>
    private const int NameShare = 4;

    /// <summary>Failures of one address with one name at least, and with a name that is being guessed at from many sides.</summary>
    private const int FailuresWithName = 3;

    private const int QuestionsPerSecond = 200;

    // Behind a device's own address somebody guesses with its name: each in turn, so that the device's turn comes too. An address has
    // 64 connections by default, so all of them have had their turn within the longest wait.
    private static readonly long Pace = TimeSpan.FromMilliseconds(400).Ticks;
    private static readonly long LongestWait = TimeSpan.FromSeconds(26).Ticks;

    private readonly KeyedHash hash = new();
    private readonly LimitSettings settings;
    private readonly long window;
    private readonly DebtTable strangers;
    private readonly DebtTable proven;
    private readonly DebtTable familiar;

    /// <summary>Creates empty tables.</summary>
    public PartyLimits(LimitSettings settings)
    {
        this.settings = settings;
        window = settings.Window.Ticks;
        strangers = new DebtTable(settings.Entries);
        proven = new DebtTable(settings.Entries);
        familiar = new DebtTable(settings.Entries);
    }

    /// <summary>May go on, whatever is owed: for who only counts.</summary>
    public static Admission Granted => Admission.Free;

    /// <summary>Entries in use by kind of table, and what one table can hold.</summary>
    public (int Strangers, int Proven, int Familiar, int Capacity) Usage => (strangers.Used, proven.Used, familiar.Used, strangers.Capacity);

    /// <summary>Somebody who has proven nothing, by his address.</summary>
    public Party OfAddress(IPAddress address)
    {
        var figures = settings.Address;
        for (var i = 0; i < settings.Pools.Count; i++)
        {
            if (settings.Pools[i].Contains(address))
            {
                figures = settings.Pools[i].Figures;
                break;
            }
        }

        return new Party(hash.OfSubscriber(address, Kind.Address), hash.OfSite(address, Kind.Address), figures, isProven: false);
    }

    /// <summary>A device that has proven who it is.</summary>
    public Party OfDevice(DeviceId device) => new(NumberOf(device.Oui, device.ProductClass, device.SerialNumber), 0, settings.Device, isProven: true);

    /// <summary>The holder of a certificate key that names no registered device (yet).</summary>
    public Party OfKey(string spkiSha256) => new(hash.Of(spkiSha256, Kind.Key), 0, settings.Device, isProven: true);

    /// <summary>The number of a name that somebody claims; of the text where no pattern reads a device from it.</summary>
    public ulong ClaimOf(DeviceName? name, string text) =>
        name is null ? hash.Of(text, Kind.Text) : NumberOf(name.Oui ?? "", name.ProductClass ?? "", name.SerialNumber);

    /// <summary>
    /// Admits a log-in to be judged, or doesn't; <see cref="Settle"/> must follow where it does. The place of a failure is taken
    /// beforehand, so that a thousand guesses at one time are no more than one after the other.
    /// </summary>
    public Admission Attempt(in Party party, ulong claim, long now)
    {
        if (party.IsProven)
        {
            var wait = proven.TryCharge(party.Id ^ Of.Failures, Cost(party.Figures.Failures), window, now);
            return wait > 0
                ? Admission.Refused(LimitReason.DeviceFailures, wait)
                : new Admission { IsGranted = true, Hold = AdmissionHold.Party, Pair = party.Id, Claim = claim };
        }

        var pair = hash.Of(party.Id, claim, Kind.Pair);
        return familiar.Debt(pair, now) > 0 ? OfFamiliar(party, pair, claim, now) : OfStranger(party, pair, claim, now);
    }

    /// <summary>Says how a log-in ended that was admitted.</summary>
    public void Settle(in Party party, in Admission admission, AttemptEnd end, long now)
    {
        if (end != AttemptEnd.Failed)
        {
            GiveBack(party, admission);
        }
        else if (admission.Hold is AdmissionHold.Address or AdmissionHold.Pair)
        {
            strangers.Charge(admission.Claim ^ Of.Failures, Cost(settings.Device.Failures), 2 * window, now);
            strangers.Charge(admission.Pair ^ Of.Failures, CostOfName(party), 2 * window, now);
        }

        if (end == AttemptEnd.Succeeded && !party.IsProven && admission.Pair != 0)
        {
            familiar.Keep(admission.Pair, now + settings.Familiarity.Ticks);
        }
    }

    /// <summary>Whether it may be looked up if a party is the last address of the device that it claims to be: once a minute for each, and not too often in all.</summary>
    public bool MayAsk(in Party party, ulong claim, long now) =>
        !party.IsProven
        && strangers.TryCharge(hash.Of(party.Id, claim, Kind.Pair) ^ Of.Questions, TimeSpan.TicksPerMinute, TimeSpan.TicksPerMinute, now) == 0
        && strangers.TryCharge(Of.Questions, TimeSpan.TicksPerSecond / QuestionsPerSecond, TimeSpan.TicksPerSecond, now) == 0;

    /// <summary>Remembers an address as one that a device has logged in from, known from elsewhere; false where it is another address.</summary>
    public bool Recognise(in Party party, ulong claim, IPAddress known, long now)
    {
        if (party.IsProven || party.Id != OfAddress(known).Id)
        {
            return false;
        }

        familiar.Keep(hash.Of(party.Id, claim, Kind.Pair), now + settings.Familiarity.Ticks);
        return true;
    }

    /// <summary>Admits a right log-in of a proven party, or tells it to come later.</summary>
    public Admission LogIn(in Party party, long now) =>
        Take(party, Of.Attempts, party.Figures.Attempts, LimitReason.DeviceAttempts, LimitReason.AddressAttempts, now);

    /// <summary>Admits a session.</summary>
    public Admission Session(in Party party, long now) =>
        Take(party, Of.Sessions, party.Figures.Sessions, LimitReason.DeviceSessions, LimitReason.AddressSessions, now);

    /// <summary>Whether a body may be read.</summary>
    public Admission Body(in Party party, long now)
    {
        var debt = TableOf(party).Debt(party.Id ^ Of.Bytes, now);
        return debt < window
            ? Admission.Free
            : Admission.Refused(party.IsProven ? LimitReason.DeviceBytes : LimitReason.AddressBytes, debt - window + 1);
    }

    /// <summary>Counts a body that was read.</summary>
    public void Sent(in Party party, long bytes, long now)
    {
        if (bytes > 0)
        {
            TableOf(party).Charge(party.Id ^ Of.Bytes, (long)((double)window / party.Figures.Bytes * bytes), 2 * window, now);
        }
    }

    /// <summary>Whether the failures of an address have reached its figure.</summary>
    public bool HasFailed(in Party party, long now) =>
        !party.IsProven && strangers.Debt(party.Id ^ Of.Failures, now) + Cost(party.Figures.Failures) > window;

    private Admission OfFamiliar(in Party party, ulong pair, ulong claim, long now)
    {
        var granted = new Admission { IsGranted = true, Hold = AdmissionHold.Pair, Pair = pair, Claim = claim };
        if (proven.TryCharge(pair ^ Of.Failures, Cost(party.Figures.Failures), window, now) == 0)
        {
            return granted;
        }

        var turn = proven.TryCharge(pair ^ Of.Turns, Pace, LongestWait, now);
        return turn > 0
            ? Admission.Refused(LimitReason.DeviceFailures, turn)
            : granted with { Hold = AdmissionHold.None, Wait = TimeSpan.FromTicks(proven.Debt(pair ^ Of.Turns, now) - Pace) };
    }

    private Admission OfStranger(in Party party, ulong pair, ulong claim, long now)
    {
        var failed = strangers.Debt(pair ^ Of.Failures, now);
        if (failed > 0)
        {
            var cost = CostOfName(party);
            var most = strangers.Debt(claim ^ Of.Failures, now) + Cost(settings.Device.Failures) > window ? FailuresWithName * cost : window;
            if (failed + cost > most)
            {
                return Admission.Refused(LimitReason.NameFailures, failed + cost - most);
            }
        }

        var wait = strangers.TryCharge(party.Id ^ Of.Attempts, Cost(party.Figures.Attempts), window, now);
        if (wait > 0)
        {
            return Admission.Refused(LimitReason.AddressAttempts, wait);
        }

        var failure = Cost(party.Figures.Failures);
        wait = strangers.TryCharge(party.Id ^ Of.Failures, failure, window, now);
        if (wait > 0)
        {
            return Admission.Refused(LimitReason.AddressFailures, wait);
        }

        wait = party.Site == 0 ? 0 : strangers.TryCharge(party.Site ^ Of.Failures, failure / SiteShare, window, now);
        if (wait > 0)
        {
            strangers.Refund(party.Id ^ Of.Failures, failure);
            return Admission.Refused(LimitReason.AddressFailures, wait);
        }

        return new Admission { IsGranted = true, Hold = AdmissionHold.Address, Pair = pair, Claim = claim };
    }

    private void GiveBack(in Party party, in Admission admission)
    {
        var failure = Cost(party.Figures.Failures);
        switch (admission.Hold)
        {
            case AdmissionHold.Address:
                strangers.Refund(party.Id ^ Of.Failures, failure);
                if (party.Site != 0)
                {
                    strangers.Refund(party.Site ^ Of.Failures, failure / SiteShare);
                }

                break;
            case AdmissionHold.Pair or AdmissionHold.Party:
                proven.Refund(admission.Pair ^ Of.Failures, failure);
                break;
        }
    }

    private Admission Take(in Party party, ulong of, int figure, string byDevice, string byAddress, long now)
    {
        var wait = TableOf(party).TryCharge(party.Id ^ of, Cost(figure), window, now);
        return wait == 0 ? Admission.Free : Admission.Refused(party.IsProven ? byDevice : byAddress, wait);
    }

    private DebtTable TableOf(in Party party) => party.IsProven ? proven : strangers;

    private long Cost(int figure) => window / figure;

    private long CostOfName(in Party party) => Cost(Math.Max(FailuresWithName, party.Figures.Failures / NameShare));

    private ulong NumberOf(string oui, string productClass, string serial)
    {
        Span<char> upper = stackalloc char[16];
        var length = oui.AsSpan(0, Math.Min(oui.Length, upper.Length)).ToUpperInvariant(upper);
        var model = hash.Of(hash.Of(upper[..length], Kind.Text), hash.Of(productClass, Kind.Text), Kind.Device);
        return hash.Of(model, hash.Of(serial, Kind.Text), Kind.Device);
    }

    /// <summary>Keeps numbers of different things apart.</summary>
    private static class Kind
    {
        public const byte Address = 1;
        public const byte Device = 2;
        public const byte Key = 3;
        public const byte Text = 4;
        public const byte Pair = 5;
    }

    /// <summary>Keeps what one party owes of each kind apart.</summary>
    private static class Of
    {
        public const ulong Attempts = 0x9E37_79B9_7F4A_7C15;
        public const ulong Failures = 0xC2B2_AE3D_27D4_EB4F;
        public const ulong Sessions = 0x1656_67B1_9E37_79F9;
        public const ulong Bytes = 0x27D4_EB2F_1656_67C5;
        public const ulong Turns = 0x85EB_CA77_C2B2_AE63;
        public const ulong Questions = 0x2545_F491_4F6C_DD1D;
    }
}
