namespace Tongxin.Core.Rostering.Columns;

/// <summary>
/// A better bound from people being whole. The master program may be short of 19.4 people where a roster is short of 20, and that is most
/// of what lies between bound and roster.
/// </summary>
internal sealed partial class ColumnSearch
{
    /// <summary>Prices of a missing person that are tried on the cheap side.</summary>
    private const int CheapPrices = 3;

    /// <summary>
    /// Raises the bound, when a missing person costs the same everywhere. With another price u instead of w a bound b(u) holds as well, and
    /// then a roster with m people missing costs at least b(u) + (w - u) m at the true price. A dear u shows that fewer than the program's
    /// fraction rounded up cannot be, a cheap one what it costs not to be able to use the fraction. The bound is the least over all whole m
    /// of the best of these. <paramref name="best"/> is the penalty of a known roster. The search is of no use for dives afterwards.
    /// </summary>
    public void CountWhole(double best, Func<bool> isOver)
    {
        if (_pricing.OnePrice is not { } price || _rootBasis.Rows.Length == 0) return;
        for (var p = 0; p < _problem.People; p++) _master.Fix(p, -1);
        _master.Restart(_rootBasis);
        _centre = (double[])_rootCentre.Clone();
        _master.Optimize(2000);
        var part = _master.Missing - Math.Floor(_master.Missing);
        if (part is < 0.03 or > 0.995) return;
        var (whole, known, before) = (Math.Ceiling(_master.Missing), new List<(int Price, double Bound)> { (price, Bound) }, Bound);
        // Prices above a few times the first would not fit the scale of the row tables.
        Try((int)Math.Min(4 * price, price + Math.Ceiling(1.5 * (best - before) / part)));
        var (low, high) = (0, price);
        for (var i = 0; i < CheapPrices && !isOver(); i++)
        {
            var middle = (low + high) / 2;
            Try(middle);
            if (_master.Missing > whole - 0.03) low = middle;
            else high = middle;
        }

        Bound = Math.Max(Bound, Enumerable.Range(0, _pricing.Covers.Sum(c => c.Need) + 1).Min(m => known.Max(k => k.Bound + ((price - k.Price) * (double)m))));

        void Try(int other)
        {
            if (other > 0 && BoundAt(other, isOver) is var bound && double.IsFinite(bound)) known.Add((other, bound));
        }
    }

    /// <summary>No roster costs less when a missing person costs so much.</summary>
    private double BoundAt(int price, Func<bool> isOver)
    {
        _isCharged = true;
        var old = _pricing.OnePrice;
        _pricing.Charge(price);
        _master.Charge(price);
        for (var i = _problem.People; i < _centre.Length; i++)
            if (_centre[i] > price || _centre[i] >= old - 1e-6) _centre[i] = Math.Min(price, _pricing.Covers[i - _problem.People].Under);
        _keepsCentre = true;
        Converge(int.MaxValue, 0.0004, isOver, RootPivots);
        return _last + _problem.Constant;
    }
}
