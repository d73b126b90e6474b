using Tongxin.Core.Common;
using Tongxin.People.Contracts;
using Tongxin.People.Data;
using Tongxin.Platform.Data;

namespace Tongxin.People.Import;

/// <summary>
/// Holds each row against the register and against the rows before it, and says what becomes of it. Matching, in this order:
/// identity document, student or staff number, same name in the same household. Whoever matches none is new. Nothing here writes.
/// </summary>
internal sealed class ImportPlanner
{
    private readonly ImportPlan _plan = new();
    private readonly RegisterSnapshot _register;
    private readonly SecretBox _box;
    private readonly ImportOptions _options;
    private readonly PlacePlanner _places;
    private readonly UnitPlanner _units;
    private readonly PersonPlanner _persons;
    private readonly Dictionary<string, (int Row, string Home)> _seen = new(StringComparer.Ordinal);
    private readonly HashSet<Guid> _named = [];
    private readonly HashSet<Guid> _buildings = [];
    private readonly HashSet<string> _refusedRooms = new(StringComparer.Ordinal);
    private readonly HashSet<string> _refusedNames = new(StringComparer.Ordinal);
    private int _rows, _new, _changed, _unchanged, _duplicates, _rejected, _remarks, _unclear;

    /// <param name="isNew">Told of each new person as soon as it is found.</param>
    public ImportPlanner(RegisterSnapshot register, SecretBox box, ImportOptions options, Action<NewPerson> isNew)
    {
        (_register, _box, _options) = (register, box, options);
        _places = new PlacePlanner(register, options.Campus);
        _units = new UnitPlanner(register, options.Today);
        _persons = new PersonPlanner(_plan, register, _places, _units, box, options.Today, isNew);
    }

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
        var movedOut = _options.CompleteRoll ? MoveOut() : 0;
        _plan.NewPlaces.AddRange(_places.New);
        _plan.NewUnits.AddRange(_units.New);
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
            Unclear = _unclear,
        };
        return _plan;
    }

    private void Place(PopulationRow row)
    {
        var shown = $"{row.Room.Label} {row.Name}";
        var documentIndex = row.Document is { } document ? _box.Index(LookUp.Document, document.Number) : null;
        var documentKey = documentIndex is null ? null : RegisterSnapshot.Key(documentIndex);

        var located = _places.Locate(row.Campus, row.Room);
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

        var byDocument = documentKey is null ? null : _register.ByDocument.GetValueOrDefault(documentKey);
        var byNumber = row.PersonNumber is null ? null : _register.ByNumber.GetValueOrDefault(row.PersonNumber);
        if (byDocument is not null && byDocument.NameFolded != row.NameFolded)
        {
            Reject(row.Number, _options.Cell(ImportField.Document, row.Number), ImportErrors.DocumentOfAnother, shown, row.Room.Label, row.NameFolded);
            return;
        }
        if (byNumber is not null && ((byDocument is not null && byDocument.Id != byNumber.Id) || byNumber.NameFolded != row.NameFolded))
        {
            Reject(row.Number, _options.Cell(ImportField.Number, row.Number), ImportErrors.NumberOfAnother, shown, row.Room.Label, row.NameFolded);
            return;
        }

        foreach (var key in keys) _seen[key] = (row.Number, home.Key);
        _buildings.Add(home.BuildingId);
        var known = byDocument ?? byNumber ?? SameNameAtHome(row, home, documentKey);
        if (known is null)
        {
            _new++;
            _persons.Add(row, home);
            _plan.Findings.Add(new Finding(row.Number, FindingKind.New, shown));
        }
        else
        {
            _named.Add(known.Id);
            Changed(row, known, _persons.Compare(row, home, known, documentIndex), shown);
        }
        foreach (var word in row.Unclear)
        {
            _unclear++;
            _plan.Findings.Add(new Finding(row.Number, FindingKind.Unclear, $"{shown}: {word.Text}", word.Cell, word.Error, known?.Id));
        }
    }

    private void Changed(PopulationRow row, KnownPerson known, IReadOnlyList<string> fields, string shown)
    {
        if (fields.Count == 0)
        {
            _unchanged++;
            return;
        }
        _changed++;
        _plan.Findings.Add(new Finding(row.Number, FindingKind.Changed, shown, PersonId: known.Id, Fields: string.Join(',', fields)));
    }

    private void PlaceEmpty(RowReading.EmptyFlat flat)
    {
        var located = _places.Locate(flat.Campus, flat.Room);
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
            _plan.NewHouseholds.Add(_places.Create(flat.Room, home, HouseholdKind.Family, flat.Use));
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
        return _register.ResidentsOf[household.Id]
            .Select(r => _register.Persons.GetValueOrDefault(r.PersonId))
            .FirstOrDefault(p => p is not null && !_named.Contains(p.Id) && p.NameFolded == row.NameFolded
                && (documentKey is null || p.DocumentIndex is null)
                && (row.PersonNumber is null || p.Number is null)
                && (row.BirthDate is null || p.BirthDate is null || row.BirthDate == p.BirthDate));
    }

    /// <summary>
    /// The file is the whole roll of its buildings: whoever lives there in the register and is not in it has moved out. Nobody is moved out
    /// because of a row that could not be read: its room and its name are spared.
    /// </summary>
    private int MoveOut()
    {
        var count = 0;
        foreach (var household in _register.Households.Values.Where(h => _buildings.Contains(_places.BuildingOf(h.PlaceId)) && !_refusedRooms.Contains(h.Label)))
        {
            foreach (var residency in _register.ResidentsOf[household.Id].Where(r => !_named.Contains(r.PersonId)))
            {
                if (!_register.Persons.TryGetValue(residency.PersonId, out var person) || _refusedNames.Contains(person.NameFolded)) continue;
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
}
