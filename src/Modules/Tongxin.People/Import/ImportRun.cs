using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.People.Contracts;
using Tongxin.People.Data;
using Tongxin.People.MergePersons;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Platform.Sheets;

namespace Tongxin.People.Import;

/// <summary>
/// Plans an import and, when asked to, writes it. Both walk the same way, so the preview is what will happen; the write is one
/// transaction with one journal entry, so it happens whole or not at all.
/// </summary>
internal sealed class ImportRun(TongxinDb db, AlikeBook alike, SecretBox box, TimeProvider clock)
{
    /// <summary>Needs are kept this long from an import; a doctor prolongs what goes on.</summary>
    private const int NeedsExpireAfterDays = 90;

    public async Task<Result<ImportPlan>> PlanAsync(SheetSource source, int sheet, int firstDataRow, ImportOptions options, Action<int>? progress, CancellationToken ct)
    {
        var register = await RegisterSnapshot.ReadAsync(db, options.Today, ct);
        return Plan(register, source, sheet, firstDataRow, options, static _ => { }, progress, ct);
    }

    /// <summary>Plans again inside the transaction and writes. <paramref name="expected"/>: refuse when the register has moved since the preview.</summary>
    public async Task<Result<ImportPlan>> WriteAsync(
        SheetSource source, int sheet, int firstDataRow, ImportOptions options, Actor actor, ImportCounts? expected, Action<int>? progress, CancellationToken ct,
        Func<ImportPlan, CancellationToken, Task>? alongside = null)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await AlikeBook.HoldAsync(db, ct);
        var register = await RegisterSnapshot.ReadAsync(db, options.Today, ct);
        var likeness = new ImportedLikeness(register);

        // Persons refer to nothing, so the database takes them in while the file is still being read, which takes as long. Until
        // the plan is there nobody else touches the connection. If the plan is refused, they go with the transaction.
        using var persons = new BlockingCollection<NewPerson>();
        var writing = Task.Run(() => InsertPersonsAsync(persons.GetConsumingEnumerable(ct), likeness, ct), ct);
        Result<ImportPlan> planned;
        try
        {
            planned = Plan(register, source, sheet, firstDataRow, options, persons.Add, progress, ct);
        }
        finally
        {
            persons.CompleteAdding();
            await writing;
        }
        if (planned.IsFailure) return planned.Error;
        var plan = planned.Value;
        if (expected is not null && expected != plan.Counts) return ImportErrors.RegisterChanged;

        await InsertAsync(plan, actor, options.Today, ct);
        await ChangeAsync(plan, likeness, options.Today, ct);
        await likeness.WriteAsync(plan, alike, ct);
        if (alongside is not null) await alongside(plan, ct);
        db.Record(actor, "people.import.committed", "import", null, options.CompleteRoll ? "complete roll" : null, plan.Counts);
        if (plan.NewHouseholds.Count > 0) db.Raise(new HouseholdsAdded([.. plan.NewHouseholds.Select(h => new HouseholdPlace(h.Id, h.PlaceId))]));
        await db.CommitAsync(ct);
        await transaction.CommitAsync(ct);
        return plan;
    }

    private Result<ImportPlan> Plan(
        RegisterSnapshot register, SheetSource source, int sheet, int firstDataRow, ImportOptions options, Action<NewPerson> isNew, Action<int>? progress, CancellationToken ct)
    {
        if (!options.Columns.ContainsKey(ImportField.Name)) return ImportErrors.NoNameColumn;
        if (!options.Columns.ContainsKey(ImportField.Room) && !options.Columns.ContainsKey(ImportField.Address)) return ImportErrors.NoRoomColumn;

        var planner = new ImportPlanner(register, box, options, isNew);
        var reader = new RowReader(options.Columns, options.Today, ImportFileReader.Merged(source, sheet));
        var read = ImportFileReader.Read(source, sheet, firstDataRow, reader, planner.Take, progress, ct);
        return read.IsFailure ? read.Error : planner.Finish();
    }

    private Task InsertPersonsAsync(IEnumerable<NewPerson> persons, ImportedLikeness likeness, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return db.BulkInsertAsync(persons.Select(p => likeness.Note(Person.Create(p.Id, p.Facts, box, now))), ct);
    }

    private async Task InsertAsync(ImportPlan plan, Actor actor, DateOnly today, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await db.BulkInsertAsync(plan.NewPlaces, ct);
        await db.BulkInsertAsync(plan.NewUnits, ct);
        await db.BulkInsertAsync(plan.NewHouseholds, ct);
        await db.BulkInsertAsync(plan.NewResidencies, ct);
        await db.BulkInsertAsync(plan.NewAffiliations, ct);
        await db.BulkInsertAsync(plan.NewNeeds.Select(n => CareTag.Add(n.PersonId, n.Kind, "入户服务", today, today.AddDays(NeedsExpireAfterDays), actor.AccountId, now)), ct);
    }

    private async Task ChangeAsync(ImportPlan plan, ImportedLikeness likeness, DateOnly today, CancellationToken ct)
    {
        foreach (var ids in plan.ChangedPersons.Keys.Chunk(500))
        {
            foreach (var person in await db.Set<Person>().Where(p => ids.Contains(p.Id)).ToListAsync(ct))
            {
                person.Apply(plan.ChangedPersons[person.Id], box);
                likeness.Note(person);
            }
        }
        foreach (var ids in plan.EndedResidencies.Concat(plan.CorrectedResidencies.Keys).Distinct().Chunk(500))
        {
            foreach (var residency in await db.Set<Residency>().Where(r => ids.Contains(r.Id)).ToListAsync(ct))
            {
                if (plan.CorrectedResidencies.TryGetValue(residency.Id, out var said)) residency.Correct(said.Relation, said.Bed);
                if (plan.EndedResidencies.Contains(residency.Id)) residency.End(today);
            }
        }
        foreach (var ids in plan.EndedAffiliations.Chunk(500))
        {
            foreach (var affiliation in await db.Set<Affiliation>().Where(a => ids.Contains(a.Id)).ToListAsync(ct)) affiliation.End(today);
        }
        foreach (var ids in plan.ChangedUse.Keys.Chunk(500))
        {
            foreach (var household in await db.Set<Household>().Where(h => ids.Contains(h.Id)).ToListAsync(ct)) household.SetUse(plan.ChangedUse[household.Id]);
        }
    }
}
