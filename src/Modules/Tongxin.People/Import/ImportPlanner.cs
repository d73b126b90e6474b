using Tongxin.Core.Common;
using Tongxin.Core.Text;
using Tongxin.People.Contracts;
using Tongxin.People.Data;
using Tongxin.Platform;
using Tongxin.Platform.Data;

namespace Tongxin.People.Import;

/// <summary>
/// Holds each row against the register and against the rows before it. Matching, in this order: identity document, student or
/// staff number, same name in the same household. Whoever matches none is new. Nothing here writes.
/// </summary>
internal sealed class ImportPlanner(RegisterSnapshot register, PlacePlanner places, UnitPlanner units, SecretBox box, ImportOptions options)
{
    private readonly ImportPlan _plan = new();
    private readonly Dictionary<string, (int Row, string Home)> _seen = new(StringComparer.Ordinal);
    private readonly HashSet<Guid> _named = [];
    private readonly HashSet<Guid> _buildings = [];
    private readonly HashSet<string> _refusedRooms = new(StringComparer.Ordinal);
    private readonly HashSet<string> _refusedNames = new(StringComparer.Ordinal);
    private int _rows, _new, _changed, _unchanged, _duplicates, _rejected, _remarks;

    public void Take(RowReading reading)
    {
        switch (reading)
        {
            case RowReading.Remark remark:
                _remarks++;
                _plan.Findings.Add(new Finding(remark.Number, FindingKind.Remark, remark.Shown));
                break;
            case RowReading.Refused refused:
                _rows++;
                Reject(refused.Number, refused.Cell, refused.Error, refused.Shown, refused.Room, refused.NameFolded);
                break;
            case RowReading.EmptyFlat flat:
                _rows++;
                PlaceEmpty(flat);
                break;
            case RowReading.Readable readable:
                _rows++;
                Place(readable.Row);
                break;
        }
    }

    public ImportPlan Finish()
    {
        var movedOut = options.CompleteRoll ? MoveOut() : 0;
        _plan.NewPlaces.AddRange(places.New);
        _plan.NewUnits.AddRange(units.New);
        _plan.Counts = new ImportCounts
        {
            RowsIn = _rows,
            New = _new,
            Changed = _changed,
            Unchanged = _unchanged,
            MovedOut = movedOut,
            Duplicates = _duplicates,
            Rejected = _rejected,
            Remarks = _remarks,
        };
        return _plan;
    }

    private void Place(PopulationRow row)
    {
        var shown = $"{row.Room.Label} {row.Name}";
        var documentIndex = row.Document is { } document ? box.Index(LookUp.Document, document.Number) : null;
        var documentKey = documentIndex is null ? null : RegisterSnapshot.Key(documentIndex);

        var located = places.Locate(row.Campus, row.Room);
        if (located.IsFailure)
        {
            Reject(row.Number, null, located.Error, shown, row.Room.Label, row.NameFolded);
            return;
        }
        var home = located.Value;

        // The same person again in this file: counted, shown, not taken twice.
        var keys = Keys(row, documentKey, home.Key);
        foreach (var key in keys)
        {
            if (!_seen.TryGetValue(key, out var first)) continue;
            _duplicates++;
            _plan.Findings.Add(new Finding(row.Number, FindingKind.Duplicate, shown, null,
                first.Home == home.Key ? ImportErrors.Duplicate(first.Row) : ImportErrors.DuplicateElsewhere(first.Row)));
            return;
        }

        var byDocument = documentKey is null ? null : register.ByDocument.GetValueOrDefault(documentKey);
        var byNumber = row.PersonNumber is null ? null : register.ByNumber.GetValueOrDefault(row.PersonNumber);
        if (byDocument is not null && byDocument.NameFolded != row.NameFolded)
        {
            Reject(row.Number, options.Cell(ImportField.Document, row.Number), ImportErrors.DocumentOfAnother, shown, row.Room.Label, row.NameFolded);
            return;
        }
        if (byNumber is not null && ((byDocument is not null && byDocument.Id != byNumber.Id) || byNumber.NameFolded != row.NameFolded))
        {
            Reject(row.Number, options.Cell(ImportField.Number, row.Number), ImportErrors.NumberOfAnother, shown, row.Room.Label, row.NameFolded);
            return;
        }

        foreach (var key in keys) _seen[key] = (row.Number, home.Key);
        _buildings.Add(home.BuildingId);
        var known = byDocument ?? byNumber ?? SameNameAtHome(row, home, documentKey);
        if (known is null) AddPerson(row, home, shown);
        else Compare(row, home, known, documentIndex, shown);
    }

