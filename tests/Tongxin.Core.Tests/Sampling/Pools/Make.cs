using Tongxin.Core.Common;
using Tongxin.Core.Sampling.Pools;

namespace Tongxin.Core.Tests.Sampling.Pools;

/// <summary>Facts of tubes on one fixed evening, 2022-01-05 on the campus clock. Minute by minute, one phone unless said.</summary>
internal static class Make
{
    public static readonly Guid Round = Id(1);
    public static readonly Guid Phone = Id(11);
    public static readonly Guid OtherPhone = Id(12);
    public static readonly Guid Table = Id(21);
    public static readonly Guid OtherTable = Id(22);
    public static readonly Guid Li = Id(31);
    public static readonly Guid Wang = Id(32);

    public static Guid Id(int n) => new(n, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]);

    public static Guid Person(int n) => Id(5000 + n);

    public static DateTimeOffset At(int minute) => CampusCalendar.At(new DateOnly(2022, 1, 5), new TimeOnly(8, 0)).AddMinutes(minute);

    public static TubeFact Fact(int id, string code, TubeFactKind kind, int minute) =>
        new(Id(100_000 + id), Round, code, kind, At(minute), At(minute)) { DeviceId = Phone, By = Li };

    public static TubeFact Open(int id, string code, int size, int minute = 0, TubePurpose purpose = TubePurpose.Round) =>
        Fact(id, code, TubeFactKind.Opened, minute) with { Size = size, Purpose = purpose, SiteId = Id(20), TableId = Table };

    public static TubeFact Sample(int id, string code, Guid person, int minute = 1) =>
        Fact(id, code, TubeFactKind.Sampled, minute) with { PersonId = person };

    public static TubeFact Close(int id, string code, int members, int minute = 20) =>
        Fact(id, code, TubeFactKind.Closed, minute) with { Members = members };

    public static TubeFact Report(int id, string code, TubeResult result, int version = 1, int minute = 300) =>
        Fact(id, code, TubeFactKind.Resulted, minute) with { Result = result, Version = version, DeviceId = null };

    public static TubeFact Withdraw(int id, string code, TubeFact fact, int minute, bool twoNames = false) =>
        Fact(id, code, TubeFactKind.Withdrawn, minute) with { Corrects = fact.Id, Witness = twoNames ? Wang : null };

    /// <summary>Opened, filled with persons first..first+count-1, closed. Ids from <paramref name="id"/> on.</summary>
    public static List<TubeFact> Full(int id, string code, int size, int first, int count, int minute = 0, TubePurpose purpose = TubePurpose.Round) =>
    [
        Open(id, code, size, minute, purpose),
        .. Enumerable.Range(0, count).Select(i => Sample(id + 1 + i, code, Person(first + i), minute + 1 + i)),
        Close(id + 1 + count, code, count, minute + 30),
    ];

    public static TubeState Fold(IEnumerable<TubeFact> facts)
    {
        var set = facts.ToList();
        return TubeFold.Of(set[0].TubeCode, set);
    }

    public static List<TubeState> Tubes(IEnumerable<TubeFact> facts) =>
        [.. facts.GroupBy(f => f.TubeCode).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => TubeFold.Of(g.Key, g))];

    public static MemberState Member(int person, IEnumerable<TubeFact> facts) => MemberFold.Of(Round, Person(person), Tubes(facts));

    public static bool Has(this TubeState tube, TubeFlagKind kind) => tube.Flags.Any(f => f.Kind == kind);
}
