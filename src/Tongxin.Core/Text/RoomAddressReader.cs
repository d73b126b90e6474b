using Tongxin.Core.Common;

namespace Tongxin.Core.Text;

/// <summary>
/// Cuts an address at its measure words and separators, gives marked parts their place and shares the unmarked ones out in the
/// order building, entrance, room, bed. One pass, linear; more than one way to share them out is a refusal.
/// </summary>
internal sealed class RoomAddressReader
{
    private const int Longest = 60;
    private const int LongestPart = 12;
    private const int LeastRoomLength = 3;

    // Longer first where one begins another.
    private static readonly (string Word, Part Part)[] Words =
    [
        ("号宿舍楼", Part.Building), ("号公寓楼", Part.Building), ("宿舍楼", Part.Building), ("公寓楼", Part.Building), ("号宿舍", Part.Building),
        ("号公寓", Part.Building), ("宿舍", Part.Building), ("公寓", Part.Building), ("号楼", Part.Building), ("栋楼", Part.Building), ("#楼", Part.Building),
        ("号房", Part.Room), ("房间", Part.Room), ("寝室", Part.Room), ("号床位", Part.Bed), ("号床", Part.Bed), ("床位", Part.Bed),
        ("号院", Part.Place), ("单元", Part.Entrance), ("门", Part.Entrance), ("层", Part.Floor), ("栋", Part.Building), ("幢", Part.Building), ("座", Part.Building),
        ("楼", Part.Building), ("舍", Part.Building), ("斋", Part.Building), ("#", Part.Building), ("号", Part.Building),
        ("室", Part.Room), ("房", Part.Room), ("户", Part.Room), ("床", Part.Bed),
    ];

    private readonly List<(string Text, bool BeforeBlank)> _loose = [];
    private string? _building, _buildingWord, _entrance, _room, _bed, _place;
    private bool _isDormitory;

    private enum Part { Place, Building, Entrance, Room, Bed, Floor }

    private enum Taken { No, Yes, Twice }

    internal static Result<RoomAddress> Read(string? text)
    {
        var folded = Fold(text);
        if (folded.Length == 0) return Error.Invalid("text.room.empty");
        if (folded.Length > Longest) return Error.Invalid("text.room.unreadable");
        var reader = new RoomAddressReader { _isDormitory = folded.AsSpan().IndexOfAny('舍', '寓', '寝') >= 0 };
        if (!reader.Cut(folded)) return Error.Invalid("text.room.ambiguous");
        reader.TakePlace();
        return reader.ShareOut();
    }

    internal static Result<RoomAddress> ReadColumns(string? building, string? entrance, string? room, string? bed)
    {
        var reader = new RoomAddressReader
        {
            _building = Strip(Fold(building), Part.Building),
            _entrance = Strip(Fold(entrance), Part.Entrance),
            _room = Strip(Fold(room), Part.Room),
            _bed = Strip(Fold(bed), Part.Bed),
        };
        if (reader is { _building: null, _entrance: null, _room: null, _bed: null }) return Error.Invalid("text.room.empty");
        if (reader._room is null) return Error.Invalid("text.room.room");
        // Some files repeat the whole address in the room column; it must then agree with its neighbours.
        var whole = Read(room);
        if (!whole.IsFailure && reader.Agrees(whole.Value)) return whole;
        if (reader._building is null) return Error.Invalid("text.room.building");
        // "2-101" in the room column beside building 3.
        return reader._room.Any(IsSeparator) ? Read($"{reader._building}栋{Marked(reader._entrance, "单元")} {reader._room} {Marked(reader._bed, "床")}") : reader.Finish();
    }

    private bool Agrees(RoomAddress whole) =>
        (_building is null || Number(_building) == whole.Building) && (_entrance is null || Number(_entrance) == whole.Entrance) && (_bed is null || Number(_bed) == whole.Bed);

    private static string Marked(string? part, string word) => part is null ? "" : part + word;

    // Half width, simplified, upper case, single blanks; blanks stay because they tell a place from a building.
    private static string Fold(string? text)
    {
        var clean = TextFold.Clean(text);
        Span<char> into = clean.Length <= Longest ? stackalloc char[clean.Length] : new char[clean.Length];
        for (var at = 0; at < clean.Length; at++)
        {
            var unit = char.IsSurrogate(clean[at]) ? clean[at] : FoldTable.Units[clean[at]];
            into[at] = unit is FoldTable.Drop or FoldTable.Paired ? clean[at] : char.ToUpperInvariant(unit);
        }

        return into.Trim(" -").ToString();
    }

