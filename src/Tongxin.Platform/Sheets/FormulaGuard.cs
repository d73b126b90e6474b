using System.Buffers;

namespace Tongxin.Platform.Sheets;

/// <summary>
/// Text that a spreadsheet would run. Workbooks keep it as text anyway; the apostrophe also protects the person who saves
/// the workbook as .csv and opens that (OWASP, CSV injection).
/// </summary>
public static class FormulaGuard
{
    private const char Mark = '\'';

    private static readonly SearchValues<char> TelephoneLetters = SearchValues.Create("0123456789 -");

    /// <summary>
    /// Starts like a formula (= + - @, their full-width forms, tab, line ends), white space before it or not. A lone dash and
    /// a telephone number such as +86 138-0000-0000 are not.
    /// </summary>
    public static bool IsSuspicious(string text)
    {
        if (text.Length > 0 && text[0] is '\t' or '\r' or '\n')
        {
            return true;
        }

        var seen = text.AsSpan().TrimStart();
        return !seen.IsEmpty && seen[0] switch
        {
            '=' or '@' or '\uFF1D' or '\uFF20' => true,
            '+' or '-' or '\uFF0B' or '\uFF0D' => seen[1..].ContainsAnyExcept(TelephoneLetters),
            _ => false,
        };
    }

    /// <summary>The text to export: with an apostrophe before it when it <see cref="IsSuspicious"/>.</summary>
    public static string Guard(string text) => IsSuspicious(text) ? Mark + text : text;

    /// <summary>Undoes <see cref="Guard"/> on text that comes back, so that mending a row and importing it again changes nothing.</summary>
    public static string Unguard(string text) => text.Length > 1 && text[0] == Mark && IsSuspicious(text[1..]) ? text[1..] : text;
}
