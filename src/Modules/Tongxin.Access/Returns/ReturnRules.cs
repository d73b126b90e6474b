using Microsoft.EntityFrameworkCore;
using Tongxin.Access.Returns.Data;
using Tongxin.Core.Common;
using Tongxin.Core.Protocols;
using Tongxin.Core.Returns;
using Tongxin.Platform.Data;

namespace Tongxin.Access.Returns;

/// <summary>By what is decided: an edition and a list of areas, on a day.</summary>
internal sealed record ReturnRuleSet(Edition? Edition, Guid? RiskListId, RiskMap Areas, DateOnly Today)
{
    public ReturnDecision Decide(ReturnJourney journey) => ReturnDecider.Decide(journey, Areas, Edition, Today);
}

/// <summary>Reads what decides, and writes down what it decided.</summary>
internal sealed class ReturnRules(TongxinDb db, ReturnMoves moves, Seats seats, SecretBox box, TimeProvider clock)
{
    public Task<ReturnRuleSet> OfAsync(ReturnSeason season, CancellationToken ct) => OfAsync(season.EditionId, season.RiskListId, ct);

    public async Task<ReturnRuleSet> OfAsync(string? edition, Guid? list, CancellationToken ct)
    {
        var areas = list is null ? [] : await db.Set<RiskListArea>().AsNoTracking().Where(a => a.ListId == list).ToListAsync(ct);
        return new ReturnRuleSet(Editions.Find(edition), list, new RiskMap(areas.Select(a => a.Area)), CampusCalendar.DayOf(clock.GetUtcNow()));
    }

    /// <summary>
    /// Decides about a record and moves it. The first decision after a declaration always counts; a later one that asks the same as before
    /// leaves no trace. Who may not come any more gives the slot back. Call within a transaction that holds the season.
    /// </summary>
    /// <returns>Whether what is asked of the person changed.</returns>
    public async Task<bool> RuleAsync(ReturnRecord record, ReturnRuleSet rules, CancellationToken ct)
    {
        var journey = record.Journey(box);
        var decision = rules.Decide(journey);
        var first = record.State == ReturnState.Declared;
        var same = record.RulingId is not null && decision.AsksTheSameAs(record.Outcome.GetValueOrDefault(), record.Until) && decision.Regime == record.Regime;
        if (!first && (same || record.State is not (ReturnState.Decided or ReturnState.Booked))) return false;

        var ruling = ReturnRuling.Of(record.Id, journey, decision, rules.Edition?.ContentHash, rules.RiskListId, box, clock.GetUtcNow());
        db.Add(ruling);
        record.Rule(ruling);
        Must(moves.Step(record, first ? ReturnStep.Decide : ReturnStep.DecideAgain, ReturnDoer.Rules, $"{decision.Outcome}"));
        if (!decision.MayCome && record.State == ReturnState.Booked) await seats.ReleaseAsync(record, ReturnDoer.Rules, "not-yet", ct);
        if (!decision.MayCome) await seats.StopWaitingAsync(record, ct);
        if (!same) moves.Tell(record, $"note.{decision.Outcome}", decision.Until?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        return !same;
    }

    internal static void Must(Result result)
    {
        if (result.IsFailure) throw new InvalidOperationException($"{result.Error.Code} {string.Join(' ', result.Error.Args)}");
    }
}
