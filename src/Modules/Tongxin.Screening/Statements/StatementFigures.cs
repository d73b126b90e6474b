namespace Tongxin.Screening.Statements;

/// <summary>One figure.</summary>
/// <param name="Key">Key of its words, from <see cref="StatementKeys"/>.</param>
internal sealed record StatementLine(string Key, int Value);

/// <summary>A cell's share; the shares sum up to the whole.</summary>
/// <param name="Name">As the cell was called then.</param>
internal sealed record StatementCell(Guid CellId, string Name, int Targets, int Done, int Excused, int Outstanding);

/// <summary>The figures of a round at an instant, in the order in which they are printed.</summary>
internal sealed record StatementFigures(IReadOnlyList<StatementLine> Lines, IReadOnlyList<StatementCell> Cells)
{
    public int Of(string key) => Lines.FirstOrDefault(l => l.Key == key)?.Value ?? 0;

    /// <summary>应检 = 已检 + 免检 + 未检, in total and in each cell; the cells, the reasons and the tubes sum up to their totals.</summary>
    public bool IsBalanced =>
        Of(StatementKeys.Targets) == Of(StatementKeys.Done) + Of(StatementKeys.Excused) + Of(StatementKeys.Outstanding)
        && Cells.All(c => c.Targets == c.Done + c.Excused + c.Outstanding)
        && Cells.Sum(c => c.Targets) == Of(StatementKeys.Targets) && Cells.Sum(c => c.Done) == Of(StatementKeys.Done) && Cells.Sum(c => c.Excused) == Of(StatementKeys.Excused)
        && Sum(StatementKeys.ExcusePrefix) == Of(StatementKeys.Excused) && Sum(StatementKeys.TubePrefix) == Of(StatementKeys.Tubes);

    /// <summary>Where two sets of figures differ: by line, then by cell.</summary>
    public IReadOnlyList<StatementDifference> Against(StatementFigures other) =>
    [
        .. Lines.Select(l => l.Key).Union(other.Lines.Select(l => l.Key), StringComparer.Ordinal).Where(k => Of(k) != other.Of(k)).Select(k => new StatementDifference(k, null, Of(k), other.Of(k))),
        .. from id in Cells.Select(c => c.CellId).Union(other.Cells.Select(c => c.CellId))
           let mine = Cells.FirstOrDefault(c => c.CellId == id)
           let theirs = other.Cells.FirstOrDefault(c => c.CellId == id)
           where mine?.Outstanding != theirs?.Outstanding || mine?.Done != theirs?.Done || mine?.Targets != theirs?.Targets
           select new StatementDifference(StatementKeys.Outstanding, mine?.Name ?? theirs?.Name, mine?.Outstanding ?? 0, theirs?.Outstanding ?? 0),
    ];

    private int Sum(string prefix) => Lines.Where(l => l.Key.StartsWith(prefix, StringComparison.Ordinal)).Sum(l => l.Value);
}

/// <summary>A figure that is not what it was.</summary>
/// <param name="Cell">Null: of the whole round.</param>
internal sealed record StatementDifference(string Key, string? Cell, int Was, int Now);

/// <summary>Keys of figures; also keys of their words.</summary>
internal static class StatementKeys
{
    public const string Targets = "targets";
    public const string Done = "done";
    public const string Excused = "excused";
    public const string Outstanding = "outstanding";

    /// <summary>People on the roll of whom the round and the tubes say different things: 0, or somebody has to look.</summary>
    public const string Unexplained = "unexplained";

    /// <summary>Sampled, and not on the roll.</summary>
    public const string Strangers = "strangers";
    public const string Tubes = "tubes";
    public const string RecheckOpen = "recheck.open";
    public const string RecheckTaken = "recheck.taken";
    public const string RecheckDecided = "recheck.decided";
    public const string ExcusePrefix = "excuse.";
    public const string TubePrefix = "tube.";
    public const string TestPrefix = "test.";
}
