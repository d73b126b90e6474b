using System.Globalization;
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
using Tongxin.Screening.Laboratory.Data;
using Tongxin.Screening.Rounds;

namespace Tongxin.Screening.Laboratory;

/// <summary>What the forms of results and rechecks post to, and the sheets that go to the laboratory.</summary>
internal static class LaboratoryRoutes
{
    private const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var files = routes.MapGroup("/testing/{round:guid}/lab").Needs(LaboratoryPermissions.Upload).ExcludeFromDescription();
        files.MapPost("/upload", UploadAsync).WithMetadata(new UploadAttribute());
        files.MapPost("/{file:guid}/again", (Guid round, Guid file, LabFiles desk, TestingDeed deed, IStringLocalizer<LaboratoryText> t, CancellationToken ct) =>
            deed.DoAsync(actor => desk.LookAgainAsync(round, file, actor, ct), t["file.again.done"], $"/testing/{round}/lab/{file}", ct));
        files.MapPost("/{file:guid}/discard", (Guid round, Guid file, LabFiles desk, TestingDeed deed, IStringLocalizer<LaboratoryText> t, CancellationToken ct) =>
            deed.DoAsync(actor => desk.DiscardAsync(round, file, actor, ct), t["file.discard.done"], $"/testing/{round}/lab/{file}", ct, $"/testing/{round}/lab"));
        files.MapPost("/{file:guid}/contacted", (Guid round, Guid file, [FromForm] string? whom, [FromForm] string? note, ContactLab contact, TestingDeed deed, IStringLocalizer<LaboratoryText> t, CancellationToken ct) =>
            deed.DoAsync(actor => contact.ExecuteAsync(round, file, whom, note, actor, ct), t["contact.done"], $"/testing/{round}/lab/{file}", ct));
        files.MapGet("/template.xlsx", TemplateAsync);

        routes.MapPost("/testing/{round:guid}/lab/{file:guid}/publish", PublishAsync).Needs(LaboratoryPermissions.Publish).ExcludeFromDescription();
        routes.MapGet("/testing/{round:guid}/lab/{file:guid}/refused.xlsx", RefusedAsync).Needs(LaboratoryPermissions.Read).ExcludeFromDescription();

