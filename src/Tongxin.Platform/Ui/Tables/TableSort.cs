using System.Linq.Expressions;

namespace Tongxin.Platform.Ui.Tables;

/// <summary>Which expression orders which column. Unknown keys fall back to the first one added; the tie-break keeps pages stable.</summary>
/// <param name="tieBreak">A unique member, usually the id.</param>
public sealed class TableSort<T>(Expression<Func<T, Guid>> tieBreak)
{
    private readonly Dictionary<string, Func<IQueryable<T>, bool, IOrderedQueryable<T>>> _orders = new(StringComparer.Ordinal);
    private string? _first;

    /// <summary>Adds a column.</summary>
    public TableSort<T> By<TKey>(string column, Expression<Func<T, TKey>> key)
    {
        _first ??= column;
        _orders[column] = (rows, descending) => descending ? rows.OrderByDescending(key) : rows.OrderBy(key);
        return this;
    }

    /// <summary>Orders all rows.</summary>
    public IQueryable<T> Order(IQueryable<T> rows, TableQuery query)
    {
        if (_first is null) return rows.OrderBy(tieBreak);
        var order = _orders.GetValueOrDefault(query.Sort) ?? _orders[_first];
        return order(rows, query.Descending).ThenBy(tieBreak);
    }

    /// <summary>The ordered rows of the asked page.</summary>
    public IQueryable<T> Page(IQueryable<T> rows, TableQuery query) => Order(rows, query).Skip(query.Skip).Take(query.Size);
}
