namespace Tongxin.Core.Rostering.Columns;

/// <summary>One step from a basis to the next, for the primal and the dual method alike.</summary>
internal sealed partial class MasterLp
{
    // The place in the basis that is left, times the inverse, by constraint.
    private readonly double[] _row;

    /// <summary>
    /// Lets a column in and another out. The entering one is in <see cref="_alpha"/> and <see cref="_slackAlpha"/>, the leaving place in
    /// <see cref="_row"/>. Weights, slacks, duals and inverse follow.
    /// </summary>
    private void Pivot(Column entering, Place leaving, double step, double reduced)
    {
        var pivot = leaving.IsSlack ? _slackAlpha[leaving.At] : _alpha[leaving.At];
        var share = reduced / pivot;
        for (var t = 0; t < _kernel.Size; t++) _dual[_kernel.Tight[t]] += share * _row[_kernel.Tight[t]];
        if (leaving.IsSlack) _dual[leaving.At] += share;
        Vectors.Add(_weight.AsSpan(0, _kernel.Size), _alpha.AsSpan(0, _kernel.Size), -step);
        Vectors.Add(_slack, _slackAlpha, -step);
        Pivots++;
        _pivotsSinceFresh++;
        Work += 1000 + ((long)_kernel.Size * _kernel.Size);
        Swap(entering, leaving, pivot, step);
    }

    private void Swap(Column entering, Place leaving, double pivot, double step)
    {
        var alpha = _alpha.AsSpan(0, _kernel.Size);
        if (!entering.IsSlack && !leaving.IsSlack)
        {
            _kernel.Replace(leaving.At, entering.Id, alpha);
            _weight[leaving.At] = step;
        }
        else if (!entering.IsSlack)
        {
            // The leaving place, as the inverse would have it, is the constraint times the inverse with the other sign.
            for (var t = 0; t < _kernel.Size; t++) _own[t] = -_row[_kernel.Tight[t]];
            _kernel.Enlarge(entering.Id, leaving.At, _own, pivot, alpha);
            _weight[_kernel.Size - 1] = step;
            Tighten(leaving);
        }
        else if (!leaving.IsSlack)
        {
            Loosen(entering, step);
            _kernel.Reduce(leaving.At, _kernel.TightAt[entering.Id], alpha);
            // The last place has moved to the one that was left.
            _weight[leaving.At] = _weight[_kernel.Size];
        }
        else
        {
            for (var t = 0; t < _kernel.Size; t++) _own[t] = -_row[_kernel.Tight[t]];
            Loosen(entering, step);
            Tighten(leaving);
            _kernel.Exchange(_kernel.TightAt[entering.Id], leaving.At, _own);
        }
    }

    private void Tighten(Place leaving) => (_slack[leaving.At], _side[leaving.At]) = (0, 0);

    private void Loosen(Column entering, double step) =>
        (_slack[entering.Id], _side[entering.Id]) = (entering.Sign * step, (sbyte)entering.Sign);

    /// <summary>A place in the basis times the inverse: entries for the tight constraints, 0 for the loose ones but itself.</summary>
    private void LookAlong(Place place)
    {
        Array.Clear(_row);
        if (!place.IsSlack)
        {
            var mine = _kernel.Of(place.At);
            for (var t = 0; t < mine.Length; t++) _row[_kernel.Tight[t]] = mine[t];
            return;
        }

        Own(place.At);
        for (var t = 0; t < _kernel.Size; t++) _row[_kernel.Tight[t]] = -_own[t];
        _row[place.At] = 1;
    }

    /// <summary>
    /// A cover goes over from missing to surplus people or back, without a pivot: its price jumps. Its place times the inverse is in
    /// <see cref="_row"/>.
    /// </summary>
    private void Flip(int cover)
    {
        var jump = -_side[cover] * (_under[cover] + _over[cover]);
        for (var t = 0; t < _kernel.Size; t++) _dual[_kernel.Tight[t]] += jump * _row[_kernel.Tight[t]];
        _side[cover] = (sbyte)-_side[cover];
        _dual[cover] = SlackPrice(cover);
        Work += 1000;
    }

    /// <summary>A row of the pool (its number), or the slack of a cover: people missing (sign 1) or too many (-1).</summary>
    private readonly record struct Column(int Id, int Sign)
    {
        public bool IsSlack => Sign != 0;
    }

    /// <summary>A row's place in the kernel, or a loose cover.</summary>
    private readonly record struct Place(int At, bool IsSlack);
}