    private static bool IsSeparator(char unit) => unit is '-' or '/' or '_' or '.' or '~' or ',' or '、' or FoldTable.MiddleDot;

    private bool Cut(string text)
    {
        var start = 0;
        for (var at = 0; at < text.Length;)
        {
            if (text[at] == ' ' || IsSeparator(text[at]))
            {
                Loose(text[start..at], text[at] == ' ');
                start = ++at;
            }
            else if (WordAt(text, at) is { Length: > 0 } word && Mark(text[start..at], word.Part, text.Substring(at, word.Length)) is var taken && taken != Taken.No)
            {
                if (taken == Taken.Twice) return false;
                at += word.Length;
                start = at;
            }
            else
            {
                at++;
            }
        }

        Loose(text[start..], beforeBlank: false);
        return true;
    }

    private static (int Length, Part Part) WordAt(string text, int at)
    {
        foreach (var (word, part) in Words)
            if (string.CompareOrdinal(text, at, word, 0, word.Length) == 0) return (word.Length, part);
        return default;
    }

    private Taken Mark(string part, Part kind, string word)
    {
        if (part.Length == 0 && _loose.Count > 0)
        {
            // "3 栋": the measure word stands off its number.
            part = _loose[^1].Text;
            if (!HasNumber(part)) return Taken.No;
            _loose.RemoveAt(_loose.Count - 1);
        }

        if (part.Length == 0) return Taken.No;
        // 门 and 层 are also parts of ordinary words (门卫, 地下层); 东单元 is an entrance all the same.
        var isSide = part.Length == 1 && word == "单元";
        if (kind is Part.Entrance or Part.Floor or Part.Bed && !HasNumber(part) && !isSide) return Taken.No;
        // 学生公寓 has several buildings: without a number it is the place.
        if (word is "公寓" or "宿舍" && !HasNumber(part)) kind = Part.Place;
        if (kind == Part.Building && _building is not null) return Again(part, word);
        switch (kind)
        {
            case Part.Place:
                AddPlace(part + word);
                return Taken.Yes;
            case Part.Building:
                _buildingWord = word;
                return Set(ref _building, part);
            case Part.Entrance: return Set(ref _entrance, part);
            case Part.Room: return Set(ref _room, part);
            case Part.Bed: return Set(ref _bed, part);
            default: return Taken.Yes;
        }
    }

    // A second 楼 is the floor when the room follows ("3号楼5楼501"), a second 号 ends the room ("3栋101号"), and a building without a
    // number before one with a number was the place ("学生公寓12号楼").
    private Taken Again(string part, string word)
    {
        if (!HasNumber(_building!) /* the caller has seen it */ && HasNumber(part))
        {
            AddPlace(_building + _buildingWord);
            (_building, _buildingWord) = (part, word);
            return Taken.Yes;
        }

        if (!Digits.All(Number(part))) return Taken.Twice;
        if (word is "号" or "#") return Set(ref _room, part);
        return word == "楼" && Number(part).Length < LeastRoomLength ? Taken.Yes : Taken.Twice;
    }

    private void AddPlace(string name) => _place = _place is null ? name : $"{_place} {name}";

    private static Taken Set(ref string? place, string part)
    {
        if (place is not null) return Taken.Twice;
        place = part;
        return Taken.Yes;
    }

    private void Loose(string part, bool beforeBlank)
    {
        if (part.Length > 0) _loose.Add((part, beforeBlank));
    }

    // A name without a number before a blank, or before three numbers, is the estate and not the building.
    private void TakePlace()
    {
        while (_loose.Count > 0 && (!HasNumber(_loose[0].Text) || NamesPlace(_loose[0].Text)) && (_loose[0].BeforeBlank || _loose.Count > 3 || _building is not null))
        {
            AddPlace(_loose[0].Text);
            _loose.RemoveAt(0);
        }
    }

    private Result<RoomAddress> ShareOut()
    {
        var loose = new Queue<string>(_loose.Select(l => l.Text));
        if (_building is null && loose.Count > 0 && (_room is not null || loose.Count > 1)) _building = loose.Dequeue();
        if (_building is null) return Error.Invalid("text.room.building");
        if (_room is not null)
        {
            if (loose.Count > 0 && _entrance is null) _entrance = loose.Dequeue();
            if (loose.Count > 0 && _bed is null) _bed = loose.Dequeue();
        }
        else if (loose.Count == 0)
        {
            return Error.Invalid("text.room.room");
        }
        else if (!ShareRoom(loose))
        {
            return Error.Invalid("text.room.ambiguous");
        }

        return loose.Count > 0 ? Error.Invalid("text.room.ambiguous") : Finish();
    }

