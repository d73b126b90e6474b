using Tongxin.Platform;

namespace Tongxin.Grid.Data;

/// <summary>队长审核: somebody looked at an outcome and confirms it. A fact; the target keeps the newest beside it.</summary>
internal sealed class Review
{
    private Review() { }

    public Guid Id { get; private set; }
    public Guid RoundId { get; private set; }
    public Guid TargetId { get; private set; }
    public Guid OutcomeId { get; private set; }

    /// <summary>The account that reviewed.</summary>
    public Guid By { get; private set; }
    public DateTimeOffset At { get; private set; }
    public string? Note { get; private set; }

    public static Review Of(Guid round, Guid target, Guid outcome, Guid by, DateTimeOffset at, string? note) => new()
    {
        Id = Ids.New(),
        RoundId = round,
        TargetId = target,
        OutcomeId = outcome,
        By = by,
        At = at,
        Note = note,
    };
}
