using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Core.Text;
using Tongxin.People.Contracts;
using Tongxin.Platform.Data;
using Tongxin.Platform.Sheets;
using Tongxin.Workforce.Data;

namespace Tongxin.Workforce.Calls.Import;

/// <summary>An application that the file corrects.</summary>
internal sealed record ChangedApplication(Guid Id, ApplicantFacts Facts, Guid? PersonId);

/// <summary>What a file would do to a call. Nothing is written.</summary>
internal sealed record CallImportPlan(RowCounts Counts, IReadOnlyList<Application> New, IReadOnlyList<ChangedApplication> Changed, IReadOnlyList<RowFinding> Findings);

/// <summary>Holds a file against the applications that a call has.</summary>
internal sealed class PlanCallImport(TongxinDb db, IPersons persons, SecretBox box, TimeProvider clock)
{
    public async Task<Result<CallImportPlan>> ExecuteAsync(SheetSource source, CallImport import, Call call, Action<int> progress, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var rows = CallRows.Read(source, import.FirstDataRow, ColumnMap.Read<CallField>(import.Columns), call.Duties, CampusCalendar.DayOf(now), progress, ct);
        if (rows.IsFailure) return rows.Error;

        var applicants = rows.Value.Applicants;
        var people = await persons.MatchAsync([.. applicants.Select(a => new PersonClue(a.Facts.Name, a.Facts.Number, a.Document, a.Facts.Phone))], ct);
        var known = new KnownApplications(await db.Set<Application>().AsNoTracking().Where(a => a.CallId == call.Id).ToListAsync(ct), box);
        var (fresh, changed, unchanged) = (new List<Application>(), new List<ChangedApplication>(), 0);
        for (var i = 0; i < applicants.Count; i++)
        {
            var before = known.Find(applicants[i].Facts, people[i]);
            if (before is null)
            {
                // In the order of the file: that is the order in which places are given.
                fresh.Add(Application.Send(call.Id, applicants[i].Facts, people[i], box, now.AddTicks(fresh.Count * TimeSpan.TicksPerMillisecond / 100)));
                continue;
            }
            var after = Correct(before.Facts(box), applicants[i]);
            // Decided ones stay as they are.
            if (before.Verdict != Verdict.Waiting || (IsSame(before.Facts(box), after) && (people[i] is null || people[i] == before.PersonId))) unchanged++;
            else changed.Add(new ChangedApplication(before.Id, after, people[i]));
        }
        var duplicates = rows.Value.Findings.Count(f => f.Fate == RowFate.Duplicate);
        return new CallImportPlan(
            new RowCounts(rows.Value.RowsIn, fresh.Count, changed.Count, unchanged, duplicates, rows.Value.Findings.Count - duplicates), fresh, changed, rows.Value.Findings);
    }

    /// <summary>What the file says takes the place of what was known; where it is silent, that stays.</summary>
    private static ApplicantFacts Correct(ApplicantFacts before, FileApplicant file) => before with
    {
        Name = file.Facts.Name,
        Number = file.Facts.Number ?? before.Number,
        Phone = file.Facts.Phone ?? before.Phone,
        Category = file.SaysCategory ? file.Facts.Category : before.Category,
        Unit = file.Facts.Unit ?? before.Unit,
        Duties = file.SaysDuties ? file.Facts.Duties : before.Duties,
        Skills = [.. file.Facts.Skills.Concat(before.Skills).DistinctBy(s => s.Skill).OrderBy(s => s.Skill)],
        Home = file.Facts.Home ?? before.Home,
        PartyMember = file.Facts.PartyMember || before.PartyMember,
        Community = file.Facts.Community ?? before.Community,
    };

    private static bool IsSame(ApplicantFacts before, ApplicantFacts after) =>
        JsonSerializer.Serialize(before with { Skills = [.. before.Skills.OrderBy(s => s.Skill)] }) == JsonSerializer.Serialize(after);

    private sealed class KnownApplications(IReadOnlyList<Application> all, SecretBox box)
    {
        private readonly Dictionary<string, Application> _byKey = all.ToDictionary(a => a.Key, StringComparer.Ordinal);
        private readonly ILookup<string?, Application> _byNumber = all.Where(a => a.Number is not null).ToLookup(a => a.Number, StringComparer.Ordinal);
        private readonly ILookup<Guid?, Application> _byPerson = all.Where(a => a.PersonId is not null).ToLookup(a => a.PersonId);
        private readonly ILookup<string, Application> _byPhone = all.Where(a => a.PhoneIndex is not null).ToLookup(a => Convert.ToHexString(a.PhoneIndex ?? []), StringComparer.Ordinal);

        public Application? Find(ApplicantFacts facts, Guid? person)
        {
            var name = TextFold.ForSearch(facts.Name);
            if (_byKey.TryGetValue(Application.KeyOf(facts, box), out var exact)) return exact;
            if (facts.Number is not null && _byNumber[facts.Number].FirstOrDefault(a => a.NameFolded == name) is { } numbered) return numbered;
            if (person is not null && _byPerson[person].FirstOrDefault() is { } same) return same;
            return facts.Phone is null ? null
                : _byPhone[Convert.ToHexString(Application.PhoneKey(facts.Phone, box) ?? [])].FirstOrDefault(a => a.NameFolded == name && (a.Number is null || facts.Number is null || a.Number == facts.Number));
        }
    }
}
