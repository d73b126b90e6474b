using Tongxin.Core.Text;

namespace Tongxin.Samples;

/// <summary>
/// An invented estate or university, complete: who lives where, who belongs to what, who helps. A pure function of its seed.
/// Keys are places in the lists; lists are in the order in which an office would walk them.
/// </summary>
/// <param name="Day">The day the register is true of; ages and dates count back from it.</param>
public sealed record DemoPlace(
    string Name,
    string EnglishName,
    DateOnly Day,
    IReadOnlyList<DemoSite> Sites,
    IReadOnlyList<DemoBuilding> Buildings,
    IReadOnlyList<DemoEntrance> Entrances,
    IReadOnlyList<DemoHousehold> Households,
    IReadOnlyList<DemoPerson> Persons,
    IReadOnlyList<DemoUnit> Units,
    IReadOnlyList<DemoMembership> Memberships,
    IReadOnlyList<DemoHelper> Helpers)
{
    /// <summary>The day both places are true of.</summary>
    public static readonly DateOnly DefaultDay = new(2026, 11, 1);
}

/// <summary>校区 or 小区, with its size in metres.</summary>
public sealed record DemoSite(int Key, string Name, double Width, double Height);

/// <summary>楼栋. The position is its north-west corner, in metres from that of the site.</summary>
public sealed record DemoBuilding(int Key, int SiteKey, string? Zone, string Name, string Code, int Floors, double X, double Y, double Width, double Height);

/// <summary>单元. Dormitories have none.</summary>
public sealed record DemoEntrance(int Key, int BuildingKey, string Name, string Code);

public enum DemoDoor
{
    Family,
    Dormitory,
}

/// <summary>A flat or a dormitory room. <paramref name="Beds"/> is 0 for a flat.</summary>
public sealed record DemoHousehold(int Key, int BuildingKey, int? EntranceKey, string Room, DemoDoor Kind, HousingUse Use, int Beds);

public enum DemoCategory
{
    Resident,
    Student,
    Staff,
    Retiree,
    Family,
    Worker,
}

public enum DemoRelation
{
    Other,
    Head,
    Spouse,
    Child,
    Parent,
    Grandchild,
    Tenant,
    Roommate,
    Carer,
}

public enum DemoCare
{
    Chronic,
    Dialysis,
    Chemotherapy,
    Pregnant,
    Newborn,
    LimitedMobility,
    LivingAlone,
}

/// <param name="DocumentNumber">A resident identity number with a true check character in a region that does not exist, or an invented passport number.</param>
/// <param name="Phone">From 179 0000 0000 to 179 0199 9999; null for small children.</param>
/// <param name="Number">Student or staff number.</param>
/// <param name="CollegeKey">College or department, a unit.</param>
public sealed record DemoPerson(
    int Key,
    string Name,
    Sex Sex,
    DateOnly BirthDate,
    IdentityDocumentKind DocumentKind,
    string DocumentNumber,
    string? Phone,
    int HouseholdKey,
    int? Bed,
    DemoRelation Relation,
    DemoCategory Category,
    string? Number,
    int? CollegeKey,
    int? ClassKey,
    int? BranchKey,
    IReadOnlyList<DemoCare> Care,
    DateOnly MovedInOn);

public enum DemoUnitKind
{
    SchoolCommittee,
    PartyBranch,
    TemporaryBranch,
    TaskForce,
    College,
    Class,
    Department,
}

public sealed record DemoUnit(int Key, int? ParentKey, DemoUnitKind Kind, string Name, DateOnly StartsOn, DateOnly? EndsOn = null);

public enum DemoRole
{
    Member,
    Secretary,
    Leader,
}

/// <summary>Membership of a task force or a temporary branch; colleges, classes and party branches stand with the person.</summary>
public sealed record DemoMembership(int PersonKey, int UnitKey, DemoRole Role);

/// <summary>A volunteer, at home in <paramref name="HouseholdKey"/>.</summary>
public sealed record DemoHelper(int PersonKey, int HouseholdKey, bool CanBeCaptain);
