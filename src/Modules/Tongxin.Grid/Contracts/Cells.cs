using Tongxin.Platform.Access;

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

    /// <summary>
    /// Cuts many cells at once from entrances that are still in the reserve, each with its team; the answer has their ids in the
    /// order given. Commits.
    /// </summary>
    Task<IReadOnlyList<Guid>> CutAsync(IReadOnlyList<NewCell> cells, Actor actor, CancellationToken ct);
}

/// <summary>A cell to be cut.</summary>
/// <param name="Places">Entrances, or buildings without entrances; no place in two cells.</param>
public sealed record NewCell(string Name, Guid? TeamId, IReadOnlyList<Guid> Places);
