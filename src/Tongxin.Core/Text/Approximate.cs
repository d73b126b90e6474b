using System.Globalization;
using Tongxin.Core.Common;

namespace Tongxin.Core.Text;

/// <summary>How a reported figure relates to the true one.</summary>
public enum ApproximateKind
{
    /// <summary>3000份: as given.</summary>
    Exact = 0,

    /// <summary>余, 多, 逾, 超, 以上: more than the figure.</summary>
    MoreThan = 1,

    /// <summary>近, 将近: a little less than the figure.</summary>
    Nearly = 2,

    /// <summary>约, 左右, 上下: either side of the figure.</summary>
    About = 3,

    /// <summary>不足, 不到, 以下, 以内: less than the figure.</summary>
    LessThan = 4,
}

/// <summary>
/// A figure of a report with its qualifier and unit kept: "逾134万元" is 1,340,000, more than, 元. Adding up such figures as if they were exact
/// invents precision, and 人, 人次 and 户 are different measures: both must survive the import.
/// </summary>
/// <param name="Value">The figure with 百, 千, 万 and 亿 multiplied out; not negative.</param>
/// <param name="Kind">The qualifier.</param>
/// <param name="Unit">The measure word as written, or "".</param>
public readonly record struct Approximate(decimal Value, ApproximateKind Kind, string Unit)
{
    // With the measures that may follow, still within a decimal.
    private const int MostDigits = 12;

    private static readonly (string Word, ApproximateKind Kind)[] Before =
    [
        ("超过", ApproximateKind.MoreThan), ("至少", ApproximateKind.MoreThan), ("逾", ApproximateKind.MoreThan), ("超", ApproximateKind.MoreThan),
        ("将近", ApproximateKind.Nearly), ("接近", ApproximateKind.Nearly), ("近", ApproximateKind.Nearly),
        ("大约", ApproximateKind.About), ("约", ApproximateKind.About),
        ("不足", ApproximateKind.LessThan), ("不到", ApproximateKind.LessThan),
    ];

    private static readonly (string Word, ApproximateKind Kind)[] After =
    [
        ("以上", ApproximateKind.MoreThan), ("左右", ApproximateKind.About), ("上下", ApproximateKind.About),
        ("以下", ApproximateKind.LessThan), ("以内", ApproximateKind.LessThan),
    ];

    /// <summary>
    /// Reads one figure: "3000余份", "逾134万元", "近8吨", "1,200人次", "三千多户", “1317”. Refusals: <c>text.number.empty</c>,
    /// <c>text.number.unreadable</c> (no figure, several, or an unnumbered "数百").
    /// </summary>
    public static Result<Approximate> Parse(string? text)
    {
        var folded = TextFold.ForSearch(text);
        var rest = folded.AsSpan().Trim("\"'“”‘’「」 ");
        if (rest.Length == 0) return Error.Invalid("text.number.empty");
        var kind = ApproximateKind.Exact;
        foreach (var (word, meaning) in Before)
        {
            if (!rest.StartsWith(word, StringComparison.Ordinal)) continue;
            kind = meaning;
            rest = rest[word.Length..].Trim("\"“”‘’ ");
            break;
        }

        if (ReadFigure(ref rest) is not { } value) return Error.Invalid("text.number.unreadable");
        var more = TakeMore(ref rest);
        value *= TakeMeasure(ref rest);
        more |= TakeMore(ref rest);
        foreach (var (word, meaning) in After)
        {
            if (!rest.EndsWith(word, StringComparison.Ordinal)) continue;
            kind = meaning;
            rest = rest[..^word.Length];
            break;
        }

        if (more) kind = ApproximateKind.MoreThan;
        rest = rest.Trim("\"“”‘’ ");
        if (rest.Length > 8 || rest.ContainsAnyInRange('0', '9')) return Error.Invalid("text.number.unreadable");
        return new Approximate(value, kind, rest.ToString());
    }

    private static decimal? ReadFigure(ref ReadOnlySpan<char> rest)
    {
        var length = 0;
        while (length < rest.Length && (char.IsAsciiDigit(rest[length]) || rest[length] is '.' or ',')) length++;
        if (length > MostDigits) return null;
        if (length > 0)
        {
            var read = decimal.TryParse(rest[..length], NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var value);
            rest = rest[length..].TrimStart("\"“”‘’ ");
            return read ? value : null;
        }

        while (length < rest.Length && ChineseNumeral.Is(rest[length])) length++;
        if (length == 0 || ChineseNumeral.Read(rest[..length]) is not { } number) return null;
        rest = rest[length..];
        return number;
    }

    private static bool TakeMore(ref ReadOnlySpan<char> rest)
    {
        if (rest.Length == 0 || rest[0] is not ('余' or '多')) return false;
        rest = rest[1..];
        return true;
    }

    private static decimal TakeMeasure(ref ReadOnlySpan<char> rest)
    {
        var factor = 1m;
        while (rest.Length > 0 && rest[0] is '百' or '千' or '万' or '亿')
        {
            // 千克, 千米 and 千瓦 are units, not thousands.
            if (rest[0] == '千' && rest.Length > 1 && rest[1] is '克' or '米' or '瓦') break;
            factor *= rest[0] switch { '百' => 100m, '千' => 1000m, '万' => 10_000m, _ => 100_000_000m };
            rest = rest[1..];
            if (factor > 100_000_000m) break;
        }

        return factor;
    }
}