    private void PlaceEmpty(RowReading.EmptyFlat flat)
    {
        var located = places.Locate(flat.Campus, flat.Room);
        if (located.IsFailure)
        {
            Reject(flat.Number, null, located.Error, flat.Room.Label, flat.Room.Label, null);
            return;
        }
        var home = located.Value;
        if (!_seen.TryAdd($"e{home.Key}", (flat.Number, home.Key)))
        {
            _duplicates++;
            _plan.Findings.Add(new Finding(flat.Number, FindingKind.Duplicate, flat.Room.Label, null, ImportErrors.Duplicate(_seen[$"e{home.Key}"].Row)));
            return;
        }
        _buildings.Add(home.BuildingId);
        if (home.Known is null)
        {
            _new++;
            _plan.NewHouseholds.Add(places.Create(flat.Room, home, HouseholdKind.Family, flat.Use));
            _plan.Findings.Add(new Finding(flat.Number, FindingKind.New, flat.Room.Label));
        }
        else if (home.Known.Use != flat.Use && _plan.ChangedUse.TryAdd(home.Known.Id, flat.Use))
        {
            _changed++;
            _plan.Findings.Add(new Finding(flat.Number, FindingKind.Changed, flat.Room.Label, Fields: "use"));
        }
        else _unchanged++;
    }

    private static List<string> Keys(PopulationRow row, string? documentKey, string homeKey)
    {
        var keys = new List<string>(2);
        if (documentKey is not null) keys.Add($"d{documentKey}");
        if (row.PersonNumber is not null) keys.Add($"n{row.PersonNumber}");
        if (keys.Count == 0) keys.Add($"h{homeKey}\n{row.NameFolded}\n{row.BirthDate:O}");
        return keys;
    }

    /// <summary>Only where nothing speaks against it: another document or another birth date is another person of the same name.</summary>
    private KnownPerson? SameNameAtHome(PopulationRow row, Home home, string? documentKey)
    {
        if (home.Known is not { } household) return null;
        return register.ResidentsOf[household.Id]
            .Select(r => register.Persons.GetValueOrDefault(r.PersonId))
            .FirstOrDefault(p => p is not null && !_named.Contains(p.Id) && p.NameFolded == row.NameFolded
                && (documentKey is null || p.DocumentIndex is null)
                && (row.PersonNumber is null || p.Number is null)
                && (row.BirthDate is null || p.BirthDate is null || row.BirthDate == p.BirthDate));
    }

    private void AddPerson(PopulationRow row, Home home, string shown)
    {
        _new++;
        var id = Ids.New();
        var household = HouseholdOf(row, home);
        _plan.NewPersons.Add(new NewPerson(id, new PersonFacts
        {
            Name = row.Name,
            Sex = row.Sex ?? Sex.Unknown,
            BirthDate = row.BirthDate,
            Category = row.Category ?? (row.Room.Bed is null ? PersonCategory.Resident : PersonCategory.Student),
            Number = row.PersonNumber,
            Document = row.Document,
            Phone = row.Phone,
            Note = row.Note,
        }));
        _plan.NewResidencies.Add(Residency.Start(id, household, RelationOf(row), row.Room.Bed, MovedIn(row)));
        foreach (var unit in units.Of(row)) _plan.NewAffiliations.Add(Affiliation.Start(id, unit, UnitPlanner.RoleOf(row), MovedIn(row)));
        foreach (var kind in row.Care) _plan.NewNeeds.Add(new NewNeed(id, kind));
        _plan.Findings.Add(new Finding(row.Number, FindingKind.New, shown));
    }

    private void Compare(PopulationRow row, Home home, KnownPerson known, byte[]? documentIndex, string shown)
    {
        _named.Add(known.Id);
        var fields = new List<string>();
        var facts = new PersonFacts
        {
            Name = Said(row.Name, known.Name, "name"),
            Sex = row.Sex is { } sex && sex != known.Sex ? Note(sex, "sex") : null,
            BirthDate = row.BirthDate is { } birth && birth != known.BirthDate ? Note(birth, "birth-date") : null,
            Category = row.Category is { } category && category != known.Category ? Note(category, "category") : null,
            Number = Said(row.PersonNumber, known.Number, "number"),
            Document = documentIndex is not null && known.DocumentIndex is null ? Note(row.Document, "document") : null,
            Phone = row.Phone is not null && (known.PhoneIndex is null || !known.PhoneIndex.AsSpan().SequenceEqual(box.Index(LookUp.Phone, row.Phone))) ? Note(row.Phone, "phone") : null,
            Note = Said(row.Note, known.Note, "note"),
        };
        if (fields.Count > 0) _plan.ChangedPersons[known.Id] = facts;

        CompareHome(row, home, known, fields);
        CompareUnits(row, known, fields);
        foreach (var kind in row.Care.Except(register.CareOf[known.Id]))
        {
            _plan.NewNeeds.Add(new NewNeed(known.Id, kind));
            fields.Add("care");
        }

        if (fields.Count == 0)
        {
            _unchanged++;
            return;
        }
        _changed++;
        _plan.Findings.Add(new Finding(row.Number, FindingKind.Changed, shown, PersonId: known.Id, Fields: string.Join(',', fields.Distinct())));

        string? Said(string? now, string? before, string field) => now is not null && now != before ? Note(now, field) : null;

        T Note<T>(T value, string field)
        {
            fields.Add(field);
            return value;
        }
    }

