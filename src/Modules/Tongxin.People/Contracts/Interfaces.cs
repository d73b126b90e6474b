using Tongxin.Core.Common;
using Tongxin.Core.Text;
using Tongxin.Platform.Access;

namespace Tongxin.People.Contracts;

/// <summary>The place tree.</summary>
public interface IPlaces
{
    /// <summary>All places, in natural order.</summary>
    Task<IReadOnlyList<PlaceView>> ListAsync(CancellationToken ct);

    /// <summary>Puts places on the campus map. Records; the caller commits. Unknown places are left out.</summary>
    Task DrawAsync(IReadOnlyList<PlaceDrawing> drawings, Actor actor, CancellationToken ct);
}

/// <summary>Households: the doors.</summary>
public interface IHouseholds
{
    /// <summary>All households in a place and below, in natural order; all of them for null.</summary>
    Task<IReadOnlyList<HouseholdView>> ListAsync(Guid? placeId, CancellationToken ct);

    /// <summary>How many households stand at each place itself, not below it, and how many live in them today; places without any are left out.</summary>
    Task<IReadOnlyList<PlaceCount>> CountsAsync(CancellationToken ct);

    /// <summary>The doors of these places themselves with how many live there today, in natural order; every door for null.</summary>
    Task<IReadOnlyList<DoorView>> DoorsAsync(IReadOnlyCollection<Guid>? places, CancellationToken ct);

    /// <summary>The named households; unknown ids are left out.</summary>
    Task<IReadOnlyList<HouseholdView>> FindAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct);

    /// <summary>
    /// Who lives there today. <paramref name="withCare"/> only where the caller has checked that the actor acts on it:
    /// then needs are in the answer, and the look is journaled with <paramref name="purpose"/> at the caller's commit.
    /// </summary>
    Task<IReadOnlyList<ResidentView>> ResidentsAsync(IReadOnlyCollection<Guid> householdIds, bool withCare, CancellationToken ct);

    /// <summary>Corrects how the flat is used, as seen at the door. The caller commits.</summary>
    Task SetUseAsync(Guid householdId, HousingUse use, Actor actor, CancellationToken ct);
}

/// <summary>Persons.</summary>
public interface IPersons
{
    /// <summary>The named persons; merged ones are answered by the person they became.</summary>
    Task<IReadOnlyList<PersonView>> FindAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct);

    /// <summary>
    /// Every entry of those of these persons who had more than one, with the person that is kept: for rows that were frozen under an entry
    /// that is gone since. Empty for people who were never merged.
    /// </summary>
    Task<IReadOnlyDictionary<Guid, Guid>> EntriesAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct);

    /// <summary>Names alone, for lists of many; unknown ids are left out.</summary>
    Task<IReadOnlyDictionary<Guid, string>> NamesAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct);

    /// <summary>Phones as lists show them, "139****8549"; whoever has none is left out.</summary>
    Task<IReadOnlyDictionary<Guid, string>> MaskedPhonesAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct);

    /// <summary>
    /// Everybody who lives here today, and whoever has no room but belongs to a unit today: the denominator of a round of persons. By
    /// room, those without one last. Needs are in the answer: the caller has checked that the actor acts on them, and journals the look.
    /// </summary>
    Task<IReadOnlyList<RollEntry>> RollAsync(CancellationToken ct);

    /// <summary>Search by name, pinyin initials, room, number or phone tail; at most <paramref name="limit"/>.</summary>
    Task<IReadOnlyList<PersonView>> SearchAsync(string text, int limit, CancellationToken ct);

    /// <summary>The phone in the clear, journaled with the purpose; null when none is known. Commits.</summary>
    Task<Result<string?>> RevealPhoneAsync(Guid personId, string purpose, Actor actor, CancellationToken ct);

    /// <summary>Who holds these identity documents (whole numbers, canonical); numbers nobody holds are left out.</summary>
    Task<IReadOnlyDictionary<string, Guid>> FindByDocumentAsync(IReadOnlyCollection<string> numbers, CancellationToken ct);

    /// <summary>
    /// By what a device recognises people without carrying a number: <see cref="DeviceKeys"/> of the campus number ("n"), the whole
    /// document ("d") and its last four characters ("t", which several people share). Whoever has none is left out.
    /// </summary>
    Task<IReadOnlyDictionary<Guid, IReadOnlyList<string>>> DeviceKeysAsync(IReadOnlyCollection<Guid> ids, byte[] salt, CancellationToken ct);

    /// <summary>
    /// Several phones in the clear, for a list that two people approved: one journal entry with the purpose and the count.
    /// The caller commits. Persons without a phone are left out.
    /// </summary>
    Task<IReadOnlyDictionary<Guid, string>> RevealPhonesAsync(IReadOnlyCollection<Guid> personIds, string purpose, Actor actor, CancellationToken ct);

    /// <summary>
    /// The last four characters of identity documents, for a list that two people approved: one journal entry with the purpose and
    /// the count. The caller commits. Persons without a document are left out.
    /// </summary>
    Task<IReadOnlyDictionary<Guid, string>> RevealDocumentTailsAsync(IReadOnlyCollection<Guid> personIds, string purpose, Actor actor, CancellationToken ct);

    /// <summary>
    /// Who is meant by each clue, in the order given: by number, else document, else phone, and only where the name agrees. Null
    /// where nobody or more than one is meant. For applications from outside: the answer is never shown to whoever applied.
    /// </summary>
    Task<IReadOnlyList<Guid?>> MatchAsync(IReadOnlyList<PersonClue> clues, CancellationToken ct);

    /// <summary>
    /// Adds persons without a home, for a module that checked the actor's right to it. The answers are in the order given, null
    /// where the number belongs to somebody else already. Records once for all; the caller commits.
    /// </summary>
    Task<IReadOnlyList<Guid?>> AddAsync(IReadOnlyList<PersonToAdd> persons, Actor actor, CancellationToken ct);

    /// <summary>Whether the last four digits of the phone of anyone living in the household are these.</summary>
    Task<bool> PhoneTailMatchesAsync(Guid householdId, string tail, CancellationToken ct);
}

