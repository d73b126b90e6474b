using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Tongxin.Core.Common;
using Tongxin.People.Data;
using Tongxin.People.PersonList;
using Tongxin.Platform.Access;
using Tongxin.Platform.Approvals;
using Tongxin.Platform.Data;
using Tongxin.Platform.Sheets;
using Tongxin.Platform.Ui.Tables;

namespace Tongxin.People.ExportRegister;

/// <summary>A workbook to be sent.</summary>
internal sealed record ExportFile(string Name, byte[] Content);

/// <summary>
/// Takes a part of the register out: asked for a purpose, approved by a privacy officer of another unit, within a day, by the
/// requester alone. Masked as on the screen, without needs and documents, with who took it and what for on every page.
/// </summary>
internal sealed class ExportDesk(
    TongxinDb db, PersonFilter filter, ListPersons list, IApprovals approvals, TimeProvider clock, IStringLocalizer<PeopleText> texts)
{
    public const string Kind = "people.export";
    public const int MostRows = 5_000;
    private const int AtOnce = 500;

    /// <summary>How many persons the address names.</summary>
    public async Task<int> CountAsync(string query, Actor actor, CancellationToken ct) =>
        await (await filter.MatchingAsync(Read(query), actor, PeoplePermissions.Export, ct)).CountAsync(ct);

    public async Task<Result<Guid>> RequestAsync(string query, string? purpose, Actor actor, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(purpose)) return PeopleErrors.PurposeMissing;
        var address = Read(query).ToHref("");
        var rows = await CountAsync(address, actor, ct);
        if (rows == 0) return PeopleErrors.ExportEmpty;
        if (rows > MostRows) return PeopleErrors.ExportTooMany(rows, MostRows);

        var export = Export.Ask(actor.AccountId, address, purpose.Trim(), rows, clock.GetUtcNow());
        var asked = approvals.Request(
            Kind, new ApprovalTitle("people.export.ask", rows.ToString(CultureInfo.InvariantCulture)), export.Id, new { export = export.Id }, purpose, actor);
        if (asked.IsFailure) return asked.Error;
        db.Add(export);
        db.Record(actor, "people.export.requested", "export", export.Id, purpose.Trim(), new { rows });
        await db.CommitAsync(ct);
        return export.Id;
    }

    /// <summary>The actor's own exports, newest first.</summary>
    public async Task<IReadOnlyList<Export>> ListAsync(Actor actor, CancellationToken ct) =>
        await db.Set<Export>().AsNoTracking().Where(e => e.RequestedBy == actor.AccountId).OrderByDescending(e => e.RequestedAt).Take(50).ToListAsync(ct);

    /// <summary>The workbook, with the rights its requester has now. Each taking is journaled.</summary>
    public async Task<Result<ExportFile>> TakeAsync(Guid id, Actor actor, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var export = await db.Set<Export>().AsNoTracking().SingleOrDefaultAsync(e => e.Id == id && e.RequestedBy == actor.AccountId, ct);
        if (export is null || !export.MayBeTaken(now)) return PeopleErrors.ExportNotFound;

        var found = await filter.MatchingAsync(Read(export.Query), actor, PeoplePermissions.Export, ct);
        var ids = await found.OrderBy(p => p.SortKey).ThenBy(p => p.Id).Select(p => p.Id).Take(MostRows).ToListAsync(ct);
        var lines = new List<PersonLine>(ids.Count);
        foreach (var part in ids.Chunk(AtOnce)) lines.AddRange(await list.LinesAsync(part, actor, ct));

        db.Record(actor, "people.export.taken", "export", id, export.Purpose, new { rows = lines.Count });
        await db.CommitAsync(ct);
        return new ExportFile($"people-{CampusCalendar.Local(now):yyyyMMdd-HHmm}.xlsx", SheetWriter.ToBytes(Document(lines, export, actor, now)));
    }

    public DateTimeOffset Now => clock.GetUtcNow();

    private SheetDocument Document(IReadOnlyList<PersonLine> lines, Export export, Actor actor, DateTimeOffset now) => new()
    {
        Name = texts["people.title"],
        Titles = [texts["people.title"]],
        Watermark = texts["export.watermark", actor.Name, CampusCalendar.Local(now).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), export.Purpose],
        Columns =
        [
            new(texts["person.name"], 14), new(texts["person.room"], 14), new(texts["person.category"], 10),
            new(texts["person.units"], 28), new(texts["person.number"], 16), new(texts["person.phone"], 16),
        ],
        Rows = lines.Select(p => (IReadOnlyList<SheetValue>)[p.Name, p.Room, texts.Word(p.Category), string.Join("、", p.Units), p.Number, p.PhoneMasked]),
    };

    // The page is no part of what is asked for.
    private static TableQuery Read(string query)
    {
        var at = query.IndexOf('?', StringComparison.Ordinal);
        var read = TableQuery.From(new QueryCollection(QueryHelpers.ParseQuery(at < 0 ? query : query[at..])), PersonFilter.Defaults);
        return read.AtPage(1);
    }
}

/// <summary>The second person has spoken.</summary>
internal sealed class ExportDecided(TongxinDb db, TimeProvider clock) : IHandle<ApprovalDecided>
{
    public async Task HandleAsync(ApprovalDecided happened, CancellationToken ct)
    {
        if (happened.Kind != ExportDesk.Kind || happened.SubjectId is not { } id) return;
        var export = await db.Set<Export>().SingleAsync(e => e.Id == id, ct);
        export.Decide(happened.Approved, clock.GetUtcNow());
        db.Record(happened.DecidedBy, happened.Approved ? "people.export.approved" : "people.export.refused", "export", id);
    }
}
