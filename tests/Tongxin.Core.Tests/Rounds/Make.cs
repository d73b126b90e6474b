using Tongxin.Core.Common;
using Tongxin.Core.Rounds;

namespace Tongxin.Core.Tests.Rounds;

/// <summary>Facts of a round around one fixed day: 2022-01-04 on the campus clock.</summary>
internal static class Make
{
    public static readonly DateOnly Day = new(2022, 1, 4);
    public static readonly Guid Household = Id(1);

    public static Guid Id(int n) => new(n, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]);

    public static DateTimeOffset At(int hour, int minute = 0) => CampusCalendar.At(Day, new TimeOnly(hour, minute));

    public static Outcome Outcome(
        int id, OutcomeKind kind, DateTimeOffset seen, Channel channel = Channel.Visit, DateTimeOffset? received = null,
        int? corrects = null, string? reason = null, int? by = null, string? answers = null, Guid? target = null) =>
        new(Id(1000 + id), target ?? Household, kind, channel, seen, received ?? seen, by is { } b ? Id(b) : null,
            corrects is { } c ? Id(1000 + c) : null, reason, answers);

    public static TargetState Fold(params Outcome[] outcomes) => TargetFold.Of(RoundPolicy.DoorKnock, Household, outcomes);
}
