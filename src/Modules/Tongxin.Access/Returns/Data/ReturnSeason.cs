using Tongxin.Core.Common;
using Tongxin.Platform;
using Tongxin.Platform.Data;

namespace Tongxin.Access.Returns.Data;

/// <summary>What the office says of a season: days, gate and lanes.</summary>
internal sealed record SeasonFacts(
    string Title, DateOnly FirstDay, DateOnly LastDay, Guid? PlaceId, string GateName, int Lanes, int RatePerHour, int SlotMinutes, int OpensMinute, int ClosesMinute, string? EditionId);

/// <summary>返校批次: people come back on these days through one gate.</summary>
internal sealed class ReturnSeason : IVersioned
{
    private ReturnSeason() { }

    public Guid Id { get; private set; }

    /// <summary>The public address: letters and digits that cannot be taken for one another.</summary>
    public string Code { get; private set; } = "";
    public string Title { get; private set; } = "";
    public DateOnly FirstDay { get; private set; }
    public DateOnly LastDay { get; private set; }

    /// <summary>The campus, for who sees it.</summary>
    public Guid? PlaceId { get; private set; }
    public string GateName { get; private set; } = "";
    public int Lanes { get; private set; }

    /// <summary>People a lane checks in an hour.</summary>
    public int RatePerHour { get; private set; }
    public int SlotMinutes { get; private set; }

    /// <summary>Minutes of the campus day.</summary>
    public int OpensMinute { get; private set; }
    public int ClosesMinute { get; private set; }

    /// <summary>The edition by which this season decides; null: none, and nothing is asked of anybody.</summary>
    public string? EditionId { get; private set; }

    /// <summary>The list of risk areas by which it decides; null: none yet.</summary>
    public Guid? RiskListId { get; private set; }
    public DateTimeOffset OpenedAt { get; private set; }
    public DateTimeOffset? ClosedAt { get; private set; }

    /// <summary>When the records of its people were last deleted, and how many they were: counts stay, persons do not.</summary>
    public DateTimeOffset? ForgottenAt { get; private set; }
    public int? ForgottenDeclared { get; private set; }
    public int? ForgottenCame { get; private set; }
    public int Version { get; private set; }

    public IEnumerable<DateOnly> Days => Enumerable.Range(0, LastDay.DayNumber - FirstDay.DayNumber + 1).Select(FirstDay.AddDays);

    public bool IsOpen(DateTimeOffset now) => ClosedAt is null && now < CampusCalendar.StartOf(LastDay.AddDays(1));

    public static ReturnSeason Open(string code, SeasonFacts facts, Guid? riskList, DateTimeOffset at) => new()
    {
        Id = Ids.New(),
        Code = code,
        Title = facts.Title,
        FirstDay = facts.FirstDay,
        LastDay = facts.LastDay,
        PlaceId = facts.PlaceId,
        GateName = facts.GateName,
        Lanes = facts.Lanes,
        RatePerHour = facts.RatePerHour,
        SlotMinutes = facts.SlotMinutes,
        OpensMinute = facts.OpensMinute,
        ClosesMinute = facts.ClosesMinute,
        EditionId = facts.EditionId,
        RiskListId = riskList,
        OpenedAt = at,
    };

    public void DecideBy(string? edition, Guid? riskList) => (EditionId, RiskListId) = (edition, riskList);

    public void Close(DateTimeOffset at) => ClosedAt ??= at;

    public void Forget(int declared, int came, DateTimeOffset at) =>
        (ForgottenAt, ForgottenDeclared, ForgottenCame) = (at, (ForgottenDeclared ?? 0) + declared, (ForgottenCame ?? 0) + came);
}

/// <summary>A stretch of time at the gate. Taken is raised only where it stays within capacity, in one statement: two never get the last place.</summary>
internal sealed class ReturnSlot : ICapacity
{
    private ReturnSlot() { }

    public Guid Id { get; private set; }
    public Guid SeasonId { get; private set; }
    public DateOnly Day { get; private set; }
    public int StartMinute { get; private set; }
    public int Minutes { get; private set; }
    public int Lanes { get; private set; }
    public int Capacity { get; private set; }
    public int Taken { get; private set; }

    public DateTimeOffset Starts => CampusCalendar.StartOf(Day).AddMinutes(StartMinute);
    public DateTimeOffset Ends => Starts.AddMinutes(Minutes);
    public int Free => Math.Max(0, Capacity - Taken);

    public static ReturnSlot Of(Guid season, DateOnly day, int start, int minutes, int lanes, int capacity) => new()
    {
        Id = Ids.New(),
        SeasonId = season,
        Day = day,
        StartMinute = start,
        Minutes = minutes,
        Lanes = lanes,
        Capacity = capacity,
    };
}

/// <summary>How many of a college may come on a day.</summary>
internal sealed class ReturnQuota
{
    private ReturnQuota() { }

    public Guid Id { get; private set; }
    public Guid SeasonId { get; private set; }
    public Guid UnitId { get; private set; }
    public DateOnly Day { get; private set; }
    public int Places { get; private set; }
    public int Taken { get; private set; }

    public static ReturnQuota Of(Guid season, Guid unit, DateOnly day, int places) => new() { Id = Ids.New(), SeasonId = season, UnitId = unit, Day = day, Places = places };
}

/// <summary>Somebody waits for a place in a full slot: one wish a person, first come first served.</summary>
internal sealed class ReturnWait
{
    private ReturnWait() { }

    public Guid Id { get; private set; }
    public Guid SeasonId { get; private set; }
    public Guid ReturnId { get; private set; }
    public Guid SlotId { get; private set; }
    public DateTimeOffset At { get; private set; }

    public static ReturnWait For(ReturnRecord record, Guid slot, DateTimeOffset at) => new() { Id = Ids.New(), SeasonId = record.SeasonId, ReturnId = record.Id, SlotId = slot, At = at };
}
