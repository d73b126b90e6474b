using System.Numerics;
using System.Runtime.CompilerServices;

namespace Tongxin.Core.Rostering.Rows;

/// <summary>
/// A roster of rows under change. The penalty of a changed cell is one addition, and the hard rules are asked in a few operations on bit
/// masks: bit (day + 16) of a person's mask is set when they work, so that the 64 days from 16 before a block fit one word.
/// </summary>
internal sealed class RowState
{
    /// <summary>Days of the mask before day 0; as many follow the last day.</summary>
    public const int Pad = 16;

    /// <summary>Longest block that is asked about at once: pad, block and pad fit 64 bits.</summary>
    public const int LongestBlock = 64 - (2 * Pad);

    private readonly RowProblem _problem;
    private readonly int _words;
    private readonly ulong[] _worked;
    private readonly ulong[] _valid;
    private readonly ulong[] _saturdays;
    private readonly int[] _minutes;
    private readonly int[] _weekends;
    private readonly int[] _count;
    private readonly int[] _have;
    private readonly int[] _add;
    private readonly int[] _remove;

    public RowState(RowProblem problem, ReadOnlySpan<byte> rows)
    {
        _problem = problem;
        _words = ((problem.Days + (2 * Pad)) / 64) + 2;
        _worked = new ulong[problem.People * _words];
        (_valid, _saturdays) = (new ulong[_words], new ulong[_words]);
        for (var d = 0; d < problem.Days; d++)
        {
            SetBit(_valid, 0, d, true);
            if (problem.IsSaturday(d)) SetBit(_saturdays, 0, d, true);
        }

        // A Sunday on day 0 belongs to the Saturday before.
        if (problem.IsSunday(0)) SetBit(_saturdays, 0, -1, true);
        (_minutes, _weekends) = (new int[problem.People], new int[problem.People]);
        _count = new int[problem.People * problem.Width];
        _have = new int[problem.Days * problem.Width];
        (_add, _remove) = (new int[_have.Length], new int[_have.Length]);
        Rows = new byte[problem.People * problem.Days];
        Load(rows);
    }

    /// <summary>Kinds at [person * Days + day]. Change with <see cref="Set"/> only.</summary>
    public byte[] Rows { get; }

    public long Cost { get; private set; }

    public void Load(ReadOnlySpan<byte> rows)
    {
        rows.CopyTo(Rows);
        Array.Clear(_have);
        Array.Clear(_count);
        Array.Clear(_worked);
        for (var p = 0; p < _problem.People; p++)
        {
            for (var d = -Math.Min(Pad, _problem.Persons[p].RunBefore); d < 0; d++) SetBit(_worked, p, d, true);
            _minutes[p] = 0;
            for (var d = 0; d < _problem.Days; d++)
            {
                int k = Rows[(p * _problem.Days) + d];
                _minutes[p] += _problem.Minutes[k];
                _count[(p * _problem.Width) + k]++;
                _have[(d * _problem.Width) + k]++;
                if (k > 0) SetBit(_worked, p, d, true);
            }

            _weekends[p] = Weekends(p);
        }

        for (var at = 0; at < _have.Length; at++)
            if (at % _problem.Width > 0) Reprice(at);
        Cost = _problem.Cost(Rows);
    }

    /// <summary>Change of the penalty when this one cell changes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Delta(int p, int d, int from, int to)
    {
        var (cell, cover) = (((p * _problem.Days) + d) * _problem.Width, d * _problem.Width);
        return _problem.Price[cell + to] - _problem.Price[cell + from] + _remove[cover + from] + _add[cover + to];
    }

    /// <summary>Change of the penalty when two people change cells of one day: the cover stays.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int SwapDelta(int p, int q, int d, int ofP, int ofQ)
    {
        var (a, b) = (((p * _problem.Days) + d) * _problem.Width, ((q * _problem.Days) + d) * _problem.Width);
        return _problem.Price[a + ofQ] - _problem.Price[a + ofP] + _problem.Price[b + ofP] - _problem.Price[b + ofQ];
    }

    /// <summary>Writes a block without asking.</summary>
    public void Set(int p, int from, ReadOnlySpan<byte> block)
    {
        int minutes = 0, row = p * _problem.Days, width = _problem.Width;
        var before = WeekendsIn(p, from, block.Length);
        for (var i = 0; i < block.Length; i++)
        {
            var d = from + i;
            int old = Rows[row + d], now = block[i];
            if (old == now) continue;
            Cost += Delta(p, d, old, now);
            Rows[row + d] = (byte)now;
            minutes += _problem.Minutes[now] - _problem.Minutes[old];
            _count[(p * width) + old]--;
            _count[(p * width) + now]++;
            Cover(d, old, -1);
            Cover(d, now, 1);
            if (old == 0 || now == 0) SetBit(_worked, p, d, now > 0);
        }

        _minutes[p] += minutes;
        _weekends[p] += WeekendsIn(p, from, block.Length) - before;
    }

