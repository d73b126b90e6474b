using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Tongxin.Core.Common;
using Tongxin.Modules.Tests.Platform.Support;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Jobs;
using Tongxin.Platform.Outbox;
using Tongxin.TestKit.Databases;
using Xunit;

namespace Tongxin.Modules.Tests.Platform;

public sealed class JobTests
{
    private static readonly Actor Owner = new(Ids.New(), null, "an owner", Ids.New(), [new ActorGrant(Roles.Office, ScopeKind.Everything, null, ["people.import.run"])]);

    [Theory, BothProviders]
    public async Task Job_Started_RunsToItsEndWithProgress(Provider provider)
    {
        JobView? midway = null;
        await using var ground = await MakeAsync(provider, async (context, _, services, ct) =>
        {
            context.Actor.Can("people.import.run").ShouldBeTrue();
            await context.ReportAsync(30, 120, "reading", ct);
            midway = await services.GetRequiredService<IJobs>().FindAsync(context.JobId, Owner, ct);
            context.Href = "/people/imports/1";
            return Result.Ok;
        });
        var id = await StartAsync(ground);

        await RunAsync(ground);

        midway.ShouldNotBeNull();
        (midway.State, midway.Done, midway.Total, midway.Message, midway.Percent).ShouldBe((JobState.Running, 30L, 120L, "reading", 25));
        var done = (await FindAsync(ground, id, Owner)).ShouldNotBeNull();
        (done.State, done.Percent, done.Href).ShouldBe((JobState.Done, 100, "/people/imports/1"));
        done.FinishedAt.ShouldBe(ground.Clock.Now);
    }

    [Theory, BothProviders]
    public async Task Report_WithinTheJobsOwnWriteTransaction_DoesNotWait(Provider provider)
    {
        await using var ground = await MakeAsync(provider, async (context, db, _, ct) =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            db.Record(context.Actor, "test.written", "test", null);
            await db.CommitAsync(ct);
            for (var i = 0; i < 100; i++) await context.ReportAsync(i, 100, null, ct);
            await transaction.CommitAsync(ct);
            return Result.Ok;
        });
        var id = await StartAsync(ground);

        await RunAsync(ground).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

