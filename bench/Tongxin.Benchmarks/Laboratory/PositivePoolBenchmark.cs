using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Tongxin.Access.Contracts;
using Tongxin.Access.Data;
using Tongxin.Benchmarks.Harness;
using Tongxin.Core.Passes;
using Tongxin.Core.Protocols;
using Tongxin.Core.Sampling.Pools;
using Tongxin.Host.Commands.Drills;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Platform.Outbox;
using Tongxin.Screening.Booking;
using Tongxin.Screening.Contracts;
using Tongxin.Screening.Laboratory;

namespace Tongxin.Benchmarks.Laboratory;

/// <summary>
/// A pool turns positive in a round of 30,000 people who carry green passes: from the file in hand to the list of ten to be rechecked, with
/// the notices in the outbox and the ten passes withdrawn.
/// </summary>
internal sealed class PositivePoolBenchmark : IBenchmark
{
    private const int Pools = 20;
    private const double MostSeconds = 2;
    private const string Edition = "CN-COVID-9";

    public string Name => "positive-pool";

    public string About => $"A pool turns positive among {TestedCampus.People:N0} people: from the laboratory's file to the recheck list read, notices in the outbox and passes withdrawn, the slowest of {Pools}, the first in a program that never did it";

    public async Task<Measurement> RunAsync(CancellationToken ct)
    {
        var (campus, round) = await TestedCampus.BuildAsync(ct);
        await using var closing = campus;
        await CarryGreenAsync(campus, round, ct);
        await campus.SettleAsync(ct);

        var (times, wrong) = (new Sample(), 0);
        for (var n = 0; n < Pools; n++)
        {
            var tube = round.Tubes[n * (TestedCampus.Tubes / Pools)];
            var people = tube.Samples.Select(s => s.PersonId).ToHashSet();
            var told = await ToldAsync(campus, ct);
            var began = Stopwatch.GetTimestamp();
            var file = await round.UploadAsync(SampledRound.File([tube], _ => TubeResult.Pos, version: 2), ct);
            var published = await round.PublishAsync(file.FileId, ct);
            var list = await campus.DoAsync((ReadRechecks read) => read.ListAsync(round.Round, RecheckFilter.Waiting, Reader, ct));
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);

            var listed = list?.Cells.SelectMany(c => c.Lines).Select(l => l.Recheck.PersonId).ToHashSet() ?? [];
            var withdrawn = await campus.DoAsync((TongxinDb db) => db.Set<IssuedPass>().Where(p => p.RevokedAt != null).Select(p => p.PersonId).ToListAsync(ct));
            var fits = !published.IsFailure && listed.Count == (n + 1) * SampledRound.PoolSize && people.IsSubsetOf(listed)
                && withdrawn.Count == listed.Count && people.IsSubsetOf(withdrawn) && await ToldAsync(campus, ct) > told;
            if (!fits) wrong++;
        }

        return new Measurement($"{MostSeconds} s; also ten more on the list each time, their ten passes withdrawn and nobody else's", times.At(1) / 1000 / MostSeconds, 1, new Dictionary<string, object>
        {
            ["people of the round"] = TestedCampus.People,
            ["pools"] = Pools,
            ["ms (median)"] = Math.Round(times.Median),
            ["ms (slowest)"] = Math.Round(times.At(1)),
            ["pools with a wrong list, notice or pass"] = wrong,
        }, wrong == 0);
    }

    private static Actor Reader => Actor.System;

    /// <summary>Everybody is negative, under an edition that asks for it, and has a pass that says so.</summary>
    private static async Task CarryGreenAsync(TestedCampus campus, SampledRound round, CancellationToken ct)
    {
        var file = await round.UploadAsync(SampledRound.File(round.Tubes), ct);
        if ((await round.PublishAsync(file.FileId, ct)).IsFailure) throw new InvalidOperationException("The round's results were not published.");
        var now = TimeProvider.System.GetUtcNow();
        var people = round.Tubes.SelectMany(t => t.Samples).Select(s => s.PersonId).ToList();
        await campus.DoAsync(async (TongxinDb db) =>
        {
            db.Add(ProtocolPeriod.Start(Edition, now.AddDays(-1), Ids.New(), Ids.New(), "bench"));
            db.Record(Actor.System, "bench.arranged", "bench", null);
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            await db.CommitAsync(ct);
            await db.BulkInsertAsync(people.Select(p => IssuedPass.Of(
                p, new Pass { Issuer = "bench", Reference = Ids.New(), Name = "演＊", Colour = Colour.Green, Reason = PassReason.Clear, Edition = Edition, IssuedAt = now, ExpiresAt = now.AddDays(1) }, new KeyId(1), "pass")), ct);
            await transaction.CommitAsync(ct);
            return 0;
        });
        var colours = await campus.DoAsync((IPassBook book) => book.ColoursAsync([.. people.Take(SampledRound.PoolSize)], ct));
        if (colours.Values.Any(c => c.Colour != Colour.Green)) throw new InvalidOperationException("Not everybody is green.");
    }

    private static Task<int> ToldAsync(TestedCampus campus, CancellationToken ct) =>
        campus.DoAsync((TongxinDb db) => db.Set<OutboxMessage>().CountAsync(m => m.Kind == TellTesting.MessageKind, ct));
}
