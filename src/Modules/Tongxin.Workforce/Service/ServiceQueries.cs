using Tongxin.Core.Common;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Ui;

namespace Tongxin.Workforce.Service;

/// <summary>What the office asked for and what came of it; page and workbook read it alike.</summary>
internal sealed record AskedService(DateOnly First, DateOnly Last, Guid? Unit, IReadOnlyList<FieldOption> Units, ServiceView View)
{
    public string Days => $"{ServicePage.Text(First)}–{ServicePage.Text(Last)}";

    /// <summary>The same question as a part of an address.</summary>
    public string Href => $"?from={ServicePage.Text(First)}&through={ServicePage.Text(Last)}{(Unit is { } unit ? $"&unit={unit}" : "")}";
}

/// <summary>Reads the question from its words: the last thirty days of everybody when nothing was asked.</summary>
internal sealed class ServiceQueries(ServiceBook book, IUnits units, ICurrentActor current, TimeProvider clock)
{
    public async Task<AskedService> ReadAsync(string? from, string? through, string? unitText, CancellationToken ct)
    {
        var today = CampusCalendar.DayOf(clock.GetUtcNow());
        var (first, last) = (ServicePage.Day(from) ?? today.AddDays(-29), ServicePage.Day(through) ?? today);
        if (last < first) last = first;
        IReadOnlyList<FieldOption> options = [.. (await units.ListAsync(today, ct)).Select(u => new FieldOption(u.Id.ToString(), u.Name))];
        var unit = Guid.TryParse(unitText, out var id) && options.Any(u => u.Value == id.ToString()) ? id : (Guid?)null;
        var people = unit is { } chosen ? (await units.MembersAsync(chosen, last < today ? last : today, ct)).ToHashSet() : null;
        return new AskedService(first, last, unit, options, await book.ReadAsync(first, last, people, await current.RequireAsync(ct), ct));
    }
}
