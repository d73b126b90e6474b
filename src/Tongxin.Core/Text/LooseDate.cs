using System.Globalization;
using Tongxin.Core.Common;

namespace Tongxin.Core.Text;

/// <summary>Reads days as people write them. What could mean two days is refused, not guessed.</summary>
public static class LooseDate
{
    // Serial numbers of 1954-10-03 and 2064-04-08: outside, five digits are more likely something else.
    private const int FirstSerial = 20_000;
    private const int LastSerial = 60_000;
    private const int FirstYear = 1850;
    private const int LastYear = 2150;

    // Day 0 of the spreadsheet count, for serials after the leap day it believes 1900 had.
    private static readonly DateOnly SerialZero = new(1899, 12, 30);

    // Longer first where one begins another.
    private static readonly string[] Relative =
        ["今天", "今日", "昨天", "昨日", "前天", "明天", "明日", "后天", "当天", "当日", "次日", "近日", "目前", "刚才", "上周", "本周", "下周", "上月", "本月", "下月", "星期", "周一", "周二", "周三", "周四", "周五", "周六", "周日", "节", "除夕", "元旦", "开学", "放假", "寒假", "暑假", "前夕"];

    private static readonly string[] PartsOfDay = ["上午", "下午", "凌晨", "中午", "晚上", "傍晚", "早上", "清晨", "夜间", "晚", "早", "夜", "午"];

    /// <summary>
    /// Reads 2022-01-03, 2022/1/3, 2022.1.3, 2022年1月3日, 二〇二二年一月三日, 20220103, the serial number 44564, 1月4日, each with a time or a part
    /// of the day behind it. A day without a year takes the year that brings it nearest to <paramref name="reference"/> (the day of
    /// the document). Refusals: <c>text.date.empty</c>; <c>text.date.relative</c> (中秋节当天); <c>text.date.span</c> (9月17日至今);
    /// <c>text.date.year</c> (two digits); <c>text.date.ambiguous</c> (1/4, 03/01/2022); <c>text.date.incomplete</c> (2022年1月);
    /// <c>text.date.impossible</c> (no such day, or outside 1850 to 2150); <c>text.date.unreadable</c>.
    /// </summary>
    public static Result<DateOnly> Parse(string? text, DateOnly reference)
    {
        var folded = TextFold.ForSearch(text).Trim('"', '\'', '“', '”');
        if (folded.Length == 0) return Error.Invalid("text.date.empty");
        if (folded.Length > 40) return Error.Invalid("text.date.unreadable");
        if (folded.AsSpan().IndexOfAny('至', '~') >= 0 || folded.Contains("以来", StringComparison.Ordinal)) return Error.Invalid("text.date.span");
        var numbers = new Numbers(CutTime(folded));
        if (numbers.IsRead) return numbers.HasMarks ? Marked(numbers, reference) : numbers.Count == 1 ? Plain(numbers) : Separated(numbers);
        return Error.Invalid(Relative.Any(word => folded.Contains(word, StringComparison.Ordinal)) ? "text.date.relative" : "text.date.unreadable");
    }

    private static Result<DateOnly> Plain(in Numbers numbers)
    {
        var (number, digits) = numbers[0];
        return digits switch
        {
            8 => Day(number / 10_000, number / 100 % 100, number % 100),
            6 => Error.Invalid("text.date.year"),
            5 when number is >= FirstSerial and <= LastSerial => SerialZero.AddDays(number),
            _ => Error.Invalid("text.date.unreadable"),
        };
    }

    private static Result<DateOnly> Separated(in Numbers numbers)
    {
        if (numbers.Count == 2) return Error.Invalid(numbers[0].Digits == 4 ? "text.date.incomplete" : "text.date.ambiguous");
        if (numbers[0].Digits == 4) return Day(numbers[0].Value, numbers[1].Value, numbers[2].Value);
        return Error.Invalid(numbers[2].Digits == 4 ? "text.date.ambiguous" : "text.date.year");
    }

