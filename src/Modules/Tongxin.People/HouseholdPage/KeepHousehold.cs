using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Core.Text;
using Tongxin.People.Contracts;
using Tongxin.People.Data;
using Tongxin.People.Register;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.People.HouseholdPage;

/// <summary>What somebody typed about a door.</summary>
internal sealed class HouseholdForm
{
    public Guid? PlaceId { get; set; }
    public string? Room { get; set; }
    public HouseholdKind Kind { get; set; }
    public HousingUse Use { get; set; }
    public int Version { get; set; }
}

/// <summary>Adds a door and corrects its address and use. The id stays when the address is corrected, and with it every fact.</summary>
internal sealed class KeepHousehold(TongxinDb db, RegisterScope scopes)
{
    private const int LongestRoom = 20;

    public async Task<Result<Guid>> AddAsync(HouseholdForm form, Actor actor, CancellationToken ct)
    {
        if (await AddressAsync(form, actor, ct) is not { IsFailure: false } address) return PeopleErrors.PlaceMissing;
        if (address.Value.Room.Length == 0) return PeopleErrors.RoomUnreadable;
        var (place, room, label, sortKey) = address.Value;
        var household = Household.Create(place, form.Kind, room, label, sortKey, form.Use);
        db.Add(household);
        db.Raise(new HouseholdsAdded([new HouseholdPlace(household.Id, place.Id)]));
        db.Record(actor, "people.household.added", "household", household.Id, details: new { place = place.Id });
        var saved = await CommitAsync(ct);
        return saved.IsFailure ? saved.Error : household.Id;
    }

    public async Task<Result> CorrectAsync(Guid id, HouseholdForm form, Actor actor, CancellationToken ct)
    {
        var reach = await scopes.OfAsync(actor, PeoplePermissions.Edit, ct);
        var household = await reach.Narrow(db.Set<Household>().Where(h => h.Id == id)).SingleOrDefaultAsync(ct);
        if (household is null) return PeopleErrors.HouseholdNotFound;
        if (household.Version != form.Version) return PeopleErrors.Changed;
        if (await AddressAsync(form, actor, ct) is not { IsFailure: false } address) return PeopleErrors.PlaceMissing;
        if (address.Value.Room.Length == 0) return PeopleErrors.RoomUnreadable;

        var (place, room, label, sortKey) = address.Value;
        var from = household.PlaceId;
        if (from != place.Id || household.RoomNumber != room) household.MoveTo(place, room, label, sortKey);
        household.SetUse(form.Use);
        if (from != place.Id) db.Raise(new HouseholdMoved(id, from, place.Id));
        db.Record(actor, "people.household.corrected", "household", id, details: new { from, to = place.Id });
        return await CommitAsync(ct);
    }

    // Both the place it leaves and the place it goes to lie in the scope.
    private async Task<Result<Address>> AddressAsync(HouseholdForm form, Actor actor, CancellationToken ct)
    {
        var reach = await scopes.OfAsync(actor, PeoplePermissions.Edit, ct);
        var place = await reach.Own(db.Set<Place>()).SingleOrDefaultAsync(p => p.Id == form.PlaceId && p.Kind != PlaceKind.Campus && p.Kind != PlaceKind.Zone, ct);
        if (place is null) return PeopleErrors.PlaceMissing;
        var parent = place.Kind == PlaceKind.Entrance ? await db.Set<Place>().SingleAsync(p => p.Id == place.ParentId, ct) : null;
        var room = TextFold.Clean(form.Room);
        if (room.Length is 0 or > LongestRoom || RoomAddress.FromColumns(parent?.Code ?? place.Code, parent is null ? null : place.Code, room) is not { IsFailure: false } read)
            return new Address(place, "", "", "");
        return new Address(place, read.Value.Room, read.Value.Label, $"{place.SortKey} {NaturalKey.Of(read.Value.Room)}");
    }

    private async Task<Result> CommitAsync(CancellationToken ct)
    {
        try
        {
            await db.CommitAsync(ct);
            return Result.Ok;
        }
        catch (DbUpdateConcurrencyException)
        {
            return PeopleErrors.Changed;
        }
        catch (DbUpdateException failure) when (db.Dialect.IsUniqueViolation(failure))
        {
            return PeopleErrors.RoomTaken;
        }
    }

    private sealed record Address(Place Place, string Room, string Label, string SortKey);
}
