namespace Tongxin.Screening.Plans.Data;

/// <summary>How long people waited when a plan was tried out.</summary>
/// <param name="Median">Minutes that half of the people did not pass.</param>
/// <param name="Sites">By site.</param>
internal sealed record PlanWaits(int Median, IReadOnlyList<SiteWaits> Sites)
{
    /// <summary>A plan with longer waits is published only after a warning.</summary>
    public const int MostMinutes = 30;

    /// <summary>The longest wait of all; null: nobody came.</summary>
    public WorstWait? Worst() => Sites.Select(s => s.Worst()).MaxBy(w => w.Minutes);
}

/// <summary>A site's longest waits.</summary>
/// <param name="First">Quarter of an hour from the start of the plan in which the first came; -1 is the one before the start.</param>
/// <param name="Minutes">By quarter from there: the longest wait of those who came in it.</param>
internal sealed record SiteWaits(Guid SiteId, int First, IReadOnlyList<int> Minutes)
{
    public WorstWait Worst()
    {
        var at = Enumerable.Range(0, Minutes.Count).MaxBy(i => Minutes[i]);
        return new WorstWait(SiteId, First + at, Minutes[at]);
    }
}

/// <summary>The longest wait there is, and where and when.</summary>
/// <param name="Quarter">In which the one who waited came.</param>
internal sealed record WorstWait(Guid SiteId, int Quarter, int Minutes);
