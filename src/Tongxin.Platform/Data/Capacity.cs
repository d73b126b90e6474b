using Microsoft.EntityFrameworkCore;

namespace Tongxin.Platform.Data;

/// <summary>Something with a number of places: a slot, a room.</summary>
public interface ICapacity
{
    /// <summary>Its id.</summary>
    Guid Id { get; }

    /// <summary>How many places it has.</summary>
    int Capacity { get; }

    /// <summary>How many are taken: never more than it has.</summary>
    int Taken { get; }
}

/// <summary>
/// Places are taken by one statement that asks whether there is one: nothing is given twice, however many ask at once and whatever mistake is
/// made elsewhere. Both work at once, past the change tracker, in the caller's transaction.
/// </summary>
public static class Capacities
{
    /// <summary>Takes a place; false when there is none.</summary>
    public static async Task<bool> TakePlaceAsync<T>(this TongxinDb db, Guid id, CancellationToken ct) where T : class, ICapacity =>
        await db.Set<T>()
            .Where(s => EF.Property<Guid>(s, nameof(ICapacity.Id)) == id && EF.Property<int>(s, nameof(ICapacity.Taken)) < EF.Property<int>(s, nameof(ICapacity.Capacity)))
            .ExecuteUpdateAsync(u => u.SetProperty(s => EF.Property<int>(s, nameof(ICapacity.Taken)), s => EF.Property<int>(s, nameof(ICapacity.Taken)) + 1), ct) == 1;

    /// <summary>Gives a place back; false when none was taken.</summary>
    public static async Task<bool> GivePlaceBackAsync<T>(this TongxinDb db, Guid id, CancellationToken ct) where T : class, ICapacity =>
        await db.Set<T>()
            .Where(s => EF.Property<Guid>(s, nameof(ICapacity.Id)) == id && EF.Property<int>(s, nameof(ICapacity.Taken)) > 0)
            .ExecuteUpdateAsync(u => u.SetProperty(s => EF.Property<int>(s, nameof(ICapacity.Taken)), s => EF.Property<int>(s, nameof(ICapacity.Taken)) - 1), ct) == 1;
}
