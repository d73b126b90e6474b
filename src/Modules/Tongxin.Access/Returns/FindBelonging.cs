using Tongxin.Access.Returns.Data;
using Tongxin.Core.Common;
using Tongxin.People.Contracts;

namespace Tongxin.Access.Returns;

/// <summary>Where declarants belong by the register. Whoever it does not know belongs nowhere, and the office sees that.</summary>
internal sealed class FindBelonging(IPersons persons, IUnits units, TimeProvider clock)
{
    private Dictionary<Guid, UnitView>? _tree;

    public async Task<Belonging> OfAsync(Declarant who, CancellationToken ct)
    {
        var person = (await persons.MatchAsync([new PersonClue(who.Name, who.Number, null, who.Phone)], ct))[0];
        return person is { } known ? await OfPersonAsync(known, ct) : new Belonging(null, null, null, null);
    }

    public async Task<Belonging> OfPersonAsync(Guid person, CancellationToken ct)
    {
        var today = CampusCalendar.DayOf(clock.GetUtcNow());
        _tree ??= (await units.ListAsync(today, ct)).ToDictionary(u => u.Id);
        var household = await persons.FindAsync([person], ct) is [var view, ..] ? view.HouseholdId : null;
        var own = (await units.OfPersonsAsync([person], today, ct)).Where(u => u.Kind is UnitKind.Class or UnitKind.College or UnitKind.Department).OrderBy(u => u.Kind == UnitKind.Class ? 0 : 1).FirstOrDefault();
        return new Belonging(person, own?.UnitId, own is null ? null : CollegeOf(own.UnitId), household);
    }

    private Guid CollegeOf(Guid unit)
    {
        for (var at = unit; _tree?.TryGetValue(at, out var view) == true; at = view.ParentId.Value)
        {
            if (view.Kind is UnitKind.College or UnitKind.Department) return at;
            if (view.ParentId is null) break;
        }
        return unit;
    }
}