/// <summary>Organisation units.</summary>
public interface IUnits
{
    /// <summary>All units open on the day, in tree order.</summary>
    Task<IReadOnlyList<UnitView>> ListAsync(DateOnly day, CancellationToken ct);

    /// <summary>Who belongs to the unit, or to one below it, on the day.</summary>
    Task<IReadOnlyList<Guid>> MembersAsync(Guid unitId, DateOnly day, CancellationToken ct);

    /// <summary>Adds a unit. Records; the caller commits. Refused without a name, or a temporary branch without an end.</summary>
    Task<Result<Guid>> AddAsync(NewUnit unit, Actor actor, CancellationToken ct);

    /// <summary>The units to which persons belong on the day; several for one person are normal (双报到).</summary>
    Task<IReadOnlyList<PersonUnit>> OfPersonsAsync(IReadOnlyCollection<Guid> personIds, DateOnly day, CancellationToken ct);

    /// <summary>Persons join units. Records once for all; the caller commits.</summary>
    Task JoinAsync(IReadOnlyList<NewAffiliation> joins, Actor actor, CancellationToken ct);
}

/// <summary>What somebody says who they are. Texts in their canonical form: number in capitals, whole document, whole phone.</summary>
public sealed record PersonClue(string Name, string? Number, string? Document, string? Phone);

/// <summary>A person to be added; the number, where given, is nobody else's.</summary>
public sealed record PersonToAdd(string Name, PersonCategory Category, string? Number, string? Phone);

/// <summary>A person belongs to a unit.</summary>
public sealed record PersonUnit(Guid PersonId, Guid UnitId, string Name, UnitKind Kind, AffiliationRole Role);

/// <summary>A unit to be added.</summary>
public sealed record NewUnit(Guid? ParentId, UnitKind Kind, string Name, DateOnly StartsOn, DateOnly? EndsOn = null);

/// <summary>A person joins a unit from a day on.</summary>
public sealed record NewAffiliation(Guid PersonId, Guid UnitId, AffiliationRole Role, DateOnly From);

/// <summary>Where a place lies on the map, in metres from its north-west corner.</summary>
public sealed record PlaceDrawing(Guid PlaceId, double X, double Y, double Width, double Height);

/// <summary>An organisation unit as other modules see it.</summary>
public sealed record UnitView(Guid Id, Guid? ParentId, UnitKind Kind, string Name, string Path, DateOnly StartsOn, DateOnly? EndsOn);
