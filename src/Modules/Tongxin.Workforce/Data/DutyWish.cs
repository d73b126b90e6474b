using Tongxin.Platform;
using Tongxin.Platform.Data;

namespace Tongxin.Workforce.Data;

/// <summary>意愿: somebody would like to serve, or to rest, on a day or in one of its shifts. It weighs in a solve and binds nobody.</summary>
internal sealed class DutyWish
{
    /// <summary><see cref="StartsAt"/> of a wish about the whole day.</summary>
    public const int WholeDay = -1;

    private DutyWish() { }

    public Guid Id { get; private set; }
    public Guid SeriesId { get; private set; }
    public Guid PersonId { get; private set; }
    public DateOnly Day { get; private set; }

    /// <summary>Start of the shifts that are meant, in minutes of the day, whatever the post; <see cref="WholeDay"/>: all of the day.</summary>
    public int StartsAt { get; private set; }

    /// <summary>Length of the shifts that are meant; 0 for the whole day.</summary>
    public int Minutes { get; private set; }

    /// <summary>希望值班; otherwise 希望休息.</summary>
    public bool IsOn { get; private set; }

    public bool IsWholeDay => StartsAt == WholeDay;

    public static DutyWish Of(Guid series, Guid person, DateOnly day, int startsAt, int minutes, bool isOn) => new()
    {
        Id = Ids.New(),
        SeriesId = series,
        PersonId = person,
        Day = day,
        StartsAt = startsAt,
        Minutes = minutes,
        IsOn = isOn,
    };

    public void Reassign(Guid person) => PersonId = person;
}

/// <summary>征集意愿: the pool of a roster may say its wishes until then, or until the office solves, whichever is first.</summary>
internal sealed class WishWindow : IVersioned
{
    private WishWindow() { }

    public Guid SeriesId { get; private set; }
    public DateTimeOffset OpenedAt { get; private set; }
    public DateTimeOffset ClosesAt { get; private set; }
    public int Version { get; private set; }

    public static WishWindow For(Guid series) => new() { SeriesId = series };

    public void Open(DateTimeOffset at, DateTimeOffset closesAt) => (OpenedAt, ClosesAt) = (at, closesAt);

    public bool IsOpen(DateTimeOffset at) => at < ClosesAt;

    public void Close(DateTimeOffset at)
    {
        if (at < ClosesAt) ClosesAt = at;
    }
}
