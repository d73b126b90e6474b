using Microsoft.EntityFrameworkCore;

namespace Tongxin.Access.Data;

/// <summary>How measures and what belongs to them lie in the database.</summary>
internal static class RestrictionsModel
{
    public const string Open = "state IN ('Proposed', 'Active')";
    public const string Waiting = "state IN ('Submitted', 'Accepted', 'Checking', 'Review')";

    public static void Configure(ModelBuilder model)
    {
        model.Entity<Measure>(e =>
        {
            e.ToTable("access_measures");
            e.Ignore(m => m.Asker);
            e.Ignore(m => m.Decider);
            e.HasIndex(m => new { m.PersonId, m.State });
            e.HasIndex(m => m.ApprovalId);
            e.HasIndex(m => m.AskedAt);
            e.HasIndex(m => new { m.PersonId, m.Kind }).IsUnique().HasFilter(Open);
        });
        model.Entity<MeasureEvent>(e =>
        {
            e.ToTable("access_measure_events");
            e.HasIndex(m => m.MeasureId);
            e.HasIndex(m => m.At);
            e.HasOne<Measure>().WithMany().HasForeignKey(m => m.MeasureId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<Requester>().ToTable("access_requesters");
        model.Entity<Evidence>(e =>
        {
            e.ToTable("access_evidence");
            e.HasIndex(x => x.PersonId);
        });
        model.Entity<ProtocolPeriod>(e =>
        {
            e.ToTable("access_protocol_periods");
            e.HasIndex(p => p.From).IsUnique();
        });
        model.Entity<Appeal>(e =>
        {
            e.ToTable("access_appeals");
            e.Ignore(a => a.Handler);
            e.Ignore(a => a.IsWaiting);
            e.HasIndex(a => a.MeasureId).IsUnique().HasFilter(Waiting);
            e.HasIndex(a => a.PersonId);
            e.HasIndex(a => new { a.State, a.DueAt });
            e.HasOne<Measure>().WithMany().HasForeignKey(a => a.MeasureId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<AppealEvent>(e =>
        {
            e.ToTable("access_appeal_events");
            e.HasIndex(a => a.AppealId);
            e.HasOne<Appeal>().WithMany().HasForeignKey(a => a.AppealId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<Notice>(e =>
        {
            e.ToTable("access_notices");
            e.HasIndex(n => n.Key).IsUnique();
            e.HasIndex(n => n.PersonId);
        });
        model.Entity<Alarm>(e =>
        {
            e.ToTable("access_alarms");
            e.HasIndex(a => a.Key).IsUnique();
            e.HasIndex(a => a.At);
        });
    }
}