        (await FindAsync(ground, id, Owner))?.State.ShouldBe(JobState.Done);
    }

    [Theory, BothProviders]
    public async Task Job_NotCommitted_DoesNotExist(Provider provider)
    {
        await using var ground = await MakeAsync(provider, (_, _, _, _) => Task.FromResult(Result.Ok));

        var id = await ground.InAsync<IJobs, Guid>(jobs => Task.FromResult(jobs.Start("test.job", "t", new { }, Owner)));
        await RunAsync(ground);

        (await FindAsync(ground, id, Owner)).ShouldBeNull();
    }

    [Theory, BothProviders]
    public async Task Job_OfAnother_IsNotFound(Provider provider)
    {
        await using var ground = await MakeAsync(provider, (_, _, _, _) => Task.FromResult(Result.Ok));
        var id = await StartAsync(ground);

        (await FindAsync(ground, id, Owner with { AccountId = Ids.New() })).ShouldBeNull();
    }

    [Theory, BothProviders]
    public async Task Job_Refused_FailsWithCodeAndArgs(Provider provider)
    {
        await using var ground = await MakeAsync(provider, (_, _, _, _) => Task.FromResult<Result>(Error.Conflict("platform.job.over", 7)));
        var id = await StartAsync(ground);

        await RunAsync(ground);

        var view = (await FindAsync(ground, id, Owner)).ShouldNotBeNull();
        (view.State, view.ErrorCode).ShouldBe((JobState.Failed, "platform.job.over"));
        view.ErrorArgs.ShouldBe(["7"]);
    }

    [Theory, BothProviders]
    public async Task Job_Throwing_FailsOnceWithoutItsText(Provider provider)
    {
        var runs = 0;
        await using var ground = await MakeAsync(provider, (_, _, _, _) =>
        {
            runs++;
            throw new InvalidOperationException("张三 13900000000");
        });
        var id = await StartAsync(ground);

        await RunAsync(ground);
        ground.Clock.Advance(TimeSpan.FromHours(1));
        await RunAsync(ground);

        runs.ShouldBe(1);
        (await FindAsync(ground, id, Owner)).ShouldNotBeNull().ErrorCode.ShouldBe("platform.job.failed");
    }

    [Theory, BothProviders]
    public async Task Cancel_WhileRunning_EndsTheJob(Provider provider)
    {
        await using var ground = await MakeAsync(provider, async (context, _, services, ct) =>
        {
            await using var request = services.GetRequiredService<IServiceScopeFactory>().CreateAsyncScope();
            (await request.ServiceProvider.GetRequiredService<IJobs>().CancelAsync(context.JobId, Owner, CancellationToken.None)).IsFailure.ShouldBeFalse();
            await context.ReportAsync(1, 2, null, ct);
            return Result.Ok;
        });
        var id = await StartAsync(ground);

        await RunAsync(ground);

        (await FindAsync(ground, id, Owner))?.State.ShouldBe(JobState.Cancelled);
    }

    [Theory, BothProviders]
    public async Task Cancel_BeforeItsTurn_NeverRuns(Provider provider)
    {
        var runs = 0;
        await using var ground = await MakeAsync(provider, (_, _, _, _) =>
        {
            runs++;
            return Task.FromResult(Result.Ok);
        });
        var id = await StartAsync(ground);

        await ground.InAsync<IJobs, Result>(jobs => jobs.CancelAsync(id, Owner, CancellationToken.None));
        await RunAsync(ground);

        runs.ShouldBe(0);
        (await FindAsync(ground, id, Owner))?.State.ShouldBe(JobState.Cancelled);
    }

    [Theory, BothProviders]
    public async Task Job_ProcessDied_IsInterruptedUnlessItCanRunAgain(Provider provider)
    {
        var runs = 0;
        await using var ground = await Ground.MakeAsync(provider, s =>
        {
            s.AddScoped<IJobHandler>(p => new Handler((_, _, _, _) => Count(), p));
            s.AddScoped<IJobHandler>(p => new Handler((_, _, _, _) => Count(), p) { Kind = "test.again", CanRunAgain = true });
        });
        var once = await StartAsync(ground);
        var twice = await StartAsync(ground, "test.again");
        // As a killed process leaves it: running, claimed by nobody who lives.
        await ground.SqlAsync("UPDATE platform_jobs SET state = 'Running'");

        await RunAsync(ground);

        var view = (await FindAsync(ground, once, Owner)).ShouldNotBeNull();
        (view.State, view.ErrorCode).ShouldBe((JobState.Interrupted, "platform.job.interrupted"));
        (await FindAsync(ground, twice, Owner))?.State.ShouldBe(JobState.Done);
        runs.ShouldBe(1);

        Task<Result> Count()
        {
            runs++;
            return Task.FromResult(Result.Ok);
        }
    }

    private delegate Task<Result> Work(JobContext context, Tongxin.Platform.Data.TongxinDb db, IServiceProvider services, CancellationToken ct);

    private static Task<Ground> MakeAsync(Provider provider, Work work) =>
        Ground.MakeAsync(provider, s => s.AddScoped<IJobHandler>(p => new Handler(work, p)));

    private static Task<Guid> StartAsync(Ground ground, string kind = "test.job") => ground.InAsync<IServiceProvider, Guid>(async services =>
    {
        var id = services.GetRequiredService<IJobs>().Start(kind, "A test", new { rows = 120 }, Owner);
        await services.GetRequiredService<Tongxin.Platform.Data.TongxinDb>().CommitAsync(CancellationToken.None);
        return id;
    });

    private static Task RunAsync(Ground ground) => ground.Get<OutboxWorker>().RunDueAsync(CancellationToken.None);

    private static Task<JobView?> FindAsync(Ground ground, Guid id, Actor actor) =>
        ground.InAsync<IJobs, JobView?>(jobs => jobs.FindAsync(id, actor, CancellationToken.None));

    private sealed class Handler(Work work, IServiceProvider services) : IJobHandler
    {
        public string Kind { get; init; } = "test.job";

        public bool CanRunAgain { get; init; }

        public Task<Result> RunAsync(JobContext context, string payload, CancellationToken ct) =>
            work(context, services.GetRequiredService<Tongxin.Platform.Data.TongxinDb>(), services, ct);
    }
}
