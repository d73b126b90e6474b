using Tongxin.Core.Common;
using Tongxin.Platform.Data;

namespace Tongxin.Screening.Rounds.Data;

/// <summary>What the office says of a round.</summary>
internal sealed record TestingFacts
{
    public string Title { get; init; } = "";

    /// <summary>First instant of sampling.</summary>
    public DateTimeOffset StartsAt { get; init; }

    /// <summary>First instant after it; then the round is due.</summary>
    public DateTimeOffset EndsAt { get; init; }

    /// <summary>混采数 k for whoever has none of one's own: 1, 5, 10 or 20.</summary>
    public int PoolSize { get; init; } = 10;
}

/// <summary>核酸检测轮次: a round of the engine (same id) with what testing adds to it.</summary>
internal sealed class TestingRound : IVersioned
{
    private TestingRound() { }

    /// <summary>The id of the engine's round.</summary>
    public Guid Id { get; private set; }

    /// <summary>As the engine says it; beside it for the pages of persons, who count nothing.</summary>
    public string Number { get; private set; } = "";
    public string Title { get; private set; } = "";

    /// <summary>The campus day of its first instant.</summary>
    public DateOnly Day { get; private set; }
    public DateTimeOffset StartsAt { get; private set; }
    public DateTimeOffset EndsAt { get; private set; }
    public int PoolSize { get; private set; }

    /// <summary>When sampling was let begin; null: not yet.</summary>
    public DateTimeOffset? StartedAt { get; private set; }
    public Guid? StartedBy { get; private set; }

    /// <summary>Why it began although sites lacked people.</summary>
    public string? StartReason { get; private set; }
    public DateTimeOffset? ClosedAt { get; private set; }
    public int Version { get; private set; }

    public static TestingRound Open(Guid id, string number, TestingFacts facts) => new()
    {
        Id = id,
        Number = number,
        Title = facts.Title.Trim(),
        Day = CampusCalendar.DayOf(facts.StartsAt),
        StartsAt = facts.StartsAt,
        EndsAt = facts.EndsAt,
        PoolSize = facts.PoolSize,
    };

    public Result Start(int gaps, string? reason, Guid by, DateTimeOffset at)
    {
        if (ClosedAt is not null) return TestingErrors.Closed;
        if (StartedAt is not null) return TestingErrors.Started;
        if (gaps > 0 && string.IsNullOrWhiteSpace(reason)) return TestingErrors.Unstaffed(gaps);
        (StartedAt, StartedBy, StartReason) = (at, by, gaps > 0 ? reason?.Trim() : null);
        return Result.Ok;
    }

    public void Close(DateTimeOffset at) => ClosedAt ??= at;
}

/// <summary>A site that works for a round.</summary>
internal sealed class TestingRoundSite
{
    private TestingRoundSite() { }

    public Guid RoundId { get; private set; }
    public Guid SiteId { get; private set; }

    public static TestingRoundSite Of(Guid round, Guid site) => new() { RoundId = round, SiteId = site };
}
