using Microsoft.EntityFrameworkCore;
using Tongxin.Grid.Contracts;
using Tongxin.Platform.Data;

namespace Tongxin.Grid.Data;

/// <summary>The rounds that the pages of this module speak of. Rounds of other kinds share the engine and have pages elsewhere.</summary>
internal static class DoorRounds
{
    public static IQueryable<Round> Doors(this TongxinDb db) => db.Set<Round>().Where(r => r.Kind == RoundKind.DoorKnock);
}
