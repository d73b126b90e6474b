using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Tongxin.Platform.Ui.Tables;

/// <summary>What a ledger shows when its address says nothing.</summary>
/// <param name="Sort">Key of the column it is sorted by.</param>
/// <param name="Columns">Keys of the columns shown; null for all.</param>
/// <param name="FilterKeys">The filters that the address may carry; everything else is ignored.</param>
/// <param name="Size">Rows on a page.</param>
public sealed record TableDefaults(string Sort, IReadOnlyList<string>? Columns = null, IReadOnlyList<string>? FilterKeys = null, int Size = 50);

/// <summary>
/// Search, filters, order, page and columns of a ledger, read from and written to its address: page, partial and export share one
/// parser, and a link shows somebody else the same rows.
/// </summary>
public sealed record TableQuery
{
    private const int LargestSize = 200;
    private const int LongestText = 100;

    private TableQuery(TableDefaults defaults) => Defaults = defaults;

    /// <summary>What holds where the address is silent.</summary>
    public TableDefaults Defaults { get; }

    /// <summary>Searched text, trimmed; empty for none.</summary>
    public string Q { get; init; } = "";

    /// <summary>Key of the column that orders the rows.</summary>
    public string Sort { get; init; } = "";

    /// <summary>Largest first.</summary>
    public bool Descending { get; init; }

    /// <summary>Page, from 1.</summary>
    public int Page { get; init; } = 1;

    /// <summary>Rows on a page, 10 to 200.</summary>
    public int Size { get; init; }

    /// <summary>Keys of the columns shown; null for all.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>The filters set, by key.</summary>
    public IReadOnlyDictionary<string, string> Filters { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Rows before this page.</summary>
    public int Skip => (Page - 1) * Size;

    /// <summary>Whether search or a filter narrows the rows.</summary>
    public bool IsNarrowed => Q.Length > 0 || Filters.Count > 0;

    /// <summary>The value of a filter, or null.</summary>
    public string? Filter(string key) => Filters.GetValueOrDefault(key);

    /// <summary>Whether the column is shown.</summary>
    public bool Shows(string column) => Columns is null || Columns.Contains(column);

    /// <summary>Reads q, sort (with "-" for descending), page, size, col (repeated) and the filters. Nonsense becomes the default.</summary>
    public static TableQuery From(IQueryCollection query, TableDefaults defaults)
    {
        var sort = Clean(query["sort"]) ?? defaults.Sort;
        var columns = query["col"].OfType<string>().SelectMany(c => c.Split(',', StringSplitOptions.RemoveEmptyEntries)).Distinct(StringComparer.Ordinal).ToList();
        return new TableQuery(defaults)
        {
            Q = Clean(query["q"]) ?? "",
            Sort = sort.TrimStart('-'),
            Descending = sort.StartsWith('-'),
            Page = Math.Clamp(Number(query["page"], 1), 1, 1_000_000),
            Size = Math.Clamp(Number(query["size"], defaults.Size), 10, LargestSize),
            Columns = columns.Count > 0 ? columns : defaults.Columns,
            Filters = (defaults.FilterKeys ?? [])
                .Select(key => (key, value: Clean(query[key])))
                .Where(f => f.value is not null)
                .ToDictionary(f => f.key, f => f.value!, StringComparer.Ordinal),
        };
    }

    /// <summary>The same rows on another page.</summary>
    public TableQuery AtPage(int page) => this with { Page = page };

    /// <summary>Ordered by a column: ascending first, descending when it already is.</summary>
    public TableQuery SortedBy(string column) => this with { Sort = column, Descending = Sort == column && !Descending, Page = 1 };

    /// <summary>One filter set or taken away, on the first page.</summary>
    public TableQuery With(string filter, string? value)
    {
        var filters = Filters.Where(f => f.Key != filter).ToDictionary(StringComparer.Ordinal);
        if (!string.IsNullOrEmpty(value)) filters[filter] = value;
        return this with { Filters = filters, Page = 1 };
    }

    /// <summary>The address under <paramref name="path"/>; what equals the default is left out.</summary>
    public string ToHref(string path)
    {
        var parts = new List<string>();
        void Add(string key, string value) => parts.Add($"{Uri.EscapeDataString(key)}={Uri.EscapeDataString(value)}");

        if (Q.Length > 0) Add("q", Q);
        foreach (var (key, value) in Filters) Add(key, value);
        var sort = Descending ? "-" + Sort : Sort;
        if (sort != Defaults.Sort) Add("sort", sort);
        if (Columns is not null && !(Defaults.Columns is { } shown && shown.ToHashSet(StringComparer.Ordinal).SetEquals(Columns)))
            foreach (var column in Columns) Add("col", column);
        if (Size != Defaults.Size) Add("size", Size.ToString(CultureInfo.InvariantCulture));
        if (Page > 1) Add("page", Page.ToString(CultureInfo.InvariantCulture));
        return parts.Count == 0 ? path : $"{path}?{string.Join('&', parts)}";
    }

    private static string? Clean(string? text)
    {
        var trimmed = text?.Trim();
        return string.IsNullOrEmpty(trimmed) ? null : trimmed.Length > LongestText ? trimmed[..LongestText] : trimmed;
    }

    private static int Number(string? text, int otherwise) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
