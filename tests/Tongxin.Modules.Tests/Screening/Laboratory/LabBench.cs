using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tongxin.Core.Common;
using Tongxin.Core.Sampling.Pools;
using Tongxin.Modules.Tests.Screening.Tubes;
using Tongxin.Platform.Access;
using Tongxin.Platform.Outbox;
using Tongxin.Platform.Sheets;
using Tongxin.Screening.Laboratory;
using Tongxin.Screening.Laboratory.Data;
using Xunit;

namespace Tongxin.Modules.Tests.Screening.Laboratory;

/// <summary>A row as a laboratory writes it.</summary>
internal sealed record Said(string Tube, int Size, int Members, string Result, int? Version = null, string? Round = null);

/// <summary>What a laboratory sends to the town of tubes, and what office and doctor do with it.</summary>
internal static class LabBench
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static Actor Doctor(this TubeTown town) => town.App.ActorOf(Roles.Doctor);

    public static byte[] Csv(params IEnumerable<Said> rows)
    {
        var text = new StringBuilder("核酸检测结果\n试管条码,轮次,混采数,人数,检测结果,版本\n");
        foreach (var row in rows)
            text.Append(CultureInfo.InvariantCulture, $"{row.Tube},{row.Round ?? "第一轮"},{row.Size},{row.Members},{row.Result},{row.Version}\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    public static byte[] Xlsx(params IEnumerable<Said> rows)
    {
        using var content = new MemoryStream();
        SheetWriter.Write(content, new SheetDocument
        {
            Name = "results",
            Columns = [new("Tube"), new("Round"), new("Pool size"), new("Members"), new("Result"), new("Version")],
            Rows = rows.Select(r => (IReadOnlyList<SheetValue>)[r.Tube, r.Round ?? "第一轮", r.Size, r.Members, r.Result, r.Version]),
        });
        return content.ToArray();
    }

    public static Task<Result<Guid>> TryUploadAsync(this TubeTown town, byte[] file, string name = "结果.csv", int? declared = null, Actor? actor = null) =>
        town.App.CallAsync(async (LabFiles files) =>
        {
            using var content = new MemoryStream(file);
            return await files.UploadAsync(town.Round, content, name, declared, actor ?? town.Office, Ct);
        });

    public static async Task<LabFile> UploadAsync(this TubeTown town, params Said[] rows) => await town.FileAsync((await town.TryUploadAsync(Csv(rows))).Value);

    public static Task<LabFile> FileAsync(this TubeTown town, Guid id) => town.App.ReadAsync(db => db.Set<LabFile>().AsNoTracking().SingleAsync(f => f.Id == id, Ct));

    public static Task<List<LabRow>> RowsAsync(this TubeTown town, Guid file) =>
        town.App.ReadAsync(db => db.Set<LabRow>().AsNoTracking().Where(r => r.FileId == file).OrderBy(r => r.RowNumber).ToListAsync(Ct));

    public static async Task<Result<LabCounts>> PublishAsync(this TubeTown town, Guid file, Actor? actor = null)
    {
        var published = await town.App.CallAsync((PublishLabFile publish) => publish.ExecuteAsync(town.Round, file, actor ?? town.Doctor(), Ct));
        await town.CheckAsync();
        return published;
    }

    /// <summary>Uploaded and published.</summary>
    public static async Task<LabFile> ReportAsync(this TubeTown town, params Said[] rows)
    {
        var file = await town.UploadAsync(rows);
        var published = await town.PublishAsync(file.Id);
        if (published.IsFailure) throw new InvalidOperationException(published.Error.Code);
        return await town.FileAsync(file.Id);
    }

    public static Task<List<RecheckTask>> RechecksAsync(this TubeTown town) =>
        town.App.ReadAsync(db => db.Set<RecheckTask>().AsNoTracking().Where(r => r.RoundId == town.Round).OrderBy(r => r.Place).ToListAsync(Ct));

    public static async Task<RecheckTask> RecheckAsync(this TubeTown town, int person) => (await town.RechecksAsync()).Single(r => r.PersonId == town.People[person]);

    public static Task<int> RingAsync(this TubeTown town) => town.App.CallAsync((RingRechecks ring) => ring.RingAsync(Ct));

    public static Task WorkAsync(this TubeTown town) => town.App.Services.GetRequiredService<OutboxWorker>().RunDueAsync(Ct);

    /// <summary>Sampled again, alone.</summary>
    public static Task AloneAsync(this TubeTown town, string code, int person) => town.WriteAsync(town.Full(code, [person], 1, TubePurpose.Recheck));
}
