using Tongxin.Platform.Data;

namespace Tongxin.Grid.Contracts;

/// <summary>
/// Facts of a round and figures that are signed for an instant come one after the other. Whoever writes facts shares the round's turn until
/// the commit and reads the clock once it has it; whoever signs holds it alone and reads the clock then: what is stamped earlier is there,
/// and whatever comes is stamped later.
/// </summary>
public static class RoundTurn
{
    /// <summary>Before facts of these rounds are stamped; in the caller's transaction.</summary>
    public static async Task ShareAsync(TongxinDb db, IEnumerable<Guid> rounds, CancellationToken ct)
    {
        foreach (var round in rounds.Distinct().Select(Name).Order(StringComparer.Ordinal)) await db.Dialect.ShareAsync(db, round, ct);
    }

    /// <summary>Waits until nobody writes facts of the round, and keeps them waiting until the end of the caller's transaction.</summary>
    public static Task HoldAsync(TongxinDb db, Guid round, CancellationToken ct) => db.Dialect.HoldAsync(db, Name(round), ct);

    /// <summary>Whole microseconds: what both databases keep, and finer than any two who come one after the other.</summary>
    public static DateTimeOffset Stamp(TimeProvider clock) =>
        new(clock.GetUtcNow().UtcTicks / TimeSpan.TicksPerMicrosecond * TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);

    private static string Name(Guid round) => $"grid.turn:{round:N}";
}
