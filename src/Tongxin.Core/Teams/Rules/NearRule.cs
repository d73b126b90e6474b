namespace Tongxin.Core.Teams.Rules;

/// <summary>Helpers near their cell: 1 point per 100 m to its nearest entrance, and 0.3 when they live in none of its buildings.</summary>
internal static class NearRule
{
    public const string Name = "near";

    /// <summary>Somebody whose home is unknown counts as living 150 m off: better than far, worse than next door.</summary>
    public const double UnknownHome = 1.5;

    private const double MetresPerPoint = 100;
    private const double OtherBuilding = 0.3;

    public static double Points(double metres, bool isOwnBuilding) => (metres / MetresPerPoint) + (isOwnBuilding ? 0 : OtherBuilding);
}