    /// <summary>
    /// Whether the row stays legal when this block of at most <see cref="LongestBlock"/> days is written. Rules that are cheap to ask and
    /// often broken come first. Prices of <see cref="RowProblem.Never"/> are the caller's business.
    /// </summary>
    public bool IsLegal(int p, int from, ReadOnlySpan<byte> block)
    {
        var person = _problem.Persons[p];
        var old = Rows.AsSpan((p * _problem.Days) + from, block.Length);
        var minutes = _minutes[p];
        ulong bits = 0;
        for (var i = 0; i < block.Length; i++)
        {
            minutes += _problem.Minutes[block[i]] - _problem.Minutes[old[i]];
            if (block[i] > 0) bits |= 1UL << i;
        }

        if (minutes < person.MinMinutes || minutes > person.MaxMinutes) return false;
        var window = Window(_worked, p, from);
        var hole = ((1UL << block.Length) - 1) << Pad;
        var changed = (window & ~hole) | (bits << Pad);
        if (changed != window)
        {
            var valid = Window(_valid, 0, from);
            if (!RunsAreLegal(person, changed, valid)) return false;
            var saturdays = Window(_saturdays, 0, from);
            var weekends = _weekends[p] + CountWeekends(changed & valid, saturdays) - CountWeekends(window & valid, saturdays);
            if (weekends > person.MaxWeekends) return false;
        }

        return FollowsWell(p, from, block) && CountsAreLegal(p, person, old, block);
    }

    private static bool RunsAreLegal(RowPerson person, ulong worked, ulong valid)
    {
        var run = worked;
        for (var i = 0; i < person.MaxRun && run != 0; i++) run &= worked >> (i + 1);
        if (run != 0) return false;
        var off = ~worked & valid;
        return HasNoShort(worked & valid, off, person.MinRun) && HasNoShort(off, worked & valid, person.MinOff);
    }

    /// <summary>No row of <paramref name="days"/> shorter than <paramref name="least"/> with a real day of the other sort at both ends.</summary>
    private static bool HasNoShort(ulong days, ulong others, int least)
    {
        var middle = others;
        for (var length = 1; length < least; length++)
        {
            middle &= days >> length;
            if ((middle & (others >> (length + 1))) != 0) return false;
        }

        return true;
    }

    private bool FollowsWell(int p, int from, ReadOnlySpan<byte> block)
    {
        var row = p * _problem.Days;
        int before = from > 0 ? Rows[row + from - 1] : 0;
        foreach (var k in block)
        {
            if (_problem.Barred[(before * _problem.Width) + k]) return false;
            before = k;
        }

        var next = from + block.Length;
        return next >= _problem.Days || !_problem.Barred[(before * _problem.Width) + Rows[row + next]];
    }

    private bool CountsAreLegal(int p, RowPerson person, ReadOnlySpan<byte> old, ReadOnlySpan<byte> block)
    {
        for (var i = 0; i < block.Length; i++)
        {
            int k = block[i];
            if (k == 0 || k == old[i] || person.MaxCount[k] >= _problem.Days) continue;
            var count = _count[(p * _problem.Width) + k] + block.Count((byte)k) - old.Count((byte)k);
            if (count > person.MaxCount[k]) return false;
        }

        return true;
    }

    /// <summary>The 64 days from <see cref="Pad"/> before a day.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong Window(ulong[] mask, int p, int from)
    {
        var (word, shift) = ((p * _words) + (from >> 6), from & 63);
        return shift == 0 ? mask[word] : (mask[word] >> shift) | (mask[word + 1] << (64 - shift));
    }

    private static int CountWeekends(ulong worked, ulong saturdays) => BitOperations.PopCount((worked | (worked >> 1)) & saturdays);

    private int WeekendsIn(int p, int from, int length)
    {
        var counted = 0;
        // In pieces that a window covers with a day to spare on each side.
        for (var at = from; at < from + length; at += LongestBlock)
        {
            var days = Math.Min(LongestBlock, from + length - at);
            var mine = ((1UL << (days + 1)) - 1) << (Pad - 1);
            if (at > from) mine &= ~(1UL << (Pad - 1));
            counted += CountWeekends(Window(_worked, p, at) & Window(_valid, 0, at), Window(_saturdays, 0, at) & mine);
        }

        return counted;
    }

    private int Weekends(int p)
    {
        var counted = 0;
        for (var d = -1; d < _problem.Days; d++)
        {
            if ((FirstWeekdayOf(d)) != 5) continue;
            var worked = (d >= 0 && Rows[(p * _problem.Days) + d] > 0) || (d + 1 < _problem.Days && Rows[(p * _problem.Days) + d + 1] > 0);
            if (worked) counted++;
        }

        return counted;
    }

    private int FirstWeekdayOf(int d) => (_problem.FirstWeekday + d + 7) % 7;

    private void Cover(int d, int kind, int by)
    {
        if (kind == 0) return;
        var at = (d * _problem.Width) + kind;
        _have[at] += by;
        Reprice(at);
    }

    private void Reprice(int at)
    {
        var have = _have[at];
        _add[at] = have < _problem.Need[at] ? -_problem.Under[at] : _problem.Over[at];
        _remove[at] = have <= _problem.Need[at] ? _problem.Under[at] : -_problem.Over[at];
    }

    private void SetBit(ulong[] mask, int p, int d, bool on)
    {
        var (word, bit) = ((p * _words) + ((d + Pad) >> 6), 1UL << ((d + Pad) & 63));
        if (on) mask[word] |= bit;
        else mask[word] &= ~bit;
    }
}
