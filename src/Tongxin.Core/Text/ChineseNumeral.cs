namespace Tongxin.Core.Text;

/// <summary>Numbers written with characters: 十二, 二十, 一百零一, 三千, and digit by digit 一〇一, 二〇二二.</summary>
internal static class ChineseNumeral
{
    // 两 is a numeral before a measure only ("两千"); in room numbers it does no harm.
    private const string Ones = "零一二三四五六七八九";

    internal static bool Is(char unit) => unit is '〇' or '两' or '十' or '百' or '千' || (unit != '\0' && Ones.Contains(unit, StringComparison.Ordinal));

    /// <summary>The number, up to 9999 with measures or nine digits without; null when the characters do not make one.</summary>
    internal static int? Read(ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > 9) return null;
        return text.IndexOfAny('十', '百', '千') < 0 ? DigitByDigit(text) : WithMeasures(text);
    }

    private static int? DigitByDigit(ReadOnlySpan<char> text)
    {
        var number = 0;
        foreach (var unit in text)
        {
            if (Digit(unit) is not { } digit) return null;
            number = (number * 10) + digit;
        }

        return number;
    }

    private static int? WithMeasures(ReadOnlySpan<char> text)
    {
        var (number, pending, lastMeasure) = (0, -1, 10_000);
        foreach (var unit in text)
        {
            var measure = unit switch { '十' => 10, '百' => 100, '千' => 1000, _ => 0 };
            if (measure == 0)
            {
                if (Digit(unit) is not { } digit || pending > 0) return null;
                pending = digit;
                continue;
            }

            // 十二 begins without a one; 百十 and 十百 are not numbers.
            if (measure >= lastMeasure || pending == 0 || (pending < 0 && (measure != 10 || number > 0))) return null;
            number += Math.Max(pending, 1) * measure;
            (pending, lastMeasure) = (-1, measure);
        }

        return number + Math.Max(pending, 0);
    }

    private static int? Digit(char unit)
    {
        if (unit == '〇') return 0;
        if (unit == '两') return 2;
        var digit = Ones.IndexOf(unit, StringComparison.Ordinal);
        return digit < 0 ? null : digit;
    }
}