    private bool ShareRoom(Queue<string> loose)
    {
        if (loose.Count == 1) return Set(ref _room, loose.Dequeue()) == Taken.Yes;
        if (loose.Count > 3) return false;
        var first = loose.Dequeue();
        var second = loose.Dequeue();
        var canBeEntrance = _entrance is null && first.Length < LeastRoomLength;
        if (loose.Count == 1)
        {
            var last = loose.Dequeue();
            (_entrance, _room) = (first, second);
            return canBeEntrance && second.Length >= last.Length && Set(ref _bed, last) == Taken.Yes;
        }

        // Of two parts the long one is the room: "2-101" is entrance and room, "305-2" room and bed. In old estates rooms are short
        // too ("2-4" behind a building), in dormitories that may as well be a bed.
        var isEntrance = canBeEntrance && (second.Length >= LeastRoomLength || (!_isDormitory && second.Length >= first.Length));
        if (isEntrance)
        {
            (_entrance, _room) = (first, second);
            return true;
        }

        // Behind a marked 单元 of a house "101-1" is a let part of a flat.
        var isBed = _bed is null && (_isDormitory || _entrance is null) && first.Length >= LeastRoomLength && second.Length < LeastRoomLength;
        if (isBed) (_room, _bed) = (first, second);
        return isBed;
    }

    private Result<RoomAddress> Finish()
    {
        var building = Number(_building!); // both callers have seen it
        var head = PlaceLength(building);
        if (head > 0)
        {
            AddPlace(building[..head].Trim());
            building = Number(building[head..]);
        }

        var (entrance, room, bed) = (_entrance is null ? null : Number(_entrance), Number(_room!), _bed is null ? null : Number(_bed));
        if (new[] { building, entrance, room, bed }.Any(p => p is { Length: 0 or > LongestPart })) return Error.Invalid("text.room.unreadable");
        if (HasWords(room) || (entrance is not null && HasWords(entrance))) return Error.Invalid("text.room.unreadable");
        return new RoomAddress(building, entrance, room, bed, _place);
    }

    // "沁园3": two characters or more before the number are the estate, one is part of the building's name (西12), also behind the
    // estate's (沁园西12).
    private static int PlaceLength(string building)
    {
        var head = building.AsSpan().IndexOfAnyInRange('0', '9');
        if (head < 2) return 0;
        var name = building.AsSpan(0, head);
        if (name.IndexOfAnyInRange('A', 'Z') >= 0 && !NamesPlace(name)) return 0;
        return head > 2 && name[^1] is ('东' or '西' or '南' or '北' or '中') ? head - 1 : head;
    }

    private static bool NamesPlace(ReadOnlySpan<char> name) => name[^1] is '区' or '园' or '院' or '苑' or '期';

    // "单元101" left in one part: the reader has not understood the words in it.
    private static bool HasWords(string part)
    {
        var wide = 0;
        foreach (var unit in part)
            if (FoldTable.IsWide(unit)) wide++;
        return wide > 1 && part.AsSpan().IndexOfAnyInRange('0', '9') >= 0;
    }

    private static string? Strip(string column, Part part)
    {
        if (column.Length == 0) return null;
        foreach (var (word, kind) in Words)
            if ((kind == part || word == "号") && column.Length > word.Length && column.EndsWith(word, StringComparison.Ordinal)) return column[..^word.Length].Trim();
        return column;
    }

    private static bool HasNumber(string part)
    {
        foreach (var unit in part)
            if (char.IsAsciiLetterOrDigit(unit) || ChineseNumeral.Is(unit)) return true;
        return part.Length == 1 && "甲乙丙丁戊己庚辛".Contains(part[0], StringComparison.Ordinal);
    }

    // Without 第, a Chinese number at the end as digits, digits without leading zeros.
    private static string Number(string part)
    {
        if (part.Length > 1 && part[0] is '第' or '#') part = part[1..];
        var tail = part.Length;
        while (tail > 0 && ChineseNumeral.Is(part[tail - 1])) tail--;
        if (tail < part.Length && ChineseNumeral.Read(part.AsSpan(tail)) is { } number) return string.Create(null, $"{part.AsSpan(0, tail)}{number}");
        if (part.Length > 1 && part[0] == '0' && Digits.All(part)) return part.TrimStart('0') is { Length: > 0 } trimmed ? trimmed : "0";
        return part;
    }
}
