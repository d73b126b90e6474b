using Tongxin.Core.Text;
using Tongxin.People.Contracts;
using Tongxin.People.Data;

namespace Tongxin.People.Import;

/// <summary>Finds the college or department and the class of each row, and adds what is missing.</summary>
internal sealed class UnitPlanner(RegisterSnapshot register, DateOnly today)
{
    private readonly Dictionary<(Guid? Parent, string Name), OrganisationUnit> _byName = register.Units
        .Where(u => u.Kind is UnitKind.College or UnitKind.Department or UnitKind.Class)
        .GroupBy(u => (u.Kind == UnitKind.Class ? u.ParentId : null, TextFold.ForSearch(u.Name)))
        .ToDictionary(g => g.Key, g => g.First());

    private readonly Dictionary<Guid, UnitKind> _kinds = register.Units.ToDictionary(u => u.Id, u => u.Kind);

    public List<OrganisationUnit> New { get; } = [];

    public IEnumerable<Guid> Of(PopulationRow row)
    {
        if (row.Unit is null && row.Class is null) yield break;
        OrganisationUnit? unit = null;
        if (row.Unit is not null)
        {
            var isCollege = row.Unit.EndsWith("学院", StringComparison.Ordinal) || row.Unit.EndsWith('系');
            unit = Ensure(null, isCollege ? UnitKind.College : UnitKind.Department, row.Unit);
            yield return unit.Id;
        }
        if (row.Class is not null) yield return Ensure(unit, UnitKind.Class, row.Class).Id;
    }

    /// <summary>A person is in one class and in one college or department at a time; branches and task forces are beside the point.</summary>
    public bool SameKind(Guid known, Guid other) => Group(known) is { } group && group == Group(other);

    public static AffiliationRole RoleOf(PopulationRow row) =>
        row.Category is PersonCategory.Student || row.Class is not null ? AffiliationRole.Student : AffiliationRole.Member;

    private int? Group(Guid unit) => _kinds.GetValueOrDefault(unit, UnitKind.TaskForce) switch
    {
        UnitKind.College or UnitKind.Department => 1,
        UnitKind.Class => 2,
        _ => null,
    };

    private OrganisationUnit Ensure(OrganisationUnit? parent, UnitKind kind, string name)
    {
        var key = (parent?.Id, TextFold.ForSearch(name));
        if (_byName.TryGetValue(key, out var unit)) return unit;
        unit = OrganisationUnit.Create(parent, kind, name, Pinyin.SortKey(name), today, endsOn: null);
        _byName[key] = unit;
        _kinds[unit.Id] = kind;
        New.Add(unit);
        return unit;
    }
}
