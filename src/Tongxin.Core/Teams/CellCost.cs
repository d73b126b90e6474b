using Tongxin.Core.Teams.Rules;

namespace Tongxin.Core.Teams;

/// <summary>What a cell costs, from sums that can be kept while entrances come and go.</summary>
internal sealed class CellCost(TeamsWeights weights, double mean)
{
    /// <summary>The part that never shrinks when a cell grows.</summary>
    public double Spread(int count, double x, double y, double squares, int buildings) =>
        (weights.Compact * CompactRule.Points(count, x, y, squares)) + (weights.OneBuilding * OneBuildingRule.Points(buildings));

    /// <summary>The part that shrinks up to the mean and grows beyond it.</summary>
    public double Balance(int households) => weights.Balance * BalanceRule.Points(households, mean);

    /// <summary>The least that so many cells can cost for so many households together: evenly cut, in fractions if need be.</summary>
    public double EvenBalance(int households, int cells) =>
        cells == 0 ? 0 : weights.Balance * cells * BalanceRule.Points((double)households / cells, mean);

    public double Of(int count, int households, double x, double y, double squares, int buildings) =>
        Spread(count, x, y, squares, buildings) + Balance(households);

    public double Mean => mean;
}
