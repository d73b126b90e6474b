namespace Tongxin.Access.FieldPack;

/// <summary>
/// Codes of the empty lines of a paper list: "L", three characters of the day, four of the line, two that check them. The phone makes the id of
/// the fact from the code, so a line that two people enter is one passage. The alphabet is Crockford's: no I, L, O or U.
/// </summary>
internal static class PaperCodes
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Prime = 1021;

    // Prints of one day begin where chance puts them: two gates do not share lines.
    public const int Lines = 1 << 20;

    private static readonly DateOnly FirstDay = new(2026, 1, 1);

    public static string Of(DateOnly day, int line)
    {
        Span<int> values = stackalloc int[9];
        var days = Math.Max(0, day.DayNumber - FirstDay.DayNumber);
        (values[0], values[1], values[2]) = (days >> 10 & 31, days >> 5 & 31, days & 31);
        for (var i = 0; i < 4; i++) values[3 + i] = line % Lines >> (15 - 5 * i) & 31;
        var sum = 0;
        foreach (var value in values[..7]) sum = (sum * 32 + value) % Prime;
        (values[7], values[8]) = (sum / 32, sum % 32);
        return string.Create(10, values.ToArray(), static (code, from) =>
        {
            code[0] = 'L';
            for (var i = 0; i < from.Length; i++) code[i + 1] = Alphabet[from[i]];
        });
    }

    /// <summary>"L00A 7KQ3 2B", as it is read out.</summary>
    public static string Show(string code) => $"{code[..4]} {code[4..8]} {code[8..]}";
}
