namespace Tongxin.Core.Rostering.Columns;

/// <summary>
/// A variable of the master program: a whole row of one person, a person missing from a cover or too many on it, or the artificial
/// start of a person. All its coefficients are <see cref="Sign"/>.
/// </summary>
internal sealed class LpColumn
{
    /// <summary>Constraints in which it stands.</summary>
    public required int[] Rows { get; init; }

    public double Sign { get; init; } = 1;

    /// <summary>Price, with the small noise that keeps the simplex method from standing still.</summary>
    public required double Price { get; set; }

    /// <summary>The price it was made with; the dual method shifts prices by a trifle.</summary>
    public double FirstPrice { get; init; }

    /// <summary>Whose row; -1 for a slack or an artificial start.</summary>
    public int Person { get; init; } = -1;

    /// <summary>Kinds by day; empty for a slack.</summary>
    public byte[] Kinds { get; init; } = [];

    /// <summary>Weight of the reduced price: a column in many constraints moves many others for the same gain.</summary>
    public double Steepness => 1 / Math.Sqrt(1 + Rows.Length);

    /// <summary>Place in the basis; -1: outside, value 0.</summary>
    public int At { get; set; } = -1;

    /// <summary>May not have a value: another row of the person is fixed.</summary>
    public bool IsBarred { get; set; }
}
