using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Sampling.Pools;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Platform.Ui.Tables;
using Tongxin.Screening.Rounds;
using Tongxin.Screening.Sites;
using Tongxin.Screening.Sites.Data;
using Tongxin.Screening.Tubes.Data;

namespace Tongxin.Screening.Tubes;

/// <summary>A tube as the list shows it.</summary>
/// <param name="IsSplit">Its household is in another household tube too.</param>
internal sealed record TubeLine(TubeRow Tube, string? Site, int? Table, bool IsSplit);

/// <summary>Tubes of a round by stage, and how many somebody has to look at.</summary>
internal sealed record TubeTotals(IReadOnlyDictionary<TubeStage, int> ByStage, int ToLook)
{
    public int All => ByStage.Values.Sum();

    public int Of(params TubeStage[] stages) => stages.Sum(s => ByStage.GetValueOrDefault(s));
}

/// <summary>A page of the tubes that were asked for, and the figures of all.</summary>
/// <param name="Total">How many were asked for.</param>
internal sealed record TubeList(TubeTotals Totals, IReadOnlyList<TubeLine> Rows, int Total);

/// <summary>Somebody in a tube.</summary>
/// <param name="Place">Place in the tube from 1; 0 for somebody only said to be in it.</param>
/// <param name="Taken">Removed by a correction.</param>
internal sealed record TubePerson(TubeMember Member, int Place, string Name, string? Household, TestRow? Test);

/// <summary>One tube with all that is known of it.</summary>
/// <param name="Split">The other household tubes of its household.</param>
internal sealed record TubeView(
    TubeRow Row, IReadOnlyList<string> Split, TubeState State, string? Site, int? Table, IReadOnlyList<TubePerson> People, IReadOnlyList<TubeFact> Facts, IReadOnlyDictionary<Guid, string> Names);

/// <summary>Tubes for the office, within the reach of whoever looks.</summary>
internal sealed class ReadTubes(TongxinDb db, SplitHouseholds split, SiteSight sight, IPersons persons, ReadWho who)
{
    public static readonly TableDefaults Defaults = new("-opened", FilterKeys: ["stage", "site", "look"]);

    public async Task<TubeList> ListAsync(Guid round, TableQuery query, Actor actor, CancellationToken ct)
    {
        var found = await VisibleAsync(round, actor, ct);
        var codes = await split.CodesAsync(round, ct);
        var stages = await found.GroupBy(t => t.Stage).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        var totals = new TubeTotals(stages, await ToLook(found, codes).CountAsync(ct));
        if (query.Q.Length > 0)
        {
            var code = TubeCode.Read(query.Q);
            found = found.Where(t => t.Code.Contains(code) || (t.BoxCode != null && t.BoxCode.Contains(code)));
        }
        if (Enum.TryParse<TubeStage>(query.Filter("stage"), out var stage) && Enum.IsDefined(stage)) found = found.Where(t => t.Stage == stage);
        if (Guid.TryParse(query.Filter("site"), out var site)) found = found.Where(t => t.SiteId == site);
        if (query.Filter("look") is not null) found = ToLook(found, codes);
        var total = await found.CountAsync(ct);
        var ordered = (query.Sort, query.Descending) switch
        {
            ("code", false) => found.OrderBy(t => t.Code),
            ("code", true) => found.OrderByDescending(t => t.Code),
            ("members", false) => found.OrderBy(t => t.Members),
            ("members", true) => found.OrderByDescending(t => t.Members),
            (_, false) => found.OrderBy(t => t.OpenedAt),
            _ => found.OrderByDescending(t => t.OpenedAt),
        };
        var rows = await ordered.ThenBy(t => t.Code).Skip(query.Skip).Take(query.Size).ToListAsync(ct);
        var names = await SiteNamesAsync(ct);
        var numbers = await TableNumbersAsync([.. rows.Select(r => r.TableId).OfType<Guid>().Distinct()], ct);
        return new TubeList(totals, [.. rows.Select(t => new TubeLine(t, Name(names, t.SiteId), Number(numbers, t.TableId), codes.Contains(t.Code)))], total);
    }

