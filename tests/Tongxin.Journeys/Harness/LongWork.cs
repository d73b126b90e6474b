using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Platform.Jobs;
using Tongxin.Platform.Outbox;

namespace Tongxin.Journeys.Harness;

/// <summary>Jobs as pages show them, added to the caller's transaction.</summary>
internal static class LongWork
{
    // Nobody answers to this kind.
    private const string Kind = "test.nobody";

    /// <summary>Waits until tomorrow: the page that shows progress stays as it is.</summary>
    public static Guid Wait(TongxinDb db, IJobs jobs, string title, Actor owner)
    {
        var job = Fail(jobs, title, owner);
        db.ChangeTracker.Entries<OutboxMessage>().Single().Property(m => m.DueAt).CurrentValue += TimeSpan.FromDays(1);
        return job;
    }

    /// <summary>Ends as failed as soon as a worker sees it.</summary>
    public static Guid Fail(IJobs jobs, string title, Actor owner) => jobs.Start(Kind, title, new { }, owner);
}
