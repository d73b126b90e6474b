using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Tongxin.Core.Sampling.Pools;
using Tongxin.Core.Text;
using Tongxin.Grid.Contracts;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Platform.Ui;
using Tongxin.Screening.Registers.Data;
using Tongxin.Screening.Rounds;
using Tongxin.Screening.Sites.Data;
using Tongxin.Screening.Tubes.Data;

namespace Tongxin.Screening.Registers;

/// <summary>《核酸采样登记》: every tube of a round and who is in it, in order; built from the tubes' facts, so it says what they say.</summary>
internal sealed class SampleSheet(
    TongxinDb db, ReadTesting testing, IRounds rounds, IPersons persons, ReadWho who, IStringLocalizer<SheetText> texts, IStringLocalizer<UiText> ui) : ITestingSheet
{
    /// <summary>Ids in one query.</summary>
    private const int Chunk = 500;

    private const int Everybody = 200_000;
    private const string Hidden = "****";

    public string Key => "samples";

    public string Title => "核酸采样登记";

    public IReadOnlyList<string> Headers { get; } = ["轮次", "采样点", "采样台", "试管码", "混采数", "管内序号", "姓名*", "证件后四位*", "楼栋房号", "采样时间", "采样员", "录入员", "备注"];

    public IReadOnlyList<double> Widths { get; } = [14, 16, 8, 18, 8, 9, 12, 12, 16, 18, 12, 12, 20];

    /// <summary>Tubes: one is never torn between two pages.</summary>
    public int PageSize => 20;

    public string UnitKey => "unit.tubes";

    public async Task<SheetView?> ReadAsync(Guid round, int skip, int take, Actor actor, SheetLeave? leave, CancellationToken ct)
    {
        if (await testing.FindAsync(round, actor, ct, SheetPermissions.Read) is not { } view) return null;
        var reach = await rounds.ReachAsync(actor, SheetPermissions.Read, ct);
        var codes = await CodesAsync(round, reach, ct);
        var page = codes.Skip(skip).Take(take).ToList();
        var lines = new List<IReadOnlyList<object?>>();
        foreach (var some in page.Chunk(Chunk)) lines.AddRange(await LinesAsync(view, some, reach, actor, leave, ct));
        return new SheetView(view, lines, codes.Count);
    }

    /// <summary>The tubes of the round that hold somebody within reach: by site, then as they were opened.</summary>
    private async Task<IReadOnlyList<string>> CodesAsync(Guid round, RoundReach reach, CancellationToken ct)
    {
        var tubes = await db.Set<TubeRow>().AsNoTracking().Where(t => t.RoundId == round && t.Members + t.Contested > 0).OrderBy(t => t.SiteId).ThenBy(t => t.OpenedAt).ThenBy(t => t.Code).Select(t => t.Code).ToListAsync(ct);
        if (reach.Everything) return tubes;
        var own = new HashSet<string>(StringComparer.Ordinal);
        var people = (await rounds.TargetsAsync(new TargetQuery(round, Take: Everybody), reach, ct)).Rows.Select(t => (Guid?)t.Id);
        foreach (var some in people.Chunk(Chunk))
            own.UnionWith(await db.Set<TubeFactRow>().Where(f => f.RoundId == round && some.Contains(f.PersonId)).Select(f => f.TubeCode).Distinct().ToListAsync(ct));
        return tubes.FindAll(own.Contains);
    }

    private async Task<IReadOnlyList<IReadOnlyList<object?>>> LinesAsync(TestingView view, string[] codes, RoundReach reach, Actor actor, SheetLeave? leave, CancellationToken ct)
    {
        var facts = (await db.Set<TubeFactRow>().AsNoTracking().Where(f => codes.Contains(f.TubeCode)).ToListAsync(ct)).ConvertAll(f => f.ToFact());
        var byCode = facts.ToLookup(f => f.TubeCode, StringComparer.Ordinal);
        var tubes = codes.Select(c => TubeFold.Of(c, byCode[c])).ToList();
        var people = tubes.SelectMany(t => t.Members.Concat(t.Contested)).Select(m => m.PersonId).Distinct().ToList();
        var states = await rounds.StatesAsync(view.Round.Id, people, ct);
        var homes = (await persons.FindAsync([.. people.Where(p => !states.ContainsKey(p))], ct)).DistinctBy(p => p.Id).ToDictionary(p => p.Id, p => p.HouseholdLabel);
        var clerks = facts.Where(f => f.Kind == TubeFactKind.Sampled).ToLookup(f => f.Id, f => f.By);
        var names = await who.NamesAsync([.. people, .. facts.Select(f => f.By), .. tubes.Select(t => t.SamplerId)], ct);
        var sites = await db.Set<TestingSite>().AsNoTracking().ToDictionaryAsync(s => s.Id, s => s.Name, ct);
        var tables = await db.Set<SiteTable>().AsNoTracking().ToDictionaryAsync(t => t.Id, t => t.Number, ct);

        var shown = tubes.SelectMany(tube => tube.Members.Select((m, i) => (Tube: tube, Member: m, Seat: (int?)(i + 1))).Concat(tube.Contested.Select(m => (Tube: tube, Member: m, Seat: (int?)null))))
            // Whoever is not on the roll belongs to nobody's cell.
            .Where(x => states.TryGetValue(x.Member.PersonId, out var at) ? reach.Admits(at.CellId, at.PlacePath) : reach.Everything).ToList();
        var tails = leave is null ? new Dictionary<Guid, string>()
            : await persons.RevealDocumentTailsAsync([.. shown.Select(x => x.Member.PersonId).Distinct()], $"{view.Round.Number}: {leave.Purpose}", actor, ct);
        return [.. shown.Select(x =>
        {
            var (tube, person) = (x.Tube, x.Member.PersonId);
            var name = names.GetValueOrDefault(person);
            return (IReadOnlyList<object?>)
            [
                view.Round.Number,
                tube.SiteId is { } site ? sites.GetValueOrDefault(site) : null,
                tube.TableId is { } table && tables.TryGetValue(table, out var number) ? number : null,
                tube.Code, tube.Size == 0 ? null : tube.Size, x.Seat,
                leave is null ? Mask.Name(name) : name,
                leave is null ? Hidden : tails.GetValueOrDefault(person),
                states.GetValueOrDefault(person)?.Label ?? homes.GetValueOrDefault(person),
                Moments.Full(x.Member.At, ui),
                tube.SamplerId is { } sampler ? names.GetValueOrDefault(sampler) : null,
                clerks[x.Member.FactId].FirstOrDefault() is { } clerk ? names.GetValueOrDefault(clerk) : null,
                Notes(tube, x.Member, x.Seat is null, states.ContainsKey(person)),
            ];
        })];
    }

    private string Notes(TubeState tube, TubeMember member, bool isContested, bool isOnRoll)
    {
        var notes = new List<string>();
        if (tube.Purpose == TubePurpose.Recheck) notes.Add(tube.RecheckOf is { } of ? texts["note.recheck-of", of] : texts["note.recheck"]);
        if (tube.IsCollided) notes.Add(texts["note.collided"]);
        if (isContested) notes.Add(texts["note.contested"]);
        if (tube.Stage == TubeStage.Invalid) notes.Add(texts["note.invalid"]);
        if (!isOnRoll || member.RoundId != tube.RoundId) notes.Add(texts["note.not-on-roll"]);
        return string.Join('；', notes);
    }
}
