namespace Tongxin.Screening.Labels;

/// <summary>What a label is stuck on.</summary>
internal enum LabelKind
{
    /// <summary>A sampling tube.</summary>
    Tube,

    /// <summary>A transport box.</summary>
    Box,
}

/// <summary>
/// Codes of printed labels: "XT" for a tube, "XB" for a box, six characters of a number that is never given twice, two that check them (the
/// second letter and the number, modulo 1021). The alphabet is Crockford's: no I, L, O or U. Phones tell a misread code by the check.
/// </summary>
internal static class LabelCodes
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Prime = 1021, Digits = 6, Bits = 5;

    /// <summary>So many of a kind are there.</summary>
    public const int Most = 1 << (Digits * Bits);

    public static string Of(LabelKind kind, int number)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(number, Most);
        Span<char> code = stackalloc char[2 + Digits + 2];
        code[0] = 'X';
        code[1] = kind == LabelKind.Tube ? 'T' : 'B';
        var sum = Alphabet.IndexOf(code[1], StringComparison.Ordinal);
        for (var i = 0; i < Digits; i++)
        {
            var value = number >> ((Digits - 1 - i) * Bits) & 31;
            code[2 + i] = Alphabet[value];
            sum = (sum * 32 + value) % Prime;
        }
        (code[^2], code[^1]) = (Alphabet[sum / 32], Alphabet[sum % 32]);
        return code.ToString();
    }

    /// <summary>"XT 0000 14 7K", as it is read out.</summary>
    public static string Show(string code) => $"{code[..2]} {code[2..6]} {code[6..8]} {code[8..]}";
}
