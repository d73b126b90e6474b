using Tongxin.Core.Rostering.Search;

namespace Tongxin.Core.Rostering.Rows;

/// <summary>
/// Annealing over rows. Nearly all proposals are refused on their price alone, so each move sums its price first and asks the hard rules
/// last. Every accepted roster is legal.
/// </summary>
internal sealed class RowAnnealer
{
    /// <summary>Proposals between two looks at the budget.</summary>
    private const int Look = 512;

    private readonly RowProblem _problem;
    private readonly RowState _state;
    private readonly Dice _dice;
    private readonly byte[] _one = new byte[RowState.LongestBlock];
    private readonly byte[] _two = new byte[RowState.LongestBlock];
    private readonly byte[] _best;
    private float _temperature;
    private bool _isAhead;

    public RowAnnealer(RowProblem problem, ReadOnlySpan<byte> start, Dice dice)
    {
        (_problem, _dice) = (problem, dice);
        _state = new RowState(problem, start);
        _best = start.ToArray();
        BestCost = _state.Cost;
    }

    public ReadOnlySpan<byte> Best => _best;

    public long BestCost { get; private set; }

    /// <summary>Called now and then below a temperature of 25 with the rows of the moment: raw material for the column search.</summary>
    public Action<byte[]>? Snapshot { get; set; }

    public int Snapshots { get; set; } = 20;

    /// <summary>Anneals over the slice and returns the proposals made. <paramref name="better"/> hears of every kept record.</summary>
    public long Run(Slice slice, double hot, double cold, Action<long>? better)
    {
        long steps = 0;
        var snapshotAt = hot > 25 ? Math.Log(25 / hot) / Math.Log(cold / hot) : 0.2;
        var snapshotStep = (1 - snapshotAt) / (Snapshots + 1);
        while (_problem.People > 0)
        {
            var progress = slice.Progress(steps);
            if (progress >= 1) break;
            if (Snapshot is not null && progress > snapshotAt)
            {
                Snapshot((byte[])_state.Rows.Clone());
                snapshotAt += snapshotStep;
            }

            _temperature = (float)(hot * Math.Pow(cold / hot, progress));
            for (var i = 0; i < Look; i++) Propose(better);
            steps += Look;
        }

        if (_isAhead) Keep(better);
        return steps;
    }

    private void Propose(Action<long>? better)
    {
        var dice = _dice.Below(100);
        if (dice < 40) SwapDays(better);
        else if (dice < 70) Rewrite(better);
        else if (dice < 82) Shift(better);
        else if (dice < 88) SwapBlocks(better);
        else Rearrange(better);
    }

    /// <summary>Two people swap the same 1 to 14 days.</summary>
    private void SwapDays(Action<long>? better)
    {
        if (_problem.People < 2) return;
        var (p, q) = Pair();
        var length = 1 + _dice.Below(Math.Min(14, _problem.Days));
        var from = _dice.Below(_problem.Days - length + 1);
        var ofP = _state.Rows.AsSpan(p * _problem.Days, _problem.Days);
        var ofQ = _state.Rows.AsSpan(q * _problem.Days, _problem.Days);
        while (length > 0 && ofP[from] == ofQ[from]) (from, length) = (from + 1, length - 1);
        while (length > 0 && ofP[from + length - 1] == ofQ[from + length - 1]) length--;
        if (length == 0) return;
        var delta = 0;
        for (var d = from; d < from + length; d++)
            if (ofP[d] != ofQ[d]) delta += _state.SwapDelta(p, q, d, ofP[d], ofQ[d]);
        if (!IsWelcome(delta)) return;
        ofQ.Slice(from, length).CopyTo(_one);
        ofP.Slice(from, length).CopyTo(_two);
        Accept(p, q, from, length, delta, better);
    }

    /// <summary>One person has 1 to 5 days off or of one kind.</summary>
    private void Rewrite(Action<long>? better)
    {
        var p = _dice.Below(_problem.People);
        var length = 1 + _dice.Below(Math.Min(5, _problem.Days));
        var from = _dice.Below(_problem.Days - length + 1);
        var kind = _dice.Below(3) == 0 ? 0 : 1 + _dice.Below(_problem.Kinds);
        var delta = 0;
        for (var i = 0; i < length; i++)
        {
            int old = _state.Rows[(p * _problem.Days) + from + i];
            if (old != kind) delta += _state.Delta(p, from + i, old, kind);
            _one[i] = (byte)kind;
        }

        if (IsWelcome(delta)) Accept(p, from, length, delta, better);
    }

    /// <summary>One person works a block and is off another within a month: the only small change where the minutes leave no play.</summary>
    private void Shift(Action<long>? better)
    {
        var p = _dice.Below(_problem.People);
        var row = _state.Rows.AsSpan(p * _problem.Days, _problem.Days);
        var span = Math.Min(RowState.LongestBlock, _problem.Days);
        var length = 1 + _dice.Below(Math.Min(5, span / 2));
        if (span < 2 * length) return;
        var on = _dice.Below(_problem.Days - length + 1);
        var off = on - (span - length) + _dice.Below((2 * (span - length)) + 1);
        if (off < 0 || off + length > _problem.Days || Math.Abs(on - off) < length) return;
        var kind = (byte)(1 + _dice.Below(_problem.Kinds));
        var delta = 0;
        for (var i = 0; i < length; i++)
        {
            if (row[on + i] != kind) delta += _state.Delta(p, on + i, row[on + i], kind);
            if (row[off + i] != 0) delta += _state.Delta(p, off + i, row[off + i], 0);
        }

        if (!IsWelcome(delta)) return;
        var from = Math.Min(on, off);
        span = Math.Abs(on - off) + length;
        row.Slice(from, span).CopyTo(_one);
        _one.AsSpan(on - from, length).Fill(kind);
        _one.AsSpan(off - from, length).Clear();
        Accept(p, from, span, delta, better);
    }

