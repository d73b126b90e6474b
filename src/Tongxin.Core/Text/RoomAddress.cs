using System.Globalization;
using System.Text;
using Tongxin.Core.Common;

namespace Tongxin.Core.Text;

/// <summary>
/// Where a household or a bed is, in one form whatever the writing: building, entrance (单元) if there is one, room, bed (床) in a
/// dormitory. Equality is of the canonical parts. Numbers carry no leading zeros and no measure words.
/// </summary>
/// <param name="Building">"3", "西12", "学12", "A", "百合".</param>
/// <param name="Entrance">"2", or null where the building has one entrance.</param>
/// <param name="Room">"101", "A305".</param>
/// <param name="Bed">"2", or null outside dormitories.</param>
/// <param name="Place">The estate or campus named before the building ("沁园"), or null.</param>
public sealed record RoomAddress(string Building, string? Entrance, string Room, string? Bed = null, string? Place = null)
{
    private const int DigitsInSortKey = 6;

    /// <summary>"3-2-101", "西12-305", "学12-A305-2床": without the place. <see cref="Parse"/> reads it back.</summary>
    public string Label => string.Concat(Building, Entrance is null ? "-" : $"-{Entrance}-", Room, Bed is null ? "" : $"-{Bed}床");

    /// <summary>The label with the place before it: "沁园 3-2-101".</summary>
    public string FullLabel => Place is null ? Label : $"{Place} {Label}";

    /// <summary>Ordinal order of these keys is the natural one: by place, building, entrance, room, bed, with 10 after 9.</summary>
    public string SortKey
    {
        get
        {
            var key = new StringBuilder();
            Append(key, Place);
            Append(key, Building);
            Append(key, Entrance);
            Append(key, Room);
            Append(key, Bed);
            return key.ToString();
        }
    }

    /// <summary>
    /// Reads one cell: "3栋2单元101", "3-2-101", "3号楼二单元101室", "３栋２单元１０１", "沁园 3#2-101", "西12舍 305", "学12楼A305-2床". A floor ("10层")
    /// is left out. Refusals: <c>text.room.empty</c>; <c>text.room.building</c> and <c>text.room.room</c> when that part is missing;
    /// <c>text.room.ambiguous</c> when the parts can be shared out in two ways; <c>text.room.unreadable</c>.
    /// </summary>
    public static Result<RoomAddress> Parse(string? text) => RoomAddressReader.Read(text);

    /// <summary>
    /// Reads separate columns, each with or without its measure word ("3栋" or "3"); blank entrance and bed are allowed. The refusals of
    /// <see cref="Parse"/>.
    /// </summary>
    public static Result<RoomAddress> FromColumns(string? building, string? entrance, string? room, string? bed = null) =>
        RoomAddressReader.ReadColumns(building, entrance, room, bed);

    /// <summary>The full label.</summary>
    public override string ToString() => FullLabel;

    private static void Append(StringBuilder key, string? part)
    {
        for (var at = 0; at < part?.Length;)
        {
            var end = at;
            while (end < part.Length && char.IsAsciiDigit(part[end])) end++;
            if (end == at)
            {
                key.Append(part[at++]);
                continue;
            }

            key.Append('0', Math.Max(0, DigitsInSortKey - (end - at))).Append(CultureInfo.InvariantCulture, $"{part.AsSpan(at, end - at)}");
            at = end;
        }

        // Below every letter and digit, so that a part that ends sorts before one that goes on.
        key.Append(' ');
    }
}
