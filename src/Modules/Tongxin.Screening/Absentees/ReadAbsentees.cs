using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Rounds;
using Tongxin.Core.Sampling;
using Tongxin.Grid.Contracts;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Screening.Absentees.Data;
using Tongxin.Screening.Booking.Data;
using Tongxin.Screening.Rounds;
using Tongxin.Screening.Rounds.Data;
using Tongxin.Workforce.Contracts;

namespace Tongxin.Screening.Absentees;

/// <summary>Which of the missing are shown.</summary>
internal enum AbsentFilter
{
    /// <summary>Still missing.</summary>
    Missing,

    /// <summary>Missing, and nobody has called or visited.</summary>
    Untried,

    /// <summary>Excused.</summary>
    Excused,

    /// <summary>Called, visited or arranged, wherever they stand now.</summary>
    Chased,

    /// <summary>Everybody who is or was missing: what the sheet holds.</summary>
    All,
}

/// <summary>Where somebody stands by the steps that were noted: the last contact, the last arrangement, the last reason.</summary>
internal sealed record AbsentState(AbsentStep? Contact, AbsentStep? Arranged, AbsentStep? Reasoned)
{
    public static AbsentState None { get; } = new(null, null, null);

    /// <summary>The arrangement in force; null: none.</summary>
    public AbsentArrangement? Arrangement => Arranged?.Arrangement is { } known and not AbsentArrangement.Open ? known : null;

    /// <summary>Steps by their time on the server's clock; at the same time by id.</summary>
    public static AbsentState Of(IEnumerable<AbsentStep> steps)
    {
        var inOrder = steps.OrderBy(s => s.At).ThenBy(s => s.Id).ToList();
        return new AbsentState(inOrder.FindLast(s => s.Contact is not null), inOrder.FindLast(s => s.Arrangement is not null), inOrder.FindLast(s => s.ReasonText is not null));
    }
}

/// <summary>Somebody who is missing, or was.</summary>
/// <param name="FinishedAt">When sampled or excused; null: still missing.</param>
internal sealed record AbsentRow(TargetView Target, string Name, string Cell, string? Captain, SamplingLane Lane, AbsentState State, string? Responsible, DateTimeOffset? SlotUntil)
{
    public Guid PersonId => Target.Id;

    public DateTimeOffset? FinishedAt => Target.Status == TargetStatus.Outstanding ? null : Target.LastSeenAt;
}

/// <summary>A part of the list.</summary>
internal sealed record AbsentRows(TestingView View, IReadOnlyList<AbsentRow> Rows, int Total, IReadOnlyList<CellView> Cells);

/// <summary>One of them with all steps, newest first.</summary>
internal sealed record AbsentView(TestingView View, AbsentRow Row, string? PhoneMasked, IReadOnlyList<(AbsentStep Step, string? By, string? Responsible)> Steps, IReadOnlyList<TeamMemberView> Team);

/// <summary>Which rows are asked for.</summary>
internal sealed record AbsentQuery(Guid RoundId, AbsentFilter Filter = AbsentFilter.Missing, Guid? Cell = null, string? Text = null, int Skip = 0, int Take = 50);

/// <summary>Who is missing in a round, within the actor's reach.</summary>
internal sealed class ReadAbsentees(TongxinDb db, ReadTesting testing, IRounds rounds, ICells cells, ITeams teams, IPersons persons, ReadWho who, ChaseAbsentee chase)
{
    /// <summary>Ids in one query.</summary>
    private const int Chunk = 1000;

    public async Task<AbsentRows?> ListAsync(AbsentQuery query, Actor actor, CancellationToken ct, string permission = AbsentPermissions.Chase)
    {
        if (await testing.FindAsync(query.RoundId, actor, ct, permission) is not { } view) return null;
        var reach = await rounds.ReachAsync(actor, permission, ct);
        var page = await PageAsync(query, reach, ct);
        var known = (await cells.ListAsync(ct)).Where(c => reach.Everything || reach.Cells.Count == 0 || reach.Cells.Contains(c.Id)).ToList();
        return new AbsentRows(view, await RowsAsync(query.RoundId, page.Rows, ct), page.Total, known);
    }

    public async Task<AbsentView?> FindAsync(Guid round, Guid person, Actor actor, CancellationToken ct)
    {
        if (await testing.FindAsync(round, actor, ct, AbsentPermissions.Chase) is not { } view) return null;
        var reach = await rounds.ReachAsync(actor, AbsentPermissions.Chase, ct);
        var target = (await rounds.StatesAsync(round, [person], ct)).GetValueOrDefault(person);
        if (target is null || !reach.Admits(target.CellId, target.PlacePath)) return null;
        if ((await RowsAsync(round, [target], ct)) is not [var row]) return null;
        var steps = await db.Set<AbsentStep>().AsNoTracking().Where(s => s.RoundId == round && s.PersonId == person).ToListAsync(ct);
        var names = await who.NamesAsync(steps.SelectMany(s => new[] { s.ById, s.ResponsibleId, s.AccountId }), ct);
        var phone = (await persons.MaskedPhonesAsync([person], ct)).GetValueOrDefault(person);
        return new AbsentView(
            view, row, phone,
            [.. steps.OrderByDescending(s => s.At).ThenByDescending(s => s.Id).Select(s => (s, names.GetValueOrDefault(s.ById ?? s.AccountId), s.ResponsibleId is { } named ? names.GetValueOrDefault(named) : null))],
            await chase.TeamAsync(target.CellId, ct));
    }

