using Tongxin.People.Contracts;
using Tongxin.Platform;
using Tongxin.Platform.Data;

namespace Tongxin.People.Data;

/// <summary>A committee, branch, task force, college or class. One with an end date takes its rights with it; history stays.</summary>
internal sealed class OrganisationUnit : IVersioned
{
    private OrganisationUnit() { }

    public Guid Id { get; private set; }
    public Guid? ParentId { get; private set; }
    public UnitKind Kind { get; private set; }
    public string Name { get; private set; } = "";
    public string Path { get; private set; } = "";
    public string SortKey { get; private set; } = "";
    public DateOnly StartsOn { get; private set; }

    /// <summary>First day on which it no longer is; null while open.</summary>
    public DateOnly? EndsOn { get; private set; }
    public int Version { get; private set; }

    public static OrganisationUnit Create(OrganisationUnit? parent, UnitKind kind, string name, string sortKey, DateOnly startsOn, DateOnly? endsOn)
    {
        var id = Ids.New();
        return new OrganisationUnit
        {
            Id = id,
            ParentId = parent?.Id,
            Kind = kind,
            Name = name,
            Path = PathSegment.Under(parent?.Path, id),
            SortKey = parent is null ? sortKey : $"{parent.SortKey} {sortKey}",
            StartsOn = startsOn,
            EndsOn = endsOn,
        };
    }

    public bool IsOpen(DateOnly day) => StartsOn <= day && (EndsOn is null || day < EndsOn);

    public void Rename(string name) => Name = name;

    public void Close(DateOnly day) => EndsOn = day;
}

/// <summary>A person belongs to a unit in a role from a day until a day; several at a time are normal (双报到).</summary>
internal sealed class Affiliation
{
    private Affiliation() { }

    public Guid Id { get; private set; }
    public Guid PersonId { get; private set; }
    public Guid UnitId { get; private set; }
    public AffiliationRole Role { get; private set; }
    public DateOnly From { get; private set; }
    public DateOnly? Until { get; private set; }

    public static Affiliation Start(Guid person, Guid unit, AffiliationRole role, DateOnly from, DateOnly? until = null) => new()
    {
        Id = Ids.New(),
        PersonId = person,
        UnitId = unit,
        Role = role,
        From = from,
        Until = until,
    };

    public void End(DateOnly day) => Until = day < From ? From : day;

    public void Reassign(Guid person) => PersonId = person;
}
