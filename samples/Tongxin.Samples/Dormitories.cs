using System.Globalization;
using Tongxin.Core.Text;

namespace Tongxin.Samples;

/// <summary>
/// Puts the students of a site to bed: houses for men and for women, rooms of four to six of the same sex and level, classmates
/// beside each other.
/// </summary>
internal sealed class Dormitories(PlaceBuilder place, int site, string zone)
{
    private const int Floors = 6;
    private const int RoomsOfAFloor = 26;
    private const int LeastOfARoom = 4;
    private const int MostOfARoom = 6;

    private int _houses;
    private int _house = -1;
    private int _rooms;

    public void House(IReadOnlyList<Enrolled> students)
    {
        foreach (var wing in students.GroupBy(student => (student.Sex, IsBachelor: student.Level == Level.Bachelor)).OrderBy(wing => wing.Key.Sex).ThenByDescending(wing => wing.Key.IsBachelor))
        {
            _house = -1;
            var queue = wing.OrderBy(student => student.CollegeKey).ThenBy(student => student.Grade).ThenBy(student => student.ClassKey).ToList();
            var beds = wing.Key.IsBachelor ? MostOfARoom : LeastOfARoom;
            for (var at = 0; at < queue.Count;)
            {
                var size = SizeOfNext(queue.Count - at, beds);
                MoveIn(OpenRoom(Math.Max(beds, size)), queue.GetRange(at, size));
                at += size;
            }
        }
    }

    /// <summary>The beds of a room, now and then one free; never so that fewer than four are left for the last room.</summary>
    private int SizeOfNext(int left, int beds)
    {
        var wanted = beds > LeastOfARoom && place.Dice.Happens(0.12) ? beds - 1 : beds;
        foreach (var size in new[] { wanted, MostOfARoom, MostOfARoom - 1, LeastOfARoom })
        {
            // Seven cannot be cut into rooms of four to six.
            if (left == size || left - size is >= LeastOfARoom and not 7)
            {
                return size;
            }
        }

        return Math.Min(left, MostOfARoom);
    }

    private int OpenRoom(int beds)
    {
        if (_house < 0 || _rooms == Floors * RoomsOfAFloor)
        {
            var (column, row) = (_houses % 6, _houses / 6);
            var code = (++_houses).ToString(CultureInfo.InvariantCulture);
            _house = place.AddBuilding(site, zone, $"{code}号宿舍楼", code, Floors, 40 + (column * 105), 40 + (row * 60), 80, 18);
            _rooms = 0;
        }

        var (floor, number) = (_rooms / RoomsOfAFloor, _rooms % RoomsOfAFloor);
        _rooms++;
        return place.AddHousehold(_house, null, floor + 1, number + 1, DemoDoor.Dormitory, HousingUse.Rented, beds);
    }

    private void MoveIn(int room, List<Enrolled> students)
    {
        for (var bed = 1; bed <= students.Count; bed++)
        {
            var student = students[bed - 1];
            var dice = place.Dice;
            var birth = place.BirthOf(student.Age);
            var isForeign = dice.Happens(0.012);
            var name = isForeign ? place.Names.Foreign(student.Sex)
                : dice.Happens(0.02) ? place.Names.Uyghur(student.Sex)
                : place.Names.Full(place.Names.Surname(), student.Sex, birth.Year);
            place.AddPerson(
                name, student.Sex, birth, room, DemoRelation.Roommate, DemoCategory.Student, new DateOnly(student.Grade, 9, 1),
                dice.Happens(0.009) ? [DemoCare.Chronic] : dice.Happens(0.002) ? [DemoCare.LimitedMobility] : [],
                hasPhone: true, isForeign, bed, student.Number, student.CollegeKey, student.ClassKey, student.BranchKey < 0 ? null : student.BranchKey);
        }
    }
}
