using Tongxin.Core.Text;

namespace Tongxin.Core.Returns;

/// <summary>
/// A region of the administrative map: by its code (GB/T 2260 with the digits of towns and villages behind it) or, where people wrote only
/// words, by its full name from the city or the county down.
/// </summary>
/// <remarks>Codes are compared where both have one, names otherwise. "610100" is the whole city: zeros at the end stand for everything below.</remarks>
public sealed class Region : IEquatable<Region>
{
    private const int CountyDigits = 6;
    private readonly RegionName _name;

    /// <param name="code">2 to 12 digits; null when unknown.</param>
    /// <param name="name">As written; folded here.</param>
    public Region(string? code, string name)
    {
        (Name, _name) = (name, RegionName.Read(name));
        Code = Significant(code);
    }

    /// <summary>The significant digits of the code.</summary>
    public string? Code { get; }

    /// <summary>The name as written.</summary>
    public string Name { get; }

    /// <summary>True when code or name tells city and county: what a declared stay must say. There are six districts called 朝阳 or alike.</summary>
    public bool TellsCounty => Code?.Length >= CountyDigits || (_name.City.Length > 0 && _name.County.Length > 0);

    /// <summary>True when it tells at least a city: what an area on a list must say.</summary>
    public bool TellsCity => Code?.Length >= 4 || _name.City.Length > 0;

    /// <summary>Under what the county is found: its code, and its name with and without the city.</summary>
    internal IEnumerable<string> CountyKeys
    {
        get
        {
            if (Code?.Length >= CountyDigits) yield return Code[..CountyDigits];
            if (_name.County.Length > 0) yield return _name.County;
        }
    }

    /// <summary>Whether this region is the other one or lies in it.</summary>
    public bool IsWithin(Region area)
    {
        if (Code is not null && area.Code is not null) return Code.StartsWith(area.Code, StringComparison.Ordinal);
        if (area._name.County.Length == 0) return area._name.City.Length > 0 && area._name.City == _name.City;
        return SameCounty(area._name) && _name.Rest.StartsWith(area._name.Rest, StringComparison.Ordinal);
    }

    /// <summary>Whether both lie in one county, district or county-level city.</summary>
    public bool SharesCountyWith(Region area) =>
        Code?.Length >= CountyDigits && area.Code?.Length >= CountyDigits
            ? Code.AsSpan(0, CountyDigits).SequenceEqual(area.Code.AsSpan(0, CountyDigits))
            : SameCounty(area._name);

    /// <inheritdoc />
    public bool Equals(Region? other) => other is not null && Code == other.Code && _name == other._name;

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as Region);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Code, _name);

    /// <inheritdoc />
    public override string ToString() => Name;

    private bool SameCounty(RegionName other) =>
        _name.County.Length > 0 && _name.County == other.County && (_name.City.Length == 0 || other.City.Length == 0 || _name.City == other.City);

    private static string? Significant(string? code)
    {
        if (code is null) return null;
        var digits = TextFold.Clean(code);
        if (digits.Length is < 2 or > 12 || !digits.All(char.IsAsciiDigit)) return null;
        foreach (var (length, shorter) in new[] { (12, 9), (9, 6), (6, 4), (4, 2) })
            if (digits.Length == length && digits.AsSpan(shorter).TrimStart('0').IsEmpty) digits = digits[..shorter];
        return digits;
    }
}

/// <summary>A written name taken apart into city, county and what is below; the province says nothing that the city does not.</summary>
internal readonly record struct RegionName(string City, string County, string Rest)
{
    private static readonly string[] Provinces = ["特别行政区", "自治区", "省"];
    private static readonly string[] Municipalities = ["北京市", "天津市", "上海市", "重庆市"];
    private static readonly string[] Cities = ["自治州", "地区", "盟", "市"];
    private static readonly string[] Counties = ["自治县", "自治旗", "新区", "县", "区", "旗", "市"];

    public static RegionName Read(string text)
    {
        var left = TextFold.ForSearch(text).Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).Replace("/", "", StringComparison.Ordinal);
        if (Array.Find(Municipalities, m => left.StartsWith(m, StringComparison.Ordinal)) is { } municipality)
        {
            left = left[municipality.Length..];
            // "北京市北京市海淀区": forms that ask for province and city get it twice.
            if (left.StartsWith(municipality, StringComparison.Ordinal)) left = left[municipality.Length..];
            var district = Take(ref left, Counties, "镇乡街", longest: 12);
            return new RegionName(municipality, district, left);
        }
        Take(ref left, Provinces, "市县区", longest: 9);
        var city = Take(ref left, Cities, "县区镇乡街", longest: 12);
        var county = Take(ref left, Counties, "镇乡街", longest: 12);
        return new RegionName(city, county, left);
    }

    /// <summary>
    /// Cuts off the first unit that ends in one of the words. What stands before the word holds none of <paramref name="never"/>, so that
    /// "雁塔区省医院" has no province and "万达市场" is no city.
    /// </summary>
    private static string Take(ref string left, string[] words, string never, int longest)
    {
        var end = -1;
        foreach (var word in words)
        {
            var at = left.Length > 1 ? left.IndexOf(word, 1, StringComparison.Ordinal) : -1;
            if (at > 0 && at + word.Length <= longest && (end < 0 || at + word.Length < end) && left.AsSpan(0, at).IndexOfAny(never) < 0) end = at + word.Length;
        }
        if (end < 0) return "";
        var taken = left[..end];
        left = left[end..];
        return taken;
    }
}
