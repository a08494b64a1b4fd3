using System.Text.Json;
using CwmpShield.Gateway.Storage;

namespace CwmpShield.Gateway.Inspection;

/// <summary>An operator's word that rules shall only record for a time.</summary>
/// <param name="From">When it was given.</param>
/// <param name="Until">When it ends by itself.</param>
/// <param name="Actor">Who gave it.</param>
/// <param name="Reason">Why.</param>
public sealed record BreakGlassOrder(DateTimeOffset From, DateTimeOffset Until, string Actor, string Reason)
{
    private const string Name = "break-glass";

    /// <summary>The longest time; more needs a new order.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromHours(8);

    /// <summary>Whether it is in force at a time: one that is longer than allowed, or begins later, never is.</summary>
    public bool IsInForce(DateTimeOffset now) => now < Until && From <= now + TimeSpan.FromMinutes(5) && Until - From <= Longest;

    /// <summary>The order in a store, null for none.</summary>
    public static ValueTask<BreakGlassOrder?> FindAsync(Store store, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        return store.ReadAsync(async commands => Read(await commands.ScalarAsync("SELECT value FROM setting WHERE name = @name", ("@name", Name)) as string), cancellationToken);
    }

    /// <summary>Puts an order into a store in place of any other; null takes it away.</summary>
    public static async ValueTask PutAsync(Store store, BreakGlassOrder? order, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        await store.WriteAsync(
            commands => order is null
                ? commands.ExecuteAsync("DELETE FROM setting WHERE name = @name", ("@name", Name))
                : commands.ExecuteAsync(
                    "INSERT INTO setting (name, value) VALUES (@name, @value) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                    ("@name", Name),
                    ("@value", JsonSerializer.Serialize(order))),
            cancellationToken);
    }

    private static BreakGlassOrder? Read(string? text)
    {
        try
        {
            return text is null ? null : JsonSerializer.Deserialize<BreakGlassOrder>(text) is { Actor: not null, Reason: not null } order ? order : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
