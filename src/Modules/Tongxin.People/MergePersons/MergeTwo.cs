using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Core.Text;
using Tongxin.People.Contracts;
using Tongxin.People.Data;
using Tongxin.People.Register;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.People.MergePersons;

/// <summary>A field of the two entries side by side; sealed numbers masked.</summary>
internal sealed record MergeField(string Name, string? Kept, string? Gone)
{
    public bool Differs => Kept != Gone;
}

/// <summary>Two entries side by side.</summary>
internal sealed record Comparison(Guid KeptId, string KeptName, int KeptVersion, Guid GoneId, string GoneName, int GoneVersion, IReadOnlyList<MergeField> Fields);

/// <summary>Which fields are taken over from the entry that goes; the versions that were looked at.</summary>
internal sealed record MergeRequest(Guid KeptId, int KeptVersion, Guid GoneId, int GoneVersion, IReadOnlyCollection<string> FromGone);

/// <summary>Makes one person of two entries. What hangs on the one that goes moves to the one that stays; its address leads there.</summary>
internal sealed class MergeTwo(TongxinDb db, RegisterScope scopes, SecretBox box, TimeProvider clock)
{
    public async Task<Comparison?> CompareAsync(Guid keptId, Guid goneId, Actor actor, CancellationToken ct)
    {
        if (await PairAsync(keptId, goneId, actor, ct) is not (var kept, var gone)) return null;
        return new Comparison(kept.Id, kept.Name, kept.Version, gone.Id, gone.Name, gone.Version,
        [
            new("name", kept.Name, gone.Name),
            new("sex", kept.Sex.ToString(), gone.Sex.ToString()),
            new("birth", Day(kept.BirthDate), Day(gone.BirthDate)),
            new("category", kept.Category.ToString(), gone.Category.ToString()),
            new("number", kept.Number, gone.Number),
            new("phone", Masked(kept.PhoneSealed, Mask.Phone), Masked(gone.PhoneSealed, Mask.Phone)),
            new("document", Masked(kept.DocumentSealed, Mask.Identity), Masked(gone.DocumentSealed, Mask.Identity)),
            new("note", kept.Note, gone.Note),
        ]);
    }

    public async Task<Result> ExecuteAsync(MergeRequest request, Actor actor, CancellationToken ct)
    {
        if (request.KeptId == request.GoneId) return PeopleErrors.MergeSelf;
        if (await PairAsync(request.KeptId, request.GoneId, actor, ct) is not (var kept, var gone)) return PeopleErrors.PersonNotFound;
        if (kept.Version != request.KeptVersion || gone.Version != request.GoneVersion) return PeopleErrors.Changed;

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var taken = Taken(gone, request.FromGone);
        gone.MergeInto(kept.Id);
        await MoveAsync(kept.Id, gone.Id, ct);
        db.Raise(new PersonMerged(kept.Id, gone.Id));
        db.Record(actor, "people.person.merged", "person", kept.Id, details: new { gone = gone.Id, fields = request.FromGone });
        db.Record(actor, "people.person.merged", "person", gone.Id, details: new { kept = kept.Id });
        try
        {
            // First the entry that goes gives its number and document free, then the one that stays may take them.
            await db.CommitAsync(ct);
            kept.Apply(taken, box);
            db.Record(actor, "people.person.corrected", "person", kept.Id, details: new { fields = request.FromGone });
            await db.CommitAsync(ct);
            await transaction.CommitAsync(ct);
            return Result.Ok;
        }
        catch (DbUpdateConcurrencyException)
        {
            return PeopleErrors.Changed;
        }
    }

    private PersonFacts Taken(Person gone, IReadOnlyCollection<string> fields) => new()
    {
        Name = fields.Contains("name") ? gone.Name : null,
        Sex = fields.Contains("sex") ? gone.Sex : null,
        BirthDate = fields.Contains("birth") ? gone.BirthDate : null,
        Category = fields.Contains("category") ? gone.Category : null,
        Number = fields.Contains("number") ? gone.Number : null,
        Phone = fields.Contains("phone") ? box.Unseal(gone.PhoneSealed) : null,
        Document = fields.Contains("document") && gone.DocumentKind is { } kind && box.Unseal(gone.DocumentSealed) is { } number ? (kind, number) : null,
        Note = fields.Contains("note") ? gone.Note : null,
    };

    private async Task MoveAsync(Guid kept, Guid gone, CancellationToken ct)
    {
        var today = CampusCalendar.DayOf(clock.GetUtcNow());
        var residencies = await db.Set<Residency>().Where(r => r.PersonId == kept || r.PersonId == gone).ToListAsync(ct);
        var homes = residencies.Where(r => r.PersonId == kept && r.Until is null).Select(r => r.HouseholdId).ToHashSet();
        foreach (var residency in residencies.Where(r => r.PersonId == gone))
        {
            // Both live there now: one residency goes on, the other ends and stays as history.
            if (residency.Until is null && homes.Contains(residency.HouseholdId)) residency.End(today);
            residency.Reassign(kept);
        }
        foreach (var affiliation in await db.Set<Affiliation>().Where(a => a.PersonId == gone).ToListAsync(ct)) affiliation.Reassign(kept);
        foreach (var tag in await db.Set<CareTag>().Where(t => t.PersonId == gone).ToListAsync(ct)) tag.Reassign(kept);
        // Chains are kept one step long, so that every old link leads on at once.
        foreach (var earlier in await db.Set<Person>().Where(p => p.MergedIntoId == gone).ToListAsync(ct)) earlier.MergeInto(kept);
    }

    private async Task<(Person Kept, Person Gone)?> PairAsync(Guid keptId, Guid goneId, Actor actor, CancellationToken ct)
    {
        var reach = await scopes.OfAsync(actor, PeoplePermissions.Merge, ct);
        var both = await reach.Narrow(db.Set<Person>().Where(p => (p.Id == keptId || p.Id == goneId) && p.MergedIntoId == null)).ToListAsync(ct);
        return both.Find(p => p.Id == keptId) is { } kept && both.Find(p => p.Id == goneId) is { } gone && keptId != goneId ? (kept, gone) : null;
    }

    private string? Masked(byte[]? number, Func<string?, string> mask) => number is null ? null : mask(box.Unseal(number));

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
