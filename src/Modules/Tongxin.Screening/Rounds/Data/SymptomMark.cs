using Tongxin.Core.Sampling;

namespace Tongxin.Screening.Rounds.Data;

/// <summary>
/// 有症状: said of somebody for one round, by the person, the family, a helper or a doctor. Not which symptoms: a site needs only to know that this
/// sample is taken apart. Health data: gone when the round is closed.
/// </summary>
internal sealed class SymptomMark
{
    private SymptomMark() { }

    public Guid RoundId { get; private set; }
    public Guid PersonId { get; private set; }
    public DateTimeOffset At { get; private set; }
    public Guid AccountId { get; private set; }

    /// <summary>The person who said it, or the account of nobody.</summary>
    public Guid ById { get; private set; }

    /// <summary>The lane of the roll, for when it is taken back.</summary>
    public SamplingLane LaneBefore { get; private set; }

    public static SymptomMark Of(Member member, Guid account, Guid by, DateTimeOffset at) =>
        new() { RoundId = member.RoundId, PersonId = member.PersonId, AccountId = account, ById = by, At = at, LaneBefore = member.Lane };
}
