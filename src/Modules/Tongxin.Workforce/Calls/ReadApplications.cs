using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Core.Text;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Platform.Ui.Tables;
using Tongxin.Workforce.Contracts;
using Tongxin.Workforce.Data;

namespace Tongxin.Workforce.Calls;

/// <summary>A line of the screening list.</summary>
internal sealed record ApplicationLine(
    Guid Id, string Name, string? Number, string? Unit, IReadOnlyList<CampusDuty> Duties, IReadOnlyList<Skill> Skills, bool PartyMember, bool IsKnown, Verdict Verdict, DateTimeOffset SentAt);

/// <summary>One application with what a decision needs.</summary>
/// <param name="Units">Both reports of a person of the register: own unit and community.</param>
/// <param name="Alike">Persons of the register who could be meant where none was matched.</param>
internal sealed record OneApplicationView(
    Application Application, string? PhoneMasked, PersonView? Person, IReadOnlyList<PersonUnit> Units, IReadOnlyList<PersonView> Alike);

/// <summary>The screening list of a call.</summary>
internal sealed class ReadApplications(TongxinDb db, CallSight sight, IPersons persons, IUnits units, SecretBox box, TimeProvider clock)
{
    public const string State = "state";
    public const string Duty = "duty";
    public const string SkillKey = "skill";
    public const string UnitKey = "unit";
    private const int MostUnits = 60;

    public static readonly TableDefaults Defaults = new("sent", FilterKeys: [State, Duty, SkillKey, UnitKey]);

    private static readonly TableSort<Application> Sort = new TableSort<Application>(a => a.Id)
        .By("sent", a => a.CreatedAt).By("name", a => a.NameFolded).By("number", a => a.Number).By("unit", a => a.Unit).By("state", a => a.Verdict);

    /// <summary>The rows of the asked page; the caller has found the call within the actor's sight.</summary>
    public async Task<(IReadOnlyList<ApplicationLine> Rows, int Total)> ListAsync(Guid call, TableQuery query, CancellationToken ct)
    {
        var found = Narrow(call, query);
        var total = await found.CountAsync(ct);
        var rows = await Sort.Page(found, query).AsNoTracking().ToListAsync(ct);
        return ([.. rows.Select(a => new ApplicationLine(
            a.Id, a.Name, a.Number, a.Unit, a.Duties, [.. a.Claims.Select(c => c.Skill)], a.PartyMember, a.PersonId is not null, a.Verdict, a.CreatedAt))], total);
    }

    /// <summary>The undecided ones among those that the list shows, in the order of arrival.</summary>
    public async Task<IReadOnlyList<Guid>> UndecidedAsync(Guid call, TableQuery query, int most, CancellationToken ct) =>
        await Narrow(call, query).Where(a => a.Verdict == Verdict.Waiting).OrderBy(a => a.CreatedAt).ThenBy(a => a.Id).Select(a => a.Id).Take(most).ToListAsync(ct);

    public async Task<IReadOnlyList<string>> UnitsAsync(Guid call, CancellationToken ct) =>
        [.. (await db.Set<Application>().Where(a => a.CallId == call && a.Unit != null).GroupBy(a => a.Unit).OrderByDescending(g => g.Count()).Select(g => g.Key).Take(MostUnits).ToListAsync(ct)).OfType<string>()];

    public async Task<OneApplicationView?> FindAsync(Guid callId, Guid id, string? who, Actor actor, CancellationToken ct)
    {
        if (await sight.FindAsync(callId, actor, CallPermissions.Read, ct) is null) return null;
        var application = await db.Set<Application>().AsNoTracking().SingleOrDefaultAsync(a => a.Id == id && a.CallId == callId, ct);
        if (application is null) return null;
        var person = application.PersonId is { } known && await persons.FindAsync([known], ct) is [var one, ..] ? one : null;
        var belongs = person is null ? [] : await units.OfPersonsAsync([person.Id], CampusCalendar.DayOf(clock.GetUtcNow()), ct);
        var phone = box.Unseal(application.PhoneSealed);
        // The office sees persons only where it may see the register at all.
        var alike = person is null && actor.Can(CallPermissions.Decide) && actor.ScopeOf(CallPermissions.Decide).Everything
            ? await persons.SearchAsync(string.IsNullOrWhiteSpace(who) ? application.Number ?? application.Name : who, 10, ct) : [];
        return new OneApplicationView(application, phone is null ? null : Mask.Phone(phone), person, belongs, alike);
    }

    private IQueryable<Application> Narrow(Guid call, TableQuery query)
    {
        var found = db.Set<Application>().Where(a => a.CallId == call);
        found = query.Filter(State) switch
        {
            "decided" => found.Where(a => a.Verdict != Verdict.Waiting),
            { } name when Enum.TryParse<Verdict>(name, out var verdict) => found.Where(a => a.Verdict == verdict),
            _ => found,
        };
        if (Enum.TryParse<CampusDuty>(query.Filter(Duty), out var duty))
        {
            var mark = Names.Mark(duty);
            found = found.Where(a => a.DutiesText.Contains(mark));
        }
        if (Enum.TryParse<Skill>(query.Filter(SkillKey), out var skill))
        {
            var mark = Names.Mark(skill);
            found = found.Where(a => a.SkillsText.Contains(mark));
        }
        if (query.Filter(UnitKey) is { } unit) found = found.Where(a => a.Unit == unit);
        if (query.Q.Length == 0) return found;
        var (text, number) = (TextFold.ForSearch(query.Q), query.Q.ToUpperInvariant());
        var phone = Application.PhoneKey(text, box);
        return found.Where(a => a.NameFolded.Contains(text) || (a.Number != null && a.Number.StartsWith(number)) || a.PhoneIndex == phone || (a.Unit != null && a.Unit.Contains(query.Q)));
    }
}
