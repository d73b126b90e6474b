namespace Tongxin.Platform.Ui;

/// <summary>How well a set is covered; each level has its own sign and colour.</summary>
public enum CoverageLevel
{
    /// <summary>Nothing due, or not started.</summary>
    None,

    /// <summary>Below 70 %.</summary>
    Low,

    /// <summary>70 to 89 %.</summary>
    Half,

    /// <summary>90 to 99 %.</summary>
    High,

    /// <summary>Nobody is missing.</summary>
    Full,
}

/// <summary>The one place that turns counts into percent and level.</summary>
public static class CoverageLevels
{
    /// <summary>Percent from 0 to 100, rounded down: 100 only when nobody is missing. Null when nothing is due.</summary>
    public static int? Percent(int done, int due) => due <= 0 ? null : (int)(Math.Clamp((long)done, 0, due) * 100 / due);

    /// <summary>The level of <paramref name="done"/> out of <paramref name="due"/>.</summary>
    /// <param name="done">Finished.</param>
    /// <param name="due">Targets without the excused ones.</param>
    /// <param name="started">False shows "not started" rather than 0 %.</param>
    public static CoverageLevel Of(int done, int due, bool started = true) => !started ? CoverageLevel.None : Percent(done, due) switch
    {
        null => CoverageLevel.None,
        100 => CoverageLevel.Full,
        >= 90 => CoverageLevel.High,
        >= 70 => CoverageLevel.Half,
        _ => CoverageLevel.Low,
    };

    internal static string Css(CoverageLevel level) => level switch
    {
        CoverageLevel.Full => "lv-full",
        CoverageLevel.High => "lv-high",
        CoverageLevel.Half => "lv-half",
        CoverageLevel.Low => "lv-low",
        _ => "lv-none",
    };
}
