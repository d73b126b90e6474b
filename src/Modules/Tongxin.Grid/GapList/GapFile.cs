using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Tongxin.Core.Common;
using Tongxin.Core.Rounds;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Platform.Sheets;
using Tongxin.Platform.Ui;

namespace Tongxin.Grid.GapList;

/// <summary>The list as a file: the same rows as on the page, all pages of them. Rooms and captains, no residents' names.</summary>
internal sealed class GapFile(GapList slice, TongxinDb db, IStringLocalizer<GridText> texts, IStringLocalizer<UiText> ui, TimeProvider clock)
{
    private const int MostRows = 100_000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/rounds/{id:guid}/list.{format:regex(^(csv|xlsx)$)}", GetAsync).Needs(GridPermissions.ReadRounds).ExcludeFromDescription();
        routes.MapGet("/rounds/{id:guid}/list/table", async Task<IResult> (Guid id, HttpContext http, GapList slice, ICurrentActor current, CancellationToken ct) =>
        {
            if (await current.GetAsync(ct) is not { } actor || (await slice.ExecuteAsync(new GapQuery(id, Size: 1), actor, ct)).IsFailure) return TypedResults.NotFound();
            http.Response.Headers["HX-Replace-Url"] = GapAddress.Read(http.Request.Query).ToHref($"/rounds/{id}/list");
            return new RazorComponentResult<GapTable>(new { Id = id }) { PreventStreamingRendering = true };
        }).Needs(GridPermissions.ReadRounds).ExcludeFromDescription();
    }

    private static async Task<IResult> GetAsync(Guid id, string format, HttpContext http, GapFile file, ICurrentActor current, CancellationToken ct)
    {
        if (await current.GetAsync(ct) is not { } actor) return TypedResults.NotFound();
        var made = await file.MakeAsync(GapAddress.Read(http.Request.Query).ToGaps(id), actor, ct);
        if (made.IsFailure) return TypedResults.NotFound();
        if (format == "xlsx") return TypedResults.File(SheetWriter.ToBytes(made.Value.Document), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", $"{made.Value.Name}.xlsx");
        using var stream = new MemoryStream();
        SheetWriter.WriteCsv(stream, made.Value.Document);
        return TypedResults.File(stream.ToArray(), "text/csv; charset=utf-8", $"{made.Value.Name}.csv");
    }

    private async Task<Result<(string Name, SheetDocument Document)>> MakeAsync(GapQuery query, Actor actor, CancellationToken ct)
    {
        var read = await slice.ExecuteAsync(query with { Page = 1, Size = MostRows }, actor, ct);
        if (read.IsFailure) return read.Error;
        var page = read.Value;
        db.Record(actor, "grid.gaps.exported", "round", page.Round.Id, details: new { rows = page.Rows.Count, state = query.Status?.ToString() });
        await db.CommitAsync(ct);
        var now = clock.GetUtcNow();
        var name = $"{page.Round.Number} {texts["gaps.title"]}";
        return (name, new SheetDocument
        {
            Name = texts["gaps.title"],
            Titles = [$"{page.Round.Title} · {texts["gaps.title"]}", texts["gaps.sheet", page.Round.Number, page.Total]],
            Watermark = texts["sheet.watermark", actor.Name, Moments.Full(now, ui)],
            Columns = [.. ((string[])["room", "cell", "captain", "state", "result", "gaps.attempts", "gaps.last", "gaps.next", "gaps.why", "reason"]).Select(k => new SheetColumn(texts[k]))],
            Rows = page.Rows.Select(r => Row(r, now)),
        });
    }

    private IReadOnlyList<SheetValue> Row(GapRow r, DateTimeOffset now) =>
    [
        r.Label, $"{r.Cell.Number} {r.Cell.Name}", r.Cell.Captain ?? texts["cells.no_captain"], texts.Of(r.Status), texts.Of(r.Result), r.Attempts,
        r.LastSeenAt is { } seen ? Moments.Full(seen, ui) : "", r.NextFrom is { } next ? texts.When(next, now, ui) : "",
        r.NextReason is { } why ? texts[$"next.{why}"] : "", texts.Reason(r.Reason) ?? "",
    ];
}
