using System.Globalization;

namespace Tongxin.Core.Text;

/// <summary>What a screen, list or log may show of a name or number when the reader has no need of the whole.</summary>
public static class Mask
{
    private const int MostStars = 3;

    /// <summary>
    /// Surname and stars: 王小明 gives "王**", 欧阳小敏 "欧阳**", 买买提·艾力 "买***". At most three stars, so that the length of a long name
    /// is not told. A single character becomes "*".
    /// </summary>
    public static string Name(string? name)
    {
        var clean = TextFold.Clean(name);
        var letters = StringInfo.ParseCombiningCharacters(clean);
        if (letters.Length < 2) return letters.Length == 0 ? "" : "*";
        var shown = Math.Min(Pinyin.SurnameLength(clean), letters.Length - 1);
        return string.Concat(clean.AsSpan(0, letters[shown]), Stars(Math.Min(letters.Length - shown, MostStars)));
    }

    /// <summary>
    /// First three and last four: 13912348549 gives "139****8549". A landline keeps its area code: "029-****6666".
    /// Shorter than eight characters: stars only.
    /// </summary>
    public static string Phone(string? phone)
    {
        var clean = TextFold.Clean(phone);
        if (clean.Length < 8) return Stars(clean.Length);
        var dash = clean.IndexOf('-', StringComparison.Ordinal);
        var end = dash is 3 or 4 && clean.LastIndexOf('-') is var extension && extension > dash ? extension : clean.Length;
        var head = dash is 3 or 4 && end - dash > 7 ? dash + 1 : 3;
        return end - head <= 4 ? Stars(clean.Length) : string.Concat(clean.AsSpan(0, head), Stars(end - head - 4), clean.AsSpan(end - 4, 4));
    }

    /// <summary>First one and last four of an identity number. Shorter than eight characters: stars only.</summary>
    public static string Identity(string? number)
    {
        var clean = TextFold.Clean(number);
        return clean.Length < 8 ? Stars(clean.Length) : string.Concat(clean.AsSpan(0, 1), Stars(clean.Length - 5), clean.AsSpan(clean.Length - 4));
    }

    private static string Stars(int count) => new('*', count);
}
