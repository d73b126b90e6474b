using System.Text;
using System.Text.RegularExpressions;
using Tongxin.Core.Common;

namespace Tongxin.Core.Text;

/// <summary>
/// A number plate of the mainland in one form: "陕A12345", new energy "陕AD12345" or "陕A12345D", trailer "陕A1234挂". The serial part of
/// a plate has neither I nor O (GA 36), so what was typed as such is 1 and 0.
/// </summary>
public readonly partial record struct PlateNumber
{
    private const int SerialFrom = 2;

    private PlateNumber(string value) => Value = value;

    /// <summary>The canonical form, to store and compare: seven characters, eight for new energy.</summary>
    public string Value { get; }

    /// <summary>Eight characters: a new-energy car.</summary>
    public bool IsNewEnergy => Value.Length == 8;

    /// <summary>Equal for plates that are easily read for one another: 0 D Q, 1 L T, 2 Z, 5 S, 6 G, 8 B, U V. Finds what was misread; never decides.</summary>
    public string Likeness => string.Create(Value.Length, Value, static (to, value) =>
    {
        for (var i = 0; i < value.Length; i++) to[i] = i < SerialFrom ? value[i] : Alike(value[i]);
    });

    /// <summary>
    /// Reads full width, lower case, and the dots, dashes and blanks that people put between. Refusals: <c>text.plate.empty</c>;
    /// <c>text.plate.form</c> when it is no plate of these forms.
    /// </summary>
    public static Result<PlateNumber> Parse(string? text)
    {
        var letters = new StringBuilder(8);
        foreach (var c in (text ?? "").Normalize(NormalizationForm.FormKC).ToUpperInvariant())
        {
            if (char.IsWhiteSpace(c) || c is '·' or '•' or '.' or '-' or '‧' or '・' or '_') continue;
            letters.Append(letters.Length >= SerialFrom ? c switch { 'O' => '0', 'I' => '1', _ => c } : c);
            if (letters.Length > 8) return Error.Invalid("text.plate.form");
        }
        if (letters.Length == 0) return Error.Invalid("text.plate.empty");
        var clean = letters.ToString();
        return Form().IsMatch(clean) ? new PlateNumber(clean) : Error.Invalid("text.plate.form");
    }

    /// <summary>The canonical form.</summary>
    public override string ToString() => Value;

    private static char Alike(char c) => c switch { 'D' or 'Q' => '0', 'L' or 'T' => '1', 'Z' => '2', 'S' => '5', 'G' => '6', 'B' => '8', 'V' => 'U', _ => c };

    [GeneratedRegex("""
        ^[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-Z]
        (?: [A-HJ-NP-Z0-9]{5} | [A-HJ-NP-Z0-9]{4}[挂学警港澳领] | [A-HJK][A-HJ-NP-Z0-9][0-9]{4} | [0-9]{5}[A-HJK] )$ | ^使[0-9]{6}$ | ^[0-9]{6}使$
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Form();
}