    private static Result<DateOnly> Marked(in Numbers numbers, DateOnly reference)
    {
        if (numbers.Count == 3) return numbers[0].Digits == 4 ? Day(numbers[0].Value, numbers[1].Value, numbers[2].Value) : Error.Invalid("text.date.year");
        if (numbers.Count == 1 || numbers.HasYear) return Error.Invalid("text.date.incomplete");
        var (month, day) = (numbers[0].Value, numbers[1].Value);
        DateOnly? nearest = null;
        for (var year = Math.Max(reference.Year - 1, 1); year <= Math.Min(reference.Year + 1, 9999); year++)
        {
            var candidate = Day(year, month, day);
            if (candidate.IsFailure) continue;
            if (nearest is null || Distance(candidate.Value, reference) < Distance(nearest.Value, reference)) nearest = candidate.Value;
        }

        return nearest is { } found ? found : Error.Invalid("text.date.impossible");
    }

    private static int Distance(DateOnly a, DateOnly b) => Math.Abs(a.DayNumber - b.DayNumber);

    private static Result<DateOnly> Day(int year, int month, int day)
    {
        var exists = year is >= FirstYear and <= LastYear && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);
        return exists ? new DateOnly(year, month, day) : Error.Invalid("text.date.impossible");
    }

    // "2022-01-03 12:21:00", "2022-01-03t00:00:00z" "1月4日晚" and "2022年1月3日 星期一" lose what stands behind the day; "44564.5" its fraction.
    private static ReadOnlySpan<char> CutTime(string folded)
    {
        var text = folded.AsSpan();
        foreach (var week in (ReadOnlySpan<string>)["星期", "周"])
            if (text.IndexOf(week, StringComparison.Ordinal) is var at && at > 4) text = text[..at].TrimEnd(" (");
        var colon = text.IndexOf(':');
        if (colon > 0)
        {
            var start = colon;
            while (start > 0 && char.IsAsciiDigit(text[start - 1])) start--;
            text = text[..start].TrimEnd(" t,");
        }

        foreach (var part in PartsOfDay)
        {
            if (!text.EndsWith(part, StringComparison.Ordinal)) continue;
            text = text[..^part.Length].TrimEnd();
            break;
        }

        var point = text.IndexOf('.');
        return point == 5 && Digits.All(text[..5]) && Digits.All(text[6..]) ? text[..5] : text;
    }

    // One to three numbers with dashes, slashes or points between them, or with 年, 月 and 日 behind them in this order.
    private readonly ref struct Numbers
    {
        private readonly (int Value, int Digits) _first, _second, _third;

        internal Numbers(ReadOnlySpan<char> text)
        {
            var marks = 0;
            while (text.Length > 0)
            {
                if (Count == 3) return;
                var length = text.IndexOfAnyExceptInRange('0', '9') is var end && end < 0 ? text.Length : end;
                int? value = length is > 0 and <= 8 ? int.Parse(text[..length], NumberStyles.None, CultureInfo.InvariantCulture) : null;
                if (length == 0)
                {
                    while (length < text.Length && ChineseNumeral.Is(text[length])) length++;
                    value = ChineseNumeral.Read(text[..length]);
                }

                if (value is not { } number) return;
                if (Count == 0) _first = (number, length);
                else if (Count == 1) _second = (number, length);
                else _third = (number, length);
                Count++;
                text = text[length..].TrimStart();
                if (text.Length == 0) break;
                var mark = text[0] switch { '年' => 1, '月' => 2, '日' or '号' => 3, '-' or '/' or '.' => 0, _ => -1 };
                if (mark < 0 || (mark == 0 && (marks > 0 || text.Length == 1)) || (mark > 0 && (mark <= marks || (Count > 1 && marks == 0)))) return;
                HasYear |= mark == 1;
                marks = Math.Max(marks, mark);
                text = text[1..].TrimStart();
            }

            HasMarks = marks > 0;
            IsRead = Count > 0;
        }

        internal int Count { get; }

        internal bool IsRead { get; }

        internal bool HasMarks { get; }

        internal bool HasYear { get; }

        internal (int Value, int Digits) this[int at] => at switch { 0 => _first, 1 => _second, _ => _third };
    }
}