    /// <summary>One tube; null when there is none within reach.</summary>
    public async Task<TubeView?> FindAsync(string code, Actor actor, CancellationToken ct)
    {
        var row = await db.Set<TubeRow>().AsNoTracking().SingleOrDefaultAsync(t => t.Code == TubeCode.Read(code), ct);
        if (row is null || !await IsVisibleAsync(row, actor, ct)) return null;
        var facts = (await db.Set<TubeFactRow>().AsNoTracking().Where(f => f.TubeCode == row.Code).OrderBy(f => f.ReceivedAt).ThenBy(f => f.SeenAt).ThenBy(f => f.Id).ToListAsync(ct)).ConvertAll(f => f.ToFact());
        var state = TubeFold.Of(row.Code, facts);
        var names = await who.NamesAsync(facts.SelectMany(f => new[] { f.PersonId, f.By, f.Witness }), ct);

        var inside = state.Members.Select((m, i) => (Member: m, Place: i + 1)).Concat(state.Contested.Select(m => (Member: m, Place: 0))).ToList();
        var people = inside.Select(m => m.Member.PersonId).ToList();
        var tests = (await db.Set<TestRow>().AsNoTracking().Where(t => people.Contains(t.PersonId)).ToListAsync(ct)).ToDictionary(t => (t.RoundId, t.PersonId));
        var homes = (await persons.FindAsync(people, ct)).DistinctBy(p => p.Id).ToDictionary(p => p.Id, p => p.HouseholdLabel);
        return new TubeView(
            row, await split.BesideAsync(row, ct), state, Name(await SiteNamesAsync(ct), row.SiteId), Number(await TableNumbersAsync(row.TableId is { } table ? [table] : [], ct), row.TableId),
            [.. inside.Select(m => new TubePerson(
                m.Member, m.Place, names.GetValueOrDefault(m.Member.PersonId) ?? "", homes.GetValueOrDefault(m.Member.PersonId), tests.GetValueOrDefault((m.Member.RoundId, m.Member.PersonId))))],
            facts, names);
    }

    /// <summary>Sites that can be chosen from.</summary>
    public async Task<IReadOnlyList<(Guid Id, string Name)>> SitesAsync(Actor actor, CancellationToken ct) =>
        [.. (await sight.SitesAsync(actor, TubePermissions.Read, ct)).Select(s => (s.Id, s.Name))];

    /// <summary>Tubes of a round at sites within reach.</summary>
    public async Task<IQueryable<TubeRow>> VisibleAsync(Guid round, Actor actor, CancellationToken ct, string permission = TubePermissions.Read)
    {
        var tubes = db.Set<TubeRow>().AsNoTracking().Where(t => t.RoundId == round);
        if (actor.ScopeOf(permission).Everything) return tubes;
        var own = await OwnAsync(actor, permission, ct);
        return tubes.Where(t => t.SiteId != null && own.Contains(t.SiteId));
    }

    private async Task<bool> IsVisibleAsync(TubeRow row, Actor actor, CancellationToken ct) =>
        actor.ScopeOf(TubePermissions.Read).Everything || (row.SiteId is { } site && (await OwnAsync(actor, TubePermissions.Read, ct)).Contains(site));

    private async Task<List<Guid?>> OwnAsync(Actor actor, string permission, CancellationToken ct)
    {
        var inside = await sight.InsideAsync(actor, permission, ct);
        return [.. (await db.Set<TestingSite>().AsNoTracking().Select(s => new { s.Id, s.PlaceId }).ToListAsync(ct)).Where(s => inside(s.PlaceId)).Select(s => (Guid?)s.Id)];
    }

    private static IQueryable<TubeRow> ToLook(IQueryable<TubeRow> tubes, IReadOnlyCollection<string> split) =>
        tubes.Where(t => t.IsCollided || t.IsInDoubt || t.Contested > 0 || split.Contains(t.Code));

    private Task<Dictionary<Guid, string>> SiteNamesAsync(CancellationToken ct) => db.Set<TestingSite>().Select(s => new { s.Id, s.Name }).ToDictionaryAsync(s => s.Id, s => s.Name, ct);

    private Task<Dictionary<Guid, int>> TableNumbersAsync(List<Guid> ids, CancellationToken ct) =>
        db.Set<SiteTable>().Where(t => ids.Contains(t.Id)).Select(t => new { t.Id, t.Number }).ToDictionaryAsync(t => t.Id, t => t.Number, ct);

    private static string? Name(Dictionary<Guid, string> names, Guid? id) => id is { } known ? names.GetValueOrDefault(known) : null;

    private static int? Number(Dictionary<Guid, int> numbers, Guid? id) => id is { } known && numbers.TryGetValue(known, out var number) ? number : null;
}
