using Tongxin.Platform;

namespace Tongxin.Screening.Labels.Data;

/// <summary>Labels that were given out together: numbers from the first on. Never changed, and no number is in two of a kind.</summary>
internal sealed class LabelRun
{
    private LabelRun() { }

    public Guid Id { get; private set; }

    /// <summary>The round they were printed for; a tube left over may be used in a later one.</summary>
    public Guid RoundId { get; private set; }
    public LabelKind Kind { get; private set; }
    public int First { get; private set; }
    public int Count { get; private set; }
    public Guid MadeBy { get; private set; }
    public DateTimeOffset MadeAt { get; private set; }

    public static LabelRun Of(Guid round, LabelKind kind, int first, int count, Guid by, DateTimeOffset at) =>
        new() { Id = Ids.New(), RoundId = round, Kind = kind, First = first, Count = count, MadeBy = by, MadeAt = at };

    public IEnumerable<string> Codes() => Enumerable.Range(First, Count).Select(number => LabelCodes.Of(Kind, number));
}