    /// <summary>Whom the last arrangement sends home sampling to.</summary>
    public async Task<IReadOnlySet<Guid>> ArrangedHomeAsync(Guid round, CancellationToken ct)
    {
        var steps = await db.Set<AbsentStep>().AsNoTracking().Where(s => s.RoundId == round && s.Arrangement != null).ToListAsync(ct);
        return steps.GroupBy(s => s.PersonId).Where(g => AbsentState.Of(g).Arrangement == AbsentArrangement.Home).Select(g => g.Key).ToHashSet();
    }

    /// <summary>The steps of the named persons.</summary>
    public async Task<ILookup<Guid, AbsentStep>> StepsAsync(Guid round, IReadOnlyCollection<Guid> people, CancellationToken ct)
    {
        var found = new List<AbsentStep>();
        foreach (var some in people.Distinct().Chunk(Chunk))
            found.AddRange(await db.Set<AbsentStep>().AsNoTracking().Where(s => s.RoundId == round && some.Contains(s.PersonId)).ToListAsync(ct));
        return found.ToLookup(s => s.PersonId);
    }

    private async Task<TargetPage> PageAsync(AbsentQuery query, RoundReach reach, CancellationToken ct)
    {
        var basis = new TargetQuery(query.RoundId, CellId: query.Cell, Text: query.Text, Skip: query.Skip, Take: query.Take);
        if (query.Filter is AbsentFilter.Missing or AbsentFilter.Excused)
            return await rounds.TargetsAsync(basis with { Status = query.Filter == AbsentFilter.Missing ? TargetStatus.Outstanding : TargetStatus.Excused }, reach, ct);

        var chased = await db.Set<AbsentStep>().Where(s => s.RoundId == query.RoundId).Select(s => s.PersonId).Distinct().ToListAsync(ct);
        return await rounds.TargetsAsync(query.Filter switch
        {
            AbsentFilter.Untried => basis with { Status = TargetStatus.Outstanding, Except = chased },
            AbsentFilter.Chased => basis with { Only = chased },
            _ => basis with { NotDone = true, Also = chased },
        }, reach, ct);
    }

    private async Task<IReadOnlyList<AbsentRow>> RowsAsync(Guid round, IReadOnlyList<TargetView> targets, CancellationToken ct)
    {
        var ids = targets.Select(t => t.Id).ToList();
        var steps = await StepsAsync(round, ids, ct);
        var lanes = new Dictionary<Guid, SamplingLane>();
        var slots = new Dictionary<Guid, DateTimeOffset>();
        foreach (var some in ids.Chunk(Chunk))
        {
            foreach (var member in await db.Set<Member>().AsNoTracking().Where(m => m.RoundId == round && some.Contains(m.PersonId)).Select(m => new { m.PersonId, m.Lane }).ToListAsync(ct)) lanes[member.PersonId] = member.Lane;
            var booked = await (
                from booking in db.Set<SlotBooking>()
                join slot in db.Set<Slot>() on booking.SlotId equals (Guid?)slot.Id
                where booking.RoundId == round && some.Contains(booking.PersonId)
                select new { booking.PersonId, slot.Until }).ToListAsync(ct);
            foreach (var one in booked) slots[one.PersonId] = one.Until;
        }
        var names = await who.NamesAsync(ids.Select(i => (Guid?)i).Concat(steps.SelectMany(g => g).Select(s => s.ResponsibleId)), ct);
        var ofCells = (await cells.ListAsync(ct)).ToDictionary(c => c.Id);
        var ofTeams = (await teams.ListAsync(ct)).ToDictionary(t => t.Id);
        return [.. targets.Where(t => lanes.ContainsKey(t.Id)).Select(t =>
        {
            var state = AbsentState.Of(steps[t.Id]);
            var cell = ofCells.GetValueOrDefault(t.CellId);
            var captain = cell?.TeamId is { } team ? ofTeams.GetValueOrDefault(team)?.Captain?.Name : null;
            var responsible = state.Arrangement is not null && state.Arranged?.ResponsibleId is { } named ? names.GetValueOrDefault(named) : null;
            return new AbsentRow(
                t, names.GetValueOrDefault(t.Id) ?? "", cell?.Name ?? "", captain, lanes[t.Id], state, responsible, slots.TryGetValue(t.Id, out var until) ? until : null);
        })];
    }
}
