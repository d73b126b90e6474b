using Microsoft.EntityFrameworkCore;
using Tongxin.Platform.Data;
using Tongxin.Screening.Rounds.Data;

namespace Tongxin.Screening.HomeVisits.Data;

/// <summary>When somebody is sampled at home: one row for a person and round, so there is never a second one. The next plan changes it.</summary>
internal sealed class HomeVisit : IVersioned
{
    /// <summary>What a person is told: within half an hour.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(30);

    private HomeVisit() { }

    public Guid RoundId { get; private set; }
    public Guid PersonId { get; private set; }

    /// <summary>Which team comes, from 1.</summary>
    public int Team { get; private set; }

    /// <summary>Its how manieth door, from 1; people behind one door have the same.</summary>
    public int Stop { get; private set; }
    public DateTimeOffset From { get; private set; }
    public DateTimeOffset Until { get; private set; }
    public DateTimeOffset SetAt { get; private set; }
    public Guid SetBy { get; private set; }
    public int Version { get; private set; }

    public static HomeVisit Of(Guid round, Guid person) => new() { RoundId = round, PersonId = person };

    /// <summary>Whether the person has to be told another time.</summary>
    public bool Set(int team, int stop, DateTimeOffset from, Guid by, DateTimeOffset at)
    {
        var isMoved = From != from;
        (Team, Stop, From, Until, SetAt, SetBy) = (team, stop, from, from + Window, at, by);
        return isMoved;
    }

    public static void Configure(ModelBuilder model) => model.Entity<HomeVisit>(e =>
    {
        e.ToTable("screening_home_visits");
        e.HasKey(v => new { v.RoundId, v.PersonId });
        e.HasOne<TestingRound>().WithMany().HasForeignKey(v => v.RoundId).OnDelete(DeleteBehavior.Restrict);
    });
}
