using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Grid.Coverage;

internal static class CoverageRoutes
{
    private const string Workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/grid/coverage/table.xlsx", DownloadAsync).Needs(GridPermissions.ReadCells).ExcludeFromDescription();

    private static async Task<IResult> DownloadAsync(ReadResponsibilityTable read, ICurrentActor current, TongxinDb db, TimeProvider clock, CancellationToken ct)
    {
        if (await current.GetAsync(ct) is not { } actor) return TypedResults.NotFound();
        var lines = await read.ExecuteAsync(actor, ct);
        db.Record(actor, "grid.table.exported", "cell", null, details: new { lines = lines.Count });
        await db.CommitAsync(ct);
        return TypedResults.File(ResponsibilitySheet.Write(lines, actor, clock.GetUtcNow()), Workbook, "网格责任表.xlsx");
    }
}
