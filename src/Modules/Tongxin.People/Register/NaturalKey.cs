using Tongxin.Core.Text;

namespace Tongxin.People.Register;

/// <summary>Sort keys of places: building 10 after 9, as the keys of the import.</summary>
internal static class NaturalKey
{
    public static string Of(string part) => new RoomAddress(part, null, "").SortKey.Trim();
}
