namespace Tongxin.Core.Rostering.Columns;

/// <summary>All rows of people that the master program may choose from, as flat arrays: they are looked through all the time.</summary>
internal sealed class RowPool
{
    private int[] _first = new int[1024];
    private ushort[] _constraints = new ushort[1 << 15];
    private byte[][] _kinds = new byte[1024][];
    private int[] _person = new int[1024];

    public int Count { get; private set; }

    /// <summary>Price with the small noise that keeps the simplex method from standing still.</summary>
    public double[] Price { get; private set; } = new double[1024];

    /// <summary>The price it was made with; the dual method shifts prices by a trifle for the while.</summary>
    public double[] FirstPrice { get; private set; } = new double[1024];

    /// <summary>Place in the basis; -1: outside, value 0.</summary>
    public int[] At { get; private set; } = new int[1024];

    /// <summary>Adds a row that stands with coefficient 1 in the constraints given, that of the person first.</summary>
    public int Add(int person, byte[] kinds, ReadOnlySpan<ushort> constraints, double price)
    {
        if (Count + 1 >= _first.Length) Grow();
        var start = _first[Count];
        if (start + constraints.Length > _constraints.Length) Array.Resize(ref _constraints, 2 * _constraints.Length);
        constraints.CopyTo(_constraints.AsSpan(start));
        _first[Count + 1] = start + constraints.Length;
        (_person[Count], _kinds[Count], Price[Count], FirstPrice[Count], At[Count]) = (person, kinds, price, price, -1);
        return Count++;
    }

    /// <summary>Constraints in which the row stands, that of its person first.</summary>
    public ReadOnlySpan<ushort> Constraints(int row) => _constraints.AsSpan(_first[row].._first[row + 1]);

    public int PersonOf(int row) => _person[row];

    /// <summary>Kinds by day.</summary>
    public byte[] Kinds(int row) => _kinds[row];

    private void Grow()
    {
        var size = 2 * _first.Length;
        Array.Resize(ref _first, size);
        Array.Resize(ref _kinds, size);
        Array.Resize(ref _person, size);
        (Price, FirstPrice, At) = (Larger(Price), Larger(FirstPrice), Larger(At));

        T[] Larger<T>(T[] old)
        {
            Array.Resize(ref old, size);
            return old;
        }
    }
}
