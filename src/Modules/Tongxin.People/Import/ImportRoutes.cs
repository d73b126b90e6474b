using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Tongxin.Core.Common;
using Tongxin.Platform.Access;
using Tongxin.Platform.Http;
using Tongxin.Platform.Sheets;
using Tongxin.Platform.Ui;

namespace Tongxin.People.Import;

/// <summary>The posts and downloads of the import desk.</summary>
internal static class ImportRoutes
{
    private const string Desk = "/people/import";
    private const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var desk = routes.MapGroup(Desk).Needs(PeoplePermissions.Import);

        desk.MapPost("", async ([FromForm] IFormFile? file, UploadWorkbook upload, ICurrentActor current, IFlash flash, ErrorCatalogue errors, CancellationToken ct) =>
        {
            if (file is null || file.Length == 0) return Refused(flash, errors, ImportErrors.FileMissing, Desk);
            await using var content = file.OpenReadStream();
            var uploaded = await upload.ExecuteAsync(content, file.FileName, await ActorAsync(current, ct), ct);
            return uploaded.IsFailure ? Refused(flash, errors, uploaded.Error, Desk) : TypedResults.LocalRedirect($"{Desk}/{uploaded.Value}");
        }).WithMetadata(new UploadAttribute());

        desk.MapPost("/{id:guid}/columns", async (Guid id, HttpRequest request, MapColumns map, ICurrentActor current, IFlash flash, ErrorCatalogue errors, CancellationToken ct) =>
        {
            var form = await request.ReadFormAsync(ct);
            var columns = new Dictionary<ImportField, int>();
            foreach (var (key, value) in form)
            {
                if (key.StartsWith('c') && int.TryParse(key.AsSpan(1), out var column) && Enum.TryParse<ImportField>(value, out var field)) columns.TryAdd(field, column);
            }
            var mapped = await map.ExecuteAsync(id, columns, form["complete"] == "true", form["campus"], await ActorAsync(current, ct), ct);
            return mapped.IsFailure ? Refused(flash, errors, mapped.Error, $"{Desk}/{id}?map=true") : TypedResults.LocalRedirect($"{Desk}/{id}");
        });

        desk.MapPost("/{id:guid}/commit", async (Guid id, CommitImport commit, ICurrentActor current, IFlash flash, ErrorCatalogue errors, CancellationToken ct) =>
        {
            var started = await commit.ExecuteAsync(id, await ActorAsync(current, ct), ct);
            return started.IsFailure ? Refused(flash, errors, started.Error, $"{Desk}/{id}") : TypedResults.LocalRedirect($"{Desk}/{id}");
        });

        desk.MapPost("/{id:guid}/discard", async (Guid id, DiscardImport discard, ICurrentActor current, IFlash flash, ErrorCatalogue errors, IStringLocalizer<ImportText> t, CancellationToken ct) =>
        {
            var discarded = await discard.ExecuteAsync(id, await ActorAsync(current, ct), ct);
            if (discarded.IsFailure) return Refused(flash, errors, discarded.Error, $"{Desk}/{id}");
            flash.Say(FlashKind.Done, t["discarded.flash"]);
            return TypedResults.LocalRedirect(Desk);
        });

        desk.MapGet("/{id:guid}/progress", IResult (Guid id) => new RazorComponentResult<ImportProgress>(new { BatchId = id }));

        desk.MapGet("/{id:guid}/rejected.xlsx", async (Guid id, RejectedWorkbook rejected, ICurrentActor current, IStringLocalizer<ImportText> t, CancellationToken ct) =>
        {
            var document = await rejected.ExecuteAsync(id, t["reason"], t["cell"], await ActorAsync(current, ct), ct);
            return document.IsFailure ? Results.NotFound() : Workbook(document.Value, $"{t["kind.Rejected"]}.xlsx");
        });

        desk.MapGet("/template.xlsx", (IStringLocalizer<ImportText> t) => Workbook(new SheetDocument
        {
            Name = t["title"],
            Columns = [.. Enum.GetValues<ImportField>().Where(f => f != ImportField.Address).Select(f => new SheetColumn(t[$"column.{f}"], 14))],
            Rows = [],
        }, $"{t["title"]}.xlsx"));
    }

    private static async Task<Actor> ActorAsync(ICurrentActor current, CancellationToken ct) =>
        await current.GetAsync(ct) ?? throw new InvalidOperationException("The policy lets only actors in.");

    private static RedirectHttpResult Refused(IFlash flash, ErrorCatalogue errors, Error error, string back)
    {
        flash.Say(FlashKind.Refused, errors.Say(error));
        return TypedResults.LocalRedirect(back);
    }

    private static FileContentHttpResult Workbook(SheetDocument document, string name)
    {
        using var stream = new MemoryStream();
        SheetWriter.Write(stream, document);
        return TypedResults.File(stream.ToArray(), Xlsx, name);
    }
}
