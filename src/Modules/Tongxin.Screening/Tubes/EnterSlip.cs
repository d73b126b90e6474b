using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Core.Sampling.Pools;
using Tongxin.Grid.Contracts;
using Tongxin.People.Contracts;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Screening.Rounds.Data;
using Tongxin.Screening.Sites;
using Tongxin.Screening.Tubes.Data;

namespace Tongxin.Screening.Tubes;

/// <summary>A paper slip as it is typed.</summary>
/// <param name="At">When the first of them was sampled.</param>
/// <param name="People">One in a line, in the order of the slip: "room name", a name that only one has, or a number.</param>
/// <param name="Second">Who checked the typed against the paper: a name or number of the register, not the typist.</param>
internal sealed record Slip(string? Code, int Size, Guid? Site, Guid? Table, DateTimeOffset? At, string? People, string? Second);

/// <summary>What is wrong with a slip, and where.</summary>
/// <param name="Line">Of the people, from 1; 0: another field.</param>
internal sealed record SlipFault(int Line, string Text, Error Error);

/// <summary>
/// Tubes of a day without phones, typed from the slips: opened, filled and closed as the paper says, with the names of the typist and of
/// who checked it. All of a slip or nothing. A tube that the system knows already is put right on its own page, not typed again.
/// </summary>
internal sealed class EnterSlip(TongxinDb db, FindOnRoll roll, IRounds rounds, IPersons persons, SiteSight sight, TubeWriter writer, TimeProvider clock)
{
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);

    /// <summary>The round, with its sites within reach and their tables; null: not there for the actor.</summary>
    public async Task<(RoundView Round, int PoolSize, IReadOnlyList<(Guid Id, string Name)> Sites, IReadOnlyList<(Guid Id, Guid Site, int Number)> Tables)?> FormAsync(Guid round, Actor actor, CancellationToken ct)
    {
        if (await rounds.FindAsync(round, await rounds.ReachAsync(actor, TubePermissions.Enter, ct), ct) is not { Kind: RoundKind.Testing } view) return null;
        if (await db.Set<TestingRound>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == round, ct) is not { } testing) return null;
        var sites = await sight.SitesAsync(actor, TubePermissions.Enter, ct);
        var tables = await sight.TablesAsync([.. sites.Select(s => s.Id)], ct);
        return (view, testing.PoolSize, [.. sites.Select(s => (s.Id, s.Name))], [.. sites.SelectMany(s => tables[s.Id].Select(t => (t.Id, s.Id, t.Number)))]);
    }

    /// <summary>Stores a slip. Commits. Empty: it is stored; otherwise everything that is wrong, and nothing is stored.</summary>
    public async Task<IReadOnlyList<SlipFault>> ExecuteAsync(Guid round, Slip slip, Actor actor, CancellationToken ct)
    {
        if (await FormAsync(round, actor, ct) is not { } form) return [new(0, "", TubeErrors.NotFound)];
        var faults = new List<SlipFault>();
        var code = TubeCode.Read(slip.Code);
        if (slip.Site is not { } site || !form.Sites.Any(s => s.Id == site)) faults.Add(new(0, "", TubeErrors.Site));
        if (slip.Table is { } table && !form.Tables.Any(t => t.Id == table && t.Site == slip.Site)) faults.Add(new(0, "", TubeErrors.Table));
        if (slip.At is null || slip.At > clock.GetUtcNow() + Ahead) faults.Add(new(0, "", TubeErrors.SlipTime));
        var second = await SecondAsync(slip.Second, actor, ct);
        if (second.IsFailure) faults.Add(new(0, slip.Second ?? "", second.Error));
        if (await db.Set<TubeRow>().AnyAsync(t => t.Code == code && t.OpenedAt != null, ct)) faults.Add(new(0, code, PoolErrors.CodeTaken(code)));

        var people = new List<Guid>();
        var lines = (slip.People ?? "").Split('\n', StringSplitOptions.TrimEntries);
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].Length == 0) continue;
            var found = await roll.FindAsync(round, lines[i], actor, TubePermissions.Enter, ct);
            if (found.IsFailure) faults.Add(new(i + 1, lines[i], found.Error));
            else if (people.Contains(found.Value.Id)) faults.Add(new(i + 1, lines[i], PoolErrors.AlreadyIn(code)));
            else people.Add(found.Value.Id);
        }
        if (people.Count == 0 && !faults.Exists(f => f.Line > 0)) faults.Add(new(0, "", TubeErrors.SlipEmpty));
        if (people.Count > slip.Size) faults.Add(new(0, "", PoolErrors.IsFull(code, slip.Size)));
        if (faults.Count > 0) return faults;

        var facts = FactsOf(round, code, slip, people, actor.PersonId ?? actor.AccountId, second.Value).ToList();
        IReadOnlyList<SlipFault> refused = [];
        await writer.WriteAsync([.. facts.Select(f => new TubeItem(f, IsVouched: true))], actor, ct, written =>
        {
            refused = [.. written.Answers.Select(a => a.Error).OfType<Error>().Select(e => new SlipFault(0, code, e))];
            return Task.FromResult(refused.Count == 0);
        });
        return refused;
    }

    private static IEnumerable<TubeFact> FactsOf(Guid round, string code, Slip slip, List<Guid> people, Guid by, Guid second)
    {
        var at = slip.At.GetValueOrDefault();
        // The second name stands at the opening alone: it says who checked the slip, and gives no right to change a closed tube.
        yield return Fact(TubeFactKind.Opened, -1) with { Size = slip.Size, SiteId = slip.Site, TableId = slip.Table, Witness = second };
        for (var i = 0; i < people.Count; i++) yield return Fact(TubeFactKind.Sampled, i) with { PersonId = people[i] };
        yield return Fact(TubeFactKind.Closed, people.Count) with { Members = people.Count };

        TubeFact Fact(TubeFactKind kind, int seconds) => new(Ids.New(), round, code, kind, at.AddSeconds(seconds), at) { By = by };
    }

    private async Task<Result<Guid>> SecondAsync(string? text, Actor actor, CancellationToken ct)
    {
        const int Most = 20;
        var name = (text ?? "").Trim();
        if (name.Length == 0) return TubeErrors.SlipSecond;
        var found = (await persons.SearchAsync(name, Most, ct)).Where(p => p.Name == name || p.Number == name).Select(p => p.Id).Distinct().ToList();
        return found switch
        {
            [var one] when one != actor.PersonId => one,
            { Count: > 1 } => TubeErrors.SeveralSecond,
            _ => TubeErrors.SlipSecond,
        };
    }
}
