using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Core.Rounds;
using Tongxin.Grid.Contracts;
using Tongxin.Grid.Data;
using Tongxin.Grid.RecordVisit;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Grid.OpenRound;

internal sealed class RoundDesk(
    TongxinDb db, OpenRound open, FreezeRound freeze, RecordOutcomes record, OutcomeWriter writer, CloseRound.CloseRound close, IHouseholds households) : IRoundDesk
{
    public async Task<Result<Guid>> OpenDoorKnockAsync(string title, DateTimeOffset? startedAt, DateTimeOffset dueAt, Actor actor, CancellationToken ct)
    {
        var opened = await open.ExecuteAsync(new OpenRoundRequest(title, dueAt, [], [], startedAt), actor, ct);
        return opened.IsFailure ? opened.Error : opened.Value.Id;
    }

    public async Task<int> EnterAsync(Guid roundId, IReadOnlyList<DoorFact> facts, Actor actor, CancellationToken ct)
    {
        var taken = 0;
        foreach (var some in facts.Chunk(RecordOutcomes.MostItems))
        {
            var answers = await record.ExecuteAsync(
                [.. some.Select(f => new OutcomeItem(f.Id, roundId, f.HouseholdId, f.Kind, Channel.Paper, f.SeenAt, Reason: f.Reason))], actor, ct);
            taken += answers.Count(a => a.Verdict == ItemVerdict.Recorded);
        }
        return taken;
    }

    public async Task<Result<RoundOpening>> OpenAsync(NewRound round, Actor actor, CancellationToken ct)
    {
        if (freeze.Check(round.Title, round.DueAt, round.StartedAt) is { IsFailure: true } refused) return refused.Error;
        if (round.Targets.Count == 0) return GridErrors.RoundEmpty();
        await using var own = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        var cells = await db.Set<CellHousehold>().AsNoTracking().ToDictionaryAsync(c => c.HouseholdId, c => c.CellId, ct);
        var homes = (await households.ListAsync(null, ct)).ToDictionary(h => h.Id, h => (h.PlaceId, h.PlacePath));
        var opened = await freeze.ExecuteAsync(new RoundFacts(round.Kind, round.Title, PolicyOf(round.Kind), round.DueAt, round.StartedAt), [.. round.Targets.Select(Freeze)], actor, ct);
        if (own is not null) await own.CommitAsync(ct);
        return new RoundOpening(opened.Id, opened.Number);

        Frozen Freeze(NewTarget target) => target.HouseholdId is { } home && homes.TryGetValue(home, out var at)
            ? new Frozen(round.TargetKind, target.Id, cells.GetValueOrDefault(home, Cell.ReserveId), at.PlaceId, at.PlacePath, target.Label, target.SortKey)
            : new Frozen(round.TargetKind, target.Id, Cell.ReserveId, Guid.Empty, "", target.Label, target.SortKey);
    }

    public async Task<IReadOnlyList<FactVerdict>> RecordAsync(Guid roundId, IReadOnlyList<RoundFact> facts, Actor actor, CancellationToken ct)
    {
        if (db.Database.CurrentTransaction is null) throw new InvalidOperationException("Facts of a round belong in the caller's transaction.");
        var written = await writer.EnterAsync(
            roundId, [.. facts.Select(f => new OutcomeItem(f.Id, roundId, f.TargetId, f.Kind, f.Channel, f.SeenAt, f.Corrects, f.Reason) { By = f.By })], actor, ct);
        return [.. written.Answers.Zip(facts, (answer, fact) => new FactVerdict(
            answer.Id, answer.Verdict == ItemVerdict.Recorded, answer.Error, written.Standing.TryGetValue(fact.TargetId, out var status) ? status : null))];
    }

    public Task<Result> CloseAsync(Guid roundId, string? reason, Actor actor, CancellationToken ct) => close.OfOtherKindAsync(roundId, reason, actor, ct);

    private static RoundPolicy PolicyOf(RoundKind kind) => kind switch
    {
        RoundKind.Testing => RoundPolicy.Testing,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "This kind of round opens by its own way."),
    };
}
