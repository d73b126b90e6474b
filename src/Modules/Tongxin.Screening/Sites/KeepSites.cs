using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Core.Sampling;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Screening.Rounds.Data;
using Tongxin.Screening.Sites.Data;

namespace Tongxin.Screening.Sites;

/// <summary>Makes, changes and closes sites and their tables.</summary>
internal sealed class KeepSites(TongxinDb db, SiteSight sight, ReadStaff staff, TimeProvider clock)
{
    public const int LongestName = 40;
    public const int MostTables = 40;
    public const int MostRate = 600;
    public const int MostRoom = 5000;

    public async Task<Result<Guid>> CreateAsync(SiteFacts facts, IReadOnlyList<(SamplingLane Lane, int Rate)> tables, Actor actor, CancellationToken ct)
    {
        facts = Trimmed(facts);
        if (await RefusalAsync(facts, null, actor, ct) is { } refusal) return refusal;
        if (tables.Count > MostTables) return SiteErrors.Tables;
        if (tables.Select(t => TableRefusal(t.Lane, t.Rate)).FirstOrDefault(e => e is not null) is { } wrong) return wrong;
        var site = TestingSite.Create(facts);
        db.Add(site);
        db.AddRange(tables.Select((t, at) => SiteTable.Of(site.Id, at + 1, t.Lane, t.Rate)));
        db.Record(actor, "screening.site.created", "site", site.Id, details: new { tables = tables.Count, facts.Risk });
        var done = await CommitAsync(ct);
        return done.IsFailure ? done.Error : site.Id;
    }

    public async Task<Result> ChangeAsync(Guid id, int seen, SiteFacts facts, Actor actor, CancellationToken ct)
    {
        if (await sight.FindAsync(id, actor, SitePermissions.Edit, ct) is not { } site) return SiteErrors.NotFound;
        if (site.Version != seen) return SiteErrors.Changed;
        facts = Trimmed(facts);
        if (await RefusalAsync(facts, id, actor, ct) is { } refusal) return refusal;
        site.Change(facts);
        db.Record(actor, "screening.site.changed", "site", id);
        return await CommitAsync(ct);
    }

    public async Task<Result> CloseAsync(Guid id, Actor actor, CancellationToken ct)
    {
        if (await sight.FindAsync(id, actor, SitePermissions.Edit, ct) is not { } site) return SiteErrors.NotFound;
        site.Close(clock.GetUtcNow());
        db.Record(actor, "screening.site.closed", "site", id);
        return await CommitAsync(ct);
    }

    public async Task<Result> AddTableAsync(Guid id, SamplingLane lane, int rate, Actor actor, CancellationToken ct)
    {
        if (await sight.FindAsync(id, actor, SitePermissions.Edit, ct) is null) return SiteErrors.NotFound;
        if (TableRefusal(lane, rate) is { } refusal) return refusal;
        var numbers = await db.Set<SiteTable>().Where(t => t.SiteId == id).Select(t => t.Number).ToListAsync(ct);
        if (numbers.Count >= MostTables) return SiteErrors.Tables;
        db.Add(SiteTable.Of(id, numbers.DefaultIfEmpty().Max() + 1, lane, rate));
        db.Record(actor, "screening.table.added", "site", id, details: new { lane, rate });
        return await CommitAsync(ct);
    }

    public async Task<Result> ChangeTableAsync(Guid id, Guid tableId, SamplingLane lane, int rate, Actor actor, CancellationToken ct)
    {
        if (await TableAsync(id, tableId, actor, ct) is not { } table) return SiteErrors.NotFound;
        if (TableRefusal(lane, rate) is { } refusal) return refusal;
        table.Change(lane, rate);
        db.Record(actor, "screening.table.changed", "site", id, details: new { table.Number, lane, rate });
        return await CommitAsync(ct);
    }

    public async Task<Result> CloseTableAsync(Guid id, Guid tableId, Actor actor, CancellationToken ct)
    {
        if (await TableAsync(id, tableId, actor, ct) is not { } table) return SiteErrors.NotFound;
        table.Close(clock.GetUtcNow());
        db.Record(actor, "screening.table.closed", "site", id, details: new { table.Number });
        return await CommitAsync(ct);
    }

    private async Task<SiteTable?> TableAsync(Guid id, Guid tableId, Actor actor, CancellationToken ct) =>
        await sight.FindAsync(id, actor, SitePermissions.Edit, ct) is null ? null : await db.Set<SiteTable>().SingleOrDefaultAsync(t => t.Id == tableId && t.SiteId == id && t.ClosedAt == null, ct);

    private static Error? TableRefusal(SamplingLane lane, int rate) =>
        lane is not (SamplingLane.Normal or SamplingLane.Green or SamplingLane.Apart) ? SiteErrors.Lane : rate is < 1 or > MostRate ? SiteErrors.Rate : null;

    private async Task<Error?> RefusalAsync(SiteFacts facts, Guid? self, Actor actor, CancellationToken ct)
    {
        if (facts.Name.Length is 0 or > LongestName || facts.Spot?.Length > LongestName) return SiteErrors.Name;
        if (facts.PlaceId == Guid.Empty || !(await sight.InsideAsync(actor, SitePermissions.Edit, ct))(facts.PlaceId)) return SiteErrors.Place;
        if (facts.QueueRoom is < 1 or > MostRoom || !Enum.IsDefined(facts.Risk)) return SiteErrors.QueueRoom;
        var posts = await staff.PostsAsync(ct);
        if ((facts.LeadPostId is { } lead && !posts.ContainsKey(lead)) || (facts.ClerkPostId is { } clerk && !posts.ContainsKey(clerk))) return SiteErrors.Post;
        return await db.Set<TestingSite>().AnyAsync(s => s.Name == facts.Name && s.ClosedAt == null && s.Id != self, ct) ? SiteErrors.NameTaken : null;
    }

    private static SiteFacts Trimmed(SiteFacts facts) => facts with { Name = facts.Name.Trim(), Spot = string.IsNullOrWhiteSpace(facts.Spot) ? null : facts.Spot.Trim() };

    private async Task<Result> CommitAsync(CancellationToken ct)
    {
        try
        {
            await db.CommitAsync(ct);
            return Result.Ok;
        }
        catch (DbUpdateConcurrencyException)
        {
            return SiteErrors.Changed;
        }
        catch (DbUpdateException failure) when (db.Dialect.IsUniqueViolation(failure))
        {
            return SiteErrors.NameTaken;
        }
    }
}
