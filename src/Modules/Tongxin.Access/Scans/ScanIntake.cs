using System.Buffers;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Tongxin.Access.Scans.Data;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Access.Scans;

/// <summary>Takes facts of gates: reads, judges each, hands the good ones to the group commit, and answers after it.</summary>
internal sealed partial class ScanIntake(ScanGates gates, GroupCommit<Scan> commit, ScanAnswer answer, TimeProvider clock, ILogger<ScanIntake> logger)
{
    /// <summary>How far a device's clock may be ahead before its scans are kept apart (B2 case 20).</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);

    /// <summary>Older than any phone may lie about without contact.</summary>
    private static readonly TimeSpan Behind = TimeSpan.FromDays(30);

    // Refused ones come back spread over these seconds, not all at once.
    private const int SoonestSeconds = 1, LatestSeconds = 8;
    private const int Version7 = 7;

    public async Task AnswerAsync(HttpContext http, Actor actor)
    {
        try
        {
            // Cheapest first: under a storm most are told to come again, and what is told costs those who are served.
            if (commit.IsFull || !commit.IsWell)
            {
                await LaterAsync(http, commit.IsWell ? ScanFault.Busy : ScanFault.Stopped);
                return;
            }
            var body = await ReadBodyAsync(http);
            var items = Read(body.Buffer, out var fault);
            http.Request.BodyReader.AdvanceTo(body.Buffer.End);
            if (items is null)
            {
                await answer.RefuseAsync(http, StatusCodes.Status400BadRequest, fault, null);
                return;
            }
            var outcomes = new ScanOutcome[items.Length];
            var facts = Judge(items, outcomes, actor, await gates.ReachAsync(actor));
            if (facts.Count > 0)
            {
                if (commit.TryAdd(facts) is not { } ticket)
                {
                    await LaterAsync(http, commit.IsWell ? ScanFault.Busy : ScanFault.Stopped);
                    return;
                }
                if (await ticket.Done != GroupOutcome.Written)
                {
                    await LaterAsync(http, ScanFault.Stopped);
                    return;
                }
                if (ticket.New is { } known) Tell(outcomes, known);
            }
            await answer.WriteAsync(http, items, outcomes);
        }
        catch (BadHttpRequestException bad)
        {
            http.Response.StatusCode = bad.StatusCode;
        }
        catch (Exception failure) when (!http.Response.HasStarted && failure is not OperationCanceledException)
        {
            // Nothing was said yet, so nothing wrong was said.
            Log.Failed(logger, failure.GetType().Name);
            await LaterAsync(http, ScanFault.Stopped);
        }
    }

    // In one piece: a reader that steps from piece to piece takes half as long again.
    private static ScanItem[]? Read(in ReadOnlySequence<byte> body, out string fault)
    {
        if (body.IsSingleSegment) return ScanReader.Read(body.FirstSpan, out fault);
        var whole = ArrayPool<byte>.Shared.Rent((int)body.Length);
        try
        {
            body.CopyTo(whole);
            return ScanReader.Read(whole.AsSpan(0, (int)body.Length), out fault);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(whole);
        }
    }

    private static async ValueTask<System.IO.Pipelines.ReadResult> ReadBodyAsync(HttpContext http)
    {
        var reader = http.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(http.RequestAborted);
            if (read.IsCompleted) return read;
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private List<Scan> Judge(ScanItem[] items, ScanOutcome[] outcomes, Actor actor, ScanReach reach)
    {
        var now = clock.GetUtcNow();
        var facts = new List<Scan>(items.Length);
        for (var i = 0; i < items.Length; i++)
        {
            ref var item = ref items[i];
            item.Fault ??= FaultOf(item, reach);
            if (item.Fault is null) facts.Add(item.ToScan(actor.DeviceId, actor.AccountId, now, DoubtOf(item, reach, now)));
            else outcomes[i] = ScanOutcome.Refused;
        }
        return facts;
    }

    // Out of reach is "no such gate", as everywhere. Without a network a scan may have been in reach when it was seen: it is kept, apart.
    private static string? FaultOf(in ScanItem item, ScanReach reach) =>
        item.Id.Version != Version7 ? ScanFault.Id
        : item.Kind is null ? ScanFault.Kind
        : item.Verdict is null ? ScanFault.Verdict
        : item.SeenAt is null ? ScanFault.SeenAt
        : reach.Own.Contains(item.GateId) || (item.Offline && reach.All.Contains(item.GateId)) ? null : ScanFault.Gate;

    private static ScanDoubt? DoubtOf(in ScanItem item, ScanReach reach, DateTimeOffset now) =>
        item.SeenAt > now + Ahead || item.SeenAt < now - Behind ? ScanDoubt.Clock
        : reach.Own.Contains(item.GateId) ? null : ScanDoubt.Gate;

    private static void Tell(ScanOutcome[] outcomes, IReadOnlyList<bool> known)
    {
        var next = 0;
        for (var i = 0; i < outcomes.Length; i++)
            if (outcomes[i] != ScanOutcome.Refused && !known[next++]) outcomes[i] = ScanOutcome.Duplicate;
    }

    private Task LaterAsync(HttpContext http, string code) =>
        answer.RefuseAsync(http, StatusCodes.Status503ServiceUnavailable, code, RandomNumberGenerator.GetInt32(SoonestSeconds, LatestSeconds + 1));

    private static partial class Log
    {
        [LoggerMessage(1512, LogLevel.Error, "A request of scans failed: {Failure}")]
        public static partial void Failed(ILogger logger, string failure);
    }
}