    /// <summary>Two people swap two blocks of different days.</summary>
    private void SwapBlocks(Action<long>? better)
    {
        if (_problem.People < 2) return;
        var (p, q) = Pair();
        if (!TwoBlocks(out var from, out var length, out var gap)) return;
        var ofP = _state.Rows.AsSpan((p * _problem.Days) + from, gap + length);
        var ofQ = _state.Rows.AsSpan((q * _problem.Days) + from, gap + length);
        var delta = 0;
        for (var i = 0; i < gap + length; i++)
        {
            if (i >= length && i < gap) continue;
            if (ofP[i] != ofQ[i]) delta += _state.SwapDelta(p, q, from + i, ofP[i], ofQ[i]);
        }

        if (!IsWelcome(delta)) return;
        ofP.CopyTo(_one);
        ofQ.CopyTo(_two);
        foreach (var at in (ReadOnlySpan<int>)[0, gap])
        {
            ofQ.Slice(at, length).CopyTo(_one.AsSpan(at));
            ofP.Slice(at, length).CopyTo(_two.AsSpan(at));
        }

        Accept(p, q, from, gap + length, delta, better);
    }

    /// <summary>Inside one row: turn a stretch by a day, swap two blocks, or reverse a stretch.</summary>
    private void Rearrange(Action<long>? better)
    {
        var p = _dice.Below(_problem.People);
        int from, span;
        var how = _dice.Below(4);
        if (how < 2)
        {
            if (!TwoBlocks(out from, out var length, out var gap)) return;
            span = gap + length;
            var row = _state.Rows.AsSpan((p * _problem.Days) + from, span);
            row.CopyTo(_one);
            row[..length].CopyTo(_one.AsSpan(gap));
            row.Slice(gap, length).CopyTo(_one);
        }
        else
        {
            span = 2 + _dice.Below(Math.Min(13, _problem.Days - 1));
            if (span > _problem.Days) return;
            from = _dice.Below(_problem.Days - span + 1);
            var row = _state.Rows.AsSpan((p * _problem.Days) + from, span);
            row.CopyTo(_one);
            if (how == 2) _one.AsSpan(0, span).Reverse();
            else Turn(row, _one, isLater: _dice.Below(2) == 0);
        }

        var at = (p * _problem.Days) + from;
        var delta = 0;
        for (var i = 0; i < span; i++)
        {
            int old = _state.Rows[at + i];
            if (old != _one[i]) delta += _state.Delta(p, from + i, old, _one[i]);
        }

        if (IsWelcome(delta)) Accept(p, from, span, delta, better);
    }

    private static void Turn(ReadOnlySpan<byte> row, Span<byte> turned, bool isLater)
    {
        row[(isLater ? 0 : 1)..^(isLater ? 1 : 0)].CopyTo(turned[(isLater ? 1 : 0)..]);
        turned[isLater ? 0 : row.Length - 1] = row[isLater ? ^1 : 0];
    }

    /// <summary>Two blocks of equal length without a common day: at <paramref name="from"/> and <paramref name="gap"/> days later.</summary>
    private bool TwoBlocks(out int from, out int length, out int gap)
    {
        var most = Math.Min(RowState.LongestBlock, _problem.Days);
        length = 1 + _dice.Below(5);
        (from, gap) = (0, 0);
        if (most < 2 * length) return false;
        gap = length + _dice.Below(most - (2 * length) + 1);
        from = _dice.Below(_problem.Days - gap - length + 1);
        return true;
    }

    private (int P, int Q) Pair()
    {
        var p = _dice.Below(_problem.People);
        var q = _dice.Below(_problem.People - 1);
        return (p, q >= p ? q + 1 : q);
    }

    private bool IsWelcome(int delta) => delta <= 0 || (delta < RowProblem.Never / 2 && delta <= _temperature * _dice.Threshold());

    private void Accept(int p, int from, int length, int delta, Action<long>? better)
    {
        if (!_state.IsLegal(p, from, _one.AsSpan(0, length))) return;
        if (_isAhead && delta > 0) Keep(better);
        _state.Set(p, from, _one.AsSpan(0, length));
        _isAhead |= _state.Cost < BestCost;
    }

    private void Accept(int p, int q, int from, int length, int delta, Action<long>? better)
    {
        if (!_state.IsLegal(p, from, _one.AsSpan(0, length)) || !_state.IsLegal(q, from, _two.AsSpan(0, length))) return;
        if (_isAhead && delta > 0) Keep(better);
        _state.Set(p, from, _one.AsSpan(0, length));
        _state.Set(q, from, _two.AsSpan(0, length));
        _isAhead |= _state.Cost < BestCost;
    }

    /// <summary>Written down only when the search is about to leave a record: most records last a moment.</summary>
    private void Keep(Action<long>? better)
    {
        _state.Rows.CopyTo(_best, 0);
        BestCost = _state.Cost;
        _isAhead = false;
        better?.Invoke(BestCost);
    }
}
