using Tongxin.Core.Sampling.Pools;

namespace Tongxin.Screening.Tubes.Data;

/// <summary>
/// One tube as its facts say: a projection, written only by <see cref="Project"/> and recomputable from the facts at any time. The row
/// is also what whoever writes facts of this tube holds until the commit.
/// </summary>
internal sealed class TubeRow
{
    private TubeRow() { }

    public string Code { get; private set; } = "";
    public Guid? RoundId { get; private set; }
    public Guid? SiteId { get; private set; }
    public Guid? TableId { get; private set; }
    public Guid? SamplerId { get; private set; }
    public TubePurpose Purpose { get; private set; }
    public int Size { get; private set; }
    public string? RecheckOf { get; private set; }
    public TubeStage Stage { get; private set; }
    public TubeResult? Verdict { get; private set; }
    public int Members { get; private set; }
    public int Contested { get; private set; }

    /// <summary>As the table counted.</summary>
    public int? CountAtClosing { get; private set; }
    public DateTimeOffset? OpenedAt { get; private set; }
    public DateTimeOffset? ClosedAt { get; private set; }
    public string? BoxCode { get; private set; }
    public bool IsCollided { get; private set; }
    public bool IsInDoubt { get; private set; }

    /// <summary>Version of the result that decides; 0: none.</summary>
    public int ResultVersion { get; private set; }
    public DateTimeOffset? ResultAt { get; private set; }

    /// <summary>Kinds of oddities, by commas; null when there are none.</summary>
    public string? Flags { get; private set; }
    public DateTimeOffset ChangedAt { get; private set; }

    /// <summary>Somebody has to look at it.</summary>
    public bool NeedsLook => IsCollided || IsInDoubt || Contested > 0;

    public void Project(TubeState state, DateTimeOffset at)
    {
        RoundId = state.RoundId;
        SiteId = state.SiteId;
        TableId = state.TableId;
        SamplerId = state.SamplerId;
        Purpose = state.Purpose;
        Size = state.Size;
        RecheckOf = state.RecheckOf;
        Stage = state.Stage;
        Verdict = state.Verdict;
        Members = state.Members.Count;
        Contested = state.Contested.Count;
        CountAtClosing = state.CountAtClosing;
        OpenedAt = state.OpenedAt;
        ClosedAt = state.ClosedAt;
        BoxCode = state.BoxCode;
        IsCollided = state.IsCollided;
        IsInDoubt = state.IsInDoubt;
        ResultVersion = state.Reports.Count == 0 ? 0 : state.Reports[^1].Version;
        ResultAt = state.Reports.Count == 0 ? null : state.Reports[^1].At;
        var kinds = state.Flags.Select(f => f.Kind).Distinct().Order().ToList();
        Flags = kinds.Count == 0 ? null : string.Join(',', kinds);
        ChangedAt = at;
    }
}
