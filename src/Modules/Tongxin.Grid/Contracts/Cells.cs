namespace Tongxin.Grid.Contracts;

/// <summary>包保方式.</summary>
public enum ResponsibilityMode
{
    /// <summary>包单元.</summary>
    Unit,

    /// <summary>包户.</summary>
    Household,

    /// <summary>包人.</summary>
    Person,
}

/// <summary>A cell and who answers for it.</summary>
public sealed record CellView(Guid Id, string Number, string Name, Guid? TeamId, bool IsReserve, string SortKey, int Households);

/// <summary>The grid, for modules above.</summary>
public interface ICells
{
    /// <summary>All cells in order, the reserve last.</summary>
    Task<IReadOnlyList<CellView>> ListAsync(CancellationToken ct);

    /// <summary>The cell of each household; every household has one.</summary>
    Task<IReadOnlyDictionary<Guid, Guid>> CellsOfAsync(IReadOnlyCollection<Guid> householdIds, CancellationToken ct);
}