    private void CompareHome(PopulationRow row, Home home, KnownPerson known, List<string> fields)
    {
        var current = register.ResidenciesOf[known.Id].ToList();
        var household = HouseholdOf(row, home, fields);
        if (current.Find(r => r.HouseholdId == household) is { } here)
        {
            var relation = row.Relation ?? here.Relation;
            var bed = row.Room.Bed ?? here.Bed;
            if (relation == here.Relation && bed == here.Bed) return;
            _plan.CorrectedResidencies[here.Id] = (relation, bed);
            fields.Add(relation != here.Relation ? "relation" : "bed");
            return;
        }
        // A home of the same kind is left; a student's bed and the parents' flat stand side by side.
        var kind = home.Known?.Kind ?? KindOf(row);
        foreach (var left in current.Where(r => places.KindOf(r.HouseholdId) == kind)) _plan.EndedResidencies.Add(left.Id);
        _plan.NewResidencies.Add(Residency.Start(known.Id, household, RelationOf(row), row.Room.Bed, row.MovedIn ?? options.Today));
        fields.Add("household");
    }

    private void CompareUnits(PopulationRow row, KnownPerson known, List<string> fields)
    {
        var current = register.AffiliationsOf[known.Id].ToList();
        foreach (var unit in units.Of(row).Where(u => !current.Exists(a => a.UnitId == u)))
        {
            foreach (var left in current.Where(a => units.SameKind(a.UnitId, unit))) _plan.EndedAffiliations.Add(left.Id);
            _plan.NewAffiliations.Add(Affiliation.Start(known.Id, unit, UnitPlanner.RoleOf(row), options.Today));
            fields.Add("unit");
        }
    }

    private Guid HouseholdOf(PopulationRow row, Home home, List<string>? fields = null)
    {
        if (home.Known is { } known)
        {
            if (row.Use is { } use && use != known.Use && _plan.ChangedUse.TryAdd(known.Id, use)) fields?.Add("use");
            return known.Id;
        }
        var created = places.Create(row.Room, home, KindOf(row), row.Use);
        _plan.NewHouseholds.Add(created);
        return created.Id;
    }

    /// <summary>
    /// The file is the whole roll of its buildings: whoever lives there in the register and is not in it has moved out. Nobody is moved out
    /// because of a row that could not be read: its room and its name are spared.
    /// </summary>
    private int MoveOut()
    {
        var count = 0;
        foreach (var household in register.Households.Values.Where(h => _buildings.Contains(places.BuildingOf(h.PlaceId)) && !_refusedRooms.Contains(h.Label)))
        {
            foreach (var residency in register.ResidentsOf[household.Id].Where(r => !_named.Contains(r.PersonId)))
            {
                if (!register.Persons.TryGetValue(residency.PersonId, out var person) || _refusedNames.Contains(person.NameFolded)) continue;
                _plan.EndedResidencies.Add(residency.Id);
                _plan.Findings.Add(new Finding(0, FindingKind.MovedOut, $"{household.Label} {person.Name}", PersonId: person.Id));
                count++;
            }
        }
        return count;
    }

    private void Reject(int row, string? cell, Error error, string shown, string? room, string? name)
    {
        _rejected++;
        if (room is not null) _refusedRooms.Add(room);
        if (name is not null) _refusedNames.Add(name);
        _plan.Findings.Add(new Finding(row, FindingKind.Rejected, shown, cell, error));
    }

    private static HouseholdKind KindOf(PopulationRow row) =>
        row.Room.Bed is not null || row.Category is PersonCategory.Student ? HouseholdKind.Dormitory : HouseholdKind.Family;

    private static Relation RelationOf(PopulationRow row) =>
        row.Relation ?? (KindOf(row) == HouseholdKind.Dormitory ? Relation.Roommate : Relation.Other);

    private DateOnly MovedIn(PopulationRow row) => row.MovedIn ?? options.Today;
}

/// <summary>What the person at the desk decided about the file.</summary>
/// <param name="CompleteRoll">The file names everybody in its buildings, so whoever is missing has moved out.</param>
/// <param name="Campus">Name of the campus for rows that name none.</param>
internal sealed record ImportOptions(DateOnly Today, bool CompleteRoll, string? Campus, IReadOnlyDictionary<ImportField, int> Columns)
{
    /// <summary>"C17", when the field has a column.</summary>
    public string? Cell(ImportField field, int row) =>
        Columns.TryGetValue(field, out var column) ? Platform.Sheets.SheetAddress.Of(column, row) : null;
}
