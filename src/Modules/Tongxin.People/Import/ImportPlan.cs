using Tongxin.Core.Common;
using Tongxin.Core.Text;
using Tongxin.People.Contracts;
using Tongxin.People.Data;

namespace Tongxin.People.Import;

/// <summary>What an import would do, apart from the new persons, who are handed on as they are found. A second import of the same file plans nothing.</summary>
internal sealed class ImportPlan
{
    public List<Place> NewPlaces { get; } = [];
    public List<OrganisationUnit> NewUnits { get; } = [];
    public List<Household> NewHouseholds { get; } = [];
    public List<Residency> NewResidencies { get; } = [];
    public List<Affiliation> NewAffiliations { get; } = [];
    public List<NewNeed> NewNeeds { get; } = [];
    public Dictionary<Guid, PersonFacts> ChangedPersons { get; } = [];
    public Dictionary<Guid, HousingUse> ChangedUse { get; } = [];
    public Dictionary<Guid, (Relation Relation, string? Bed)> CorrectedResidencies { get; } = [];
    public HashSet<Guid> EndedResidencies { get; } = [];
    public HashSet<Guid> EndedAffiliations { get; } = [];
    public List<Finding> Findings { get; } = [];
    public ImportCounts Counts { get; set; } = new();
}

/// <summary>A person to be written; sealing waits until it is certain.</summary>
internal sealed record NewPerson(Guid Id, PersonFacts Facts);

/// <summary>A need that the file names.</summary>
internal sealed record NewNeed(Guid PersonId, CareKind Kind);

/// <summary>What is shown of one row: where, what, why.</summary>
/// <param name="Address">Cell of the file ("C17"), where one cell is to blame.</param>
/// <param name="Shown">Room and name, for people; lies sealed.</param>
internal sealed record Finding(int RowNumber, FindingKind Kind, string Shown, string? Address = null, Error? Error = null, Guid? PersonId = null, string? Fields = null);

/// <summary>What became of a row, or of a person the file does not name.</summary>
internal enum FindingKind
{
    New,
    Changed,
    Unchanged,
    MovedOut,
    Duplicate,
    Rejected,

    /// <summary>No person: a total or a remark below the table.</summary>
    Remark,

    /// <summary>The row is accepted, but a word in one of its cells is none of the answers, and that cell is not taken.</summary>
    Unclear,
}

/// <summary>All or explained: <c>RowsIn = Accepted + Rejected + Duplicates</c>, with Accepted = New + Changed + Unchanged.</summary>
internal sealed record ImportCounts
{
    public int RowsIn { get; init; }
    public int New { get; init; }
    public int Changed { get; init; }
    public int Unchanged { get; init; }
    public int MovedOut { get; init; }
    public int Duplicates { get; init; }
    public int Rejected { get; init; }
    public int Remarks { get; init; }

    /// <summary>Cells of accepted rows that were not understood.</summary>
    public int Unclear { get; init; }

    public int Accepted => New + Changed + Unchanged;

    public bool Adds => RowsIn == Accepted + Rejected + Duplicates;
}
