namespace Tongxin.Core.Teams.Rules;

/// <summary>A cell within one building: 1 point per building more.</summary>
internal static class OneBuildingRule
{
    public const string Name = "one_building";

    public static double Points(int buildings) => Math.Max(0, buildings - 1);

    /// <summary>Every building is in some cell; with fewer cells than buildings some cells hold several.</summary>
    public static double LowerBound(int buildings, int cells) => Math.Max(0, buildings - cells);
}
