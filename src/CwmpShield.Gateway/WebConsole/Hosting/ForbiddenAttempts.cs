using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.WebConsole.Hosting;

/// <summary>Counts what accounts and tokens tried beyond their role, so that none of them fills the ledger with it.</summary>
internal sealed class ForbiddenAttempts(TimeProvider time)
{
    /// <summary>Attempts of one account or token that are recorded within a minute.</summary>
    public const int MaxPerMinute = 20;

    private const int Capacity = 4096;
    private readonly Lock gate = new();
    private readonly BoundedCache<string, int> counts = new(Capacity, TimeSpan.FromMinutes(1), time);

    /// <summary>Counts one more.</summary>
    /// <param name="name">The account, or the token as <c>token:NAME</c>.</param>
    /// <returns>Which of its minute it is, from 1; null for one too many.</returns>
    public int? Count(string name)
    {
        lock (gate)
        {
            if (!counts.TryGet(name, out var before))
            {
                counts.Set(name, 1);
                return 1;
            }

            if (before >= MaxPerMinute)
            {
                return null;
            }

            counts.Update(name, was => was + 1);
            return before + 1;
        }
    }
}