        routes.MapPost("/testing/{round:guid}/rechecks/{id:guid}/try", (
            Guid round, Guid id, [FromForm] string? way, [FromForm] string? reached, [FromForm] string? note, KeepRechecks keep, TestingDeed deed, IStringLocalizer<LaboratoryText> t, CancellationToken ct) =>
            deed.DoAsync(
                actor => Enum.TryParse<RecheckWay>(way, out var read) ? keep.TryAsync(round, id, read, reached == "yes", note, actor, ct) : Task.FromResult<Result>(LaboratoryErrors.Field("way")),
                t["recheck.tried.done"], $"/testing/{round}/rechecks/{id}", ct)).Needs(LaboratoryPermissions.Follow).ExcludeFromDescription();
        routes.MapPost("/testing/{round:guid}/rechecks/{id:guid}/cdc", (
            Guid round, Guid id, [FromForm] string? note, KeepRechecks keep, TestingDeed deed, IStringLocalizer<LaboratoryText> t, CancellationToken ct) =>
            deed.DoAsync(actor => keep.TellCdcAsync(round, id, note, actor, ct), t["recheck.tried.done"], $"/testing/{round}/rechecks/{id}", ct)).Needs(LaboratoryPermissions.Follow).ExcludeFromDescription();
        routes.MapPost("/testing/{round:guid}/rechecks/{id:guid}/judge", (
            Guid round, Guid id, [FromForm] string? judgement, [FromForm] string? note, KeepRechecks keep, TestingDeed deed, IStringLocalizer<LaboratoryText> t, CancellationToken ct) =>
            deed.DoAsync(
                actor => Enum.TryParse<RecheckJudgement>(judgement, out var read) ? keep.JudgeAsync(round, id, read, note, actor, ct) : Task.FromResult<Result>(LaboratoryErrors.Field("judgement")),
                t["recheck.judged.done"], $"/testing/{round}/rechecks/{id}", ct)).Needs(LaboratoryPermissions.Judge).ExcludeFromDescription();
    }

    private static async Task<Results<RedirectHttpResult, NotFound>> UploadAsync(
        Guid round, [FromForm] string? declared, HttpRequest request, LabFiles desk, ICurrentActor current, IFlash flash, ErrorCatalogue errors, CancellationToken ct)
    {
        Result<Guid> uploaded = LaboratoryErrors.FileMissing;
        if (!TryCount(declared, out var rows)) uploaded = LaboratoryErrors.Declared;
        else if (request.Form.Files.GetFile("file") is { } file)
        {
            await using var content = file.OpenReadStream();
            uploaded = await desk.UploadAsync(round, content, Path.GetFileName(file.FileName), rows, await current.RequireAsync(ct), ct);
        }
        if (!uploaded.IsFailure) return TypedResults.LocalRedirect($"/testing/{round}/lab/{uploaded.Value}");
        if (uploaded.Error == LaboratoryErrors.NotFound) return TypedResults.NotFound();
        flash.Say(FlashKind.Refused, errors.Say(uploaded.Error));
        return TypedResults.LocalRedirect($"/testing/{round}/lab");
    }

    private static async Task<Results<RedirectHttpResult, NotFound>> PublishAsync(
        Guid round, Guid file, PublishLabFile publish, ICurrentActor current, IFlash flash, ErrorCatalogue errors, IStringLocalizer<LaboratoryText> t, CancellationToken ct)
    {
        var published = await publish.ExecuteAsync(round, file, await current.RequireAsync(ct), ct);
        if (published.IsFailure && published.Error == LaboratoryErrors.NotFound) return TypedResults.NotFound();
        if (published.IsFailure) flash.Say(FlashKind.Refused, errors.Say(published.Error));
        else flash.Say(FlashKind.Done, t["file.publish.done", published.Value.ToPublish]);
        return TypedResults.LocalRedirect($"/testing/{round}/lab/{file}");
    }

    private static async Task<IResult> TemplateAsync(Guid round, LabFiles desk, ICurrentActor current, IStringLocalizer<LaboratoryText> t, CancellationToken ct)
    {
        if (await desk.RoundAsync(round, await current.RequireAsync(ct), LaboratoryPermissions.Upload, ct) is null) return Results.NotFound();
        return Workbook($"{t["lab.title"]}.xlsx", new SheetDocument
        {
            Name = t["lab.title"],
            Columns = [.. Enum.GetValues<LabField>().Select(f => new SheetColumn(t["LabField." + f], 16))],
            Rows = [],
        });
    }

    /// <summary>The rows that do not fit with cell and remedy: what is sent back to the laboratory. No names are in it.</summary>
    private static async Task<IResult> RefusedAsync(
        Guid round, Guid file, ReadLabFiles read, LabFiles desk, ICurrentActor current, ErrorCatalogue errors, IStringLocalizer<LaboratoryText> t, CancellationToken ct)
    {
        if (await read.FindAsync(round, file, LabFate.Refused, await current.RequireAsync(ct), ct) is not { } view) return Results.NotFound();
        var rows = (await desk.RowsAsync(file, ct)).Where(r => r.Fate == LabFate.Refused);
        return Workbook($"{t["refused.title"]}-{view.File.Number}.xlsx", new SheetDocument
        {
            Name = t["refused.title"],
            Columns = [new(t["row.number"], 8), new(t["row.cell"], 8), new(t["LabField.Tube"], 20), new(t["row.why"], 60, SheetColumnStyle.Warning)],
            Rows = rows.Select(r => (IReadOnlyList<SheetValue>)[r.RowNumber, r.Address, r.TubeCode, errors.Say(r.Code ?? "", r.Args)]),
        });
    }

    private static bool TryCount(string? text, out int? count)
    {
        count = null;
        if (string.IsNullOrWhiteSpace(text)) return true;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var read)) return false;
        count = read;
        return true;
    }

    private static FileContentHttpResult Workbook(string name, SheetDocument document)
    {
        using var content = new MemoryStream();
        SheetWriter.Write(content, document);
        return TypedResults.File(content.ToArray(), Xlsx, name);
    }
}
