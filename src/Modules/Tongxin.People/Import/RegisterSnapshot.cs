using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Text;
using Tongxin.People.Contracts;
using Tongxin.People.Data;
using Tongxin.Platform.Data;

namespace Tongxin.People.Import;

/// <summary>The register as an import compares with it: what is current, in dictionaries by what rows are matched with.</summary>
internal sealed class RegisterSnapshot
{
    public required IReadOnlyList<Place> Places { get; init; }
    public required IReadOnlyList<OrganisationUnit> Units { get; init; }
    public required Dictionary<(Guid Place, string Room), KnownHousehold> Households { get; init; }
    public required Dictionary<Guid, KnownPerson> Persons { get; init; }
    public required Dictionary<string, KnownPerson> ByDocument { get; init; }
    public required Dictionary<string, KnownPerson> ByNumber { get; init; }
    public required ILookup<Guid, KnownResidency> ResidenciesOf { get; init; }
    public required ILookup<Guid, KnownResidency> ResidentsOf { get; init; }
    public required ILookup<Guid, KnownAffiliation> AffiliationsOf { get; init; }
    public required ILookup<Guid, CareKind> CareOf { get; init; }

    /// <summary>Index bytes as a dictionary key.</summary>
    public static string Key(byte[] index) => Convert.ToHexString(index);

    public static async Task<RegisterSnapshot> ReadAsync(TongxinDb db, DateOnly today, CancellationToken ct)
    {
        var persons = await db.Set<Person>().AsNoTracking().Where(p => p.MergedIntoId == null)
            .Select(p => new KnownPerson(p.Id, p.Name, p.NameFolded, p.Initials, p.Sex, p.BirthDate, p.Category, p.Number, p.DocumentIndex, p.PhoneIndex, p.Note))
            .ToListAsync(ct);
        var residencies = await db.Set<Residency>().AsNoTracking().Where(r => r.Until == null)
            .Select(r => new KnownResidency(r.Id, r.PersonId, r.HouseholdId, r.Relation, r.Bed)).ToListAsync(ct);
        var households = await db.Set<Household>().AsNoTracking()
            .Select(h => new KnownHousehold(h.Id, h.PlaceId, h.RoomNumber, h.Label, h.Kind, h.Use)).ToListAsync(ct);
        var affiliations = await db.Set<Affiliation>().AsNoTracking().Where(a => a.Until == null)
            .Select(a => new KnownAffiliation(a.Id, a.PersonId, a.UnitId)).ToListAsync(ct);
        var care = await db.Set<CareTag>().AsNoTracking().Where(t => t.From <= today && today < t.ExpiresOn)
            .Select(t => new { t.PersonId, t.Kind }).ToListAsync(ct);

        return new RegisterSnapshot
        {
            Places = await db.Set<Place>().AsNoTracking().ToListAsync(ct),
            Units = await db.Set<OrganisationUnit>().AsNoTracking().Where(u => u.EndsOn == null || today < u.EndsOn).ToListAsync(ct),
            Households = households.ToDictionary(h => (h.PlaceId, h.RoomNumber)),
            Persons = persons.ToDictionary(p => p.Id),
            ByDocument = persons.Where(p => p.DocumentIndex is not null).ToDictionary(p => Key(p.DocumentIndex ?? []), StringComparer.Ordinal),
            ByNumber = persons.Where(p => p.Number is not null).ToDictionary(p => p.Number ?? "", StringComparer.Ordinal),
            ResidenciesOf = residencies.ToLookup(r => r.PersonId),
            ResidentsOf = residencies.ToLookup(r => r.HouseholdId),
            AffiliationsOf = affiliations.ToLookup(a => a.PersonId),
            CareOf = care.ToLookup(t => t.PersonId, t => t.Kind),
        };
    }
}

internal sealed record KnownPerson(
    Guid Id, string Name, string NameFolded, string Initials, Sex Sex, DateOnly? BirthDate, PersonCategory Category, string? Number, byte[]? DocumentIndex, byte[]? PhoneIndex, string? Note);

internal sealed record KnownResidency(Guid Id, Guid PersonId, Guid HouseholdId, Relation Relation, string? Bed);

internal sealed record KnownHousehold(Guid Id, Guid PlaceId, string RoomNumber, string Label, HouseholdKind Kind, HousingUse Use);

internal sealed record KnownAffiliation(Guid Id, Guid PersonId, Guid UnitId);
