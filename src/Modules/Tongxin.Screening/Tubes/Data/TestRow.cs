using Tongxin.Core.Sampling.Pools;
using Tongxin.Screening.Contracts;

namespace Tongxin.Screening.Tubes.Data;

/// <summary>One person in one round as the tubes say: a projection, written only by <see cref="Project"/>.</summary>
internal sealed class TestRow
{
    private TestRow() { }

    public Guid RoundId { get; private set; }
    public Guid PersonId { get; private set; }
    public TestStatus Status { get; private set; }

    /// <summary>The one tube by which the round counts the person.</summary>
    public string? CountedIn { get; private set; }
    public DateTimeOffset? SampledAt { get; private set; }
    public string? DecidedBy { get; private set; }
    public DateTimeOffset? DecidedSampleAt { get; private set; }

    /// <summary>Codes by commas; null: nothing is asked.</summary>
    public string? RecheckBecause { get; private set; }
    public string? RecheckIn { get; private set; }
    public bool IsInTwoTubes { get; private set; }
    public bool IsContested { get; private set; }

    /// <summary>When the status was reached, on the server's clock.</summary>
    public DateTimeOffset Since { get; private set; }

    /// <summary>The fact by which the grid's round has the person as done; null: it has not.</summary>
    public Guid? RoundFactId { get; private set; }

    /// <summary>The instant of that fact: what takes it back speaks of the same moment.</summary>
    public DateTimeOffset? RoundFactAt { get; private set; }

    public bool IsCounted => CountedIn is not null;

    public void Project(MemberState state, DateTimeOffset at)
    {
        if (Status != state.Status || Since == default) Since = at;
        Status = state.Status;
        CountedIn = state.CountedIn;
        SampledAt = state.SampledAt;
        DecidedBy = state.DecidedBy;
        DecidedSampleAt = state.DecidedSampleAt;
        RecheckBecause = state.RecheckBecause.Count == 0 ? null : string.Join(',', state.RecheckBecause);
        RecheckIn = state.RecheckIn;
        IsInTwoTubes = state.IsInTwoTubes;
        IsContested = state.IsContested;
    }

    public void SetDone(Guid fact, DateTimeOffset at) => (RoundFactId, RoundFactAt) = (fact, at);

    public void SetOpen() => (RoundFactId, RoundFactAt) = (null, null);

    public TestView ToView() => new(
        RoundId, PersonId, Status, CountedIn, SampledAt, DecidedBy, DecidedSampleAt,
        RecheckBecause?.Split(',') ?? [], RecheckIn, IsInTwoTubes, IsContested, Since);
}
