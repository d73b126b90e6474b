using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Core.Text;
using Tongxin.People.Contracts;
using Tongxin.People.Data;
using Tongxin.People.Register;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.People.KeepPlaces;

/// <summary>A place to be made.</summary>
internal sealed record NewPlace(Guid? ParentId, PlaceKind? Kind, string? Name, string? Code);

/// <summary>A line of the place tree.</summary>
internal sealed record PlaceLine(Guid Id, Guid? ParentId, PlaceKind Kind, string Name, string Code, string Path, int Households, bool IsDrawn)
{
    /// <summary>0 for a campus.</summary>
    public int Depth => Path.Count(c => c == '/') - 1;
}

/// <summary>A place with all that its page corrects.</summary>
internal sealed record PlaceFacts(
    Guid Id, PlaceKind Kind, string Name, string Code, double? X, double? Y, double? Width, double? Height, int Version, string Full, int Households);

/// <summary>Keeps the place tree: adds, renames, draws. Places are never deleted: facts hang on them.</summary>
internal sealed class PlaceTree(TongxinDb db, RegisterScope scopes)
{
    private const int LongestName = 40;
    private const double FarthestMetre = 100_000;

    public async Task<IReadOnlyList<PlaceLine>> ListAsync(Actor actor, CancellationToken ct)
    {
        var reach = await scopes.OfAsync(actor, PeoplePermissions.Read, ct);
        var places = await reach.Narrow(db.Set<Place>()).AsNoTracking().OrderBy(p => p.SortKey).ThenBy(p => p.Id)
            .Select(p => new PlaceLine(p.Id, p.ParentId, p.Kind, p.Name, p.Code, p.Path, db.Set<Household>().Count(h => h.PlaceId == p.Id), p.X != null)).ToListAsync(ct);
        return Tree.InOrder(places, p => p.Id, p => p.ParentId);
    }

    public async Task<PlaceFacts?> FindAsync(Guid id, Actor actor, CancellationToken ct)
    {
        var place = await OwnAsync(id, actor, ct);
        if (place is null) return null;
        var names = await PlaceNames.ReadAsync(db, ct);
        var households = await db.Set<Household>().CountAsync(h => h.PlacePath.StartsWith(place.Path), ct);
        return new PlaceFacts(place.Id, place.Kind, place.Name, place.Code, place.X, place.Y, place.Width, place.Height, place.Version, names.Full(id), households);
    }

    public async Task<Result<Guid>> AddAsync(NewPlace wanted, Actor actor, CancellationToken ct)
    {
        Place? parent = null;
        if (wanted.ParentId is { } parentId)
        {
            parent = await OwnAsync(parentId, actor, ct);
            if (parent is null) return PeopleErrors.PlaceNotFound;
        }
        else if (!(await scopes.OfAsync(actor, PeoplePermissions.Edit, ct)).Everything) return PeopleErrors.PlaceNotFound;
        if (wanted.Kind is not { } kind || !MayLieIn(kind, parent?.Kind)) return PeopleErrors.PlaceKindWrong;
        var name = TextFold.Clean(wanted.Name);
        if (name.Length is 0 or > LongestName) return PeopleErrors.PlaceNameMissing;
        var code = TextFold.Clean(wanted.Code) is { Length: > 0 } given ? given : CodeOf(name);
        if (await TakenAsync(parent?.Id, name, code, except: null, ct)) return PeopleErrors.PlaceNameTaken;

        var place = Place.Create(parent, kind, name, code, NaturalKey.Of(code));
        db.Add(place);
        db.Record(actor, "people.place.added", "place", place.Id, details: new { parent = wanted.ParentId });
        await db.CommitAsync(ct);
        return place.Id;
    }

    public async Task<Result> RenameAsync(Guid id, string? newName, string? newCode, int version, Actor actor, CancellationToken ct)
    {
        var place = await OwnAsync(id, actor, ct);
        if (place is null) return PeopleErrors.PlaceNotFound;
        if (place.Version != version) return PeopleErrors.Changed;
        var name = TextFold.Clean(newName);
        if (name.Length is 0 or > LongestName) return PeopleErrors.PlaceNameMissing;
        var code = TextFold.Clean(newCode) is { Length: > 0 } given ? given : CodeOf(name);
        if (await TakenAsync(place.ParentId, name, code, id, ct)) return PeopleErrors.PlaceNameTaken;
        place.Rename(name, code);
        db.Record(actor, "people.place.renamed", "place", id);
        return await CommitAsync(ct);
    }

    public async Task<Result> DrawAsync(Guid id, double? x, double? y, double? width, double? height, int version, Actor actor, CancellationToken ct)
    {
        var place = await OwnAsync(id, actor, ct);
        if (place is null) return PeopleErrors.PlaceNotFound;
        if (place.Version != version) return PeopleErrors.Changed;
        if (!(Fits(x, 0) && Fits(y, 0) && Fits(width, double.Epsilon) && Fits(height, double.Epsilon))) return PeopleErrors.DrawingWrong;
        place.Draw(x.GetValueOrDefault(), y.GetValueOrDefault(), width.GetValueOrDefault(), height.GetValueOrDefault());
        db.Record(actor, "people.place.drawn", "place", id);
        return await CommitAsync(ct);

        static bool Fits(double? metres, double least) => metres is { } m && double.IsFinite(m) && m >= least && m <= FarthestMetre;
    }

    /// <summary>What may lie below a place of this kind.</summary>
    public static IReadOnlyList<PlaceKind> Below(PlaceKind? kind) => [.. Enum.GetValues<PlaceKind>().Where(k => MayLieIn(k, kind))];

    private static bool MayLieIn(PlaceKind kind, PlaceKind? parent) => (kind, parent) switch
    {
        (PlaceKind.Campus, null) => true,
        (PlaceKind.Zone, PlaceKind.Campus) => true,
        (PlaceKind.Building, PlaceKind.Campus or PlaceKind.Zone) => true,
        (PlaceKind.Entrance, PlaceKind.Building) => true,
        _ => false,
    };

    // "3栋" is said "3" in a room label, "百合苑" stays itself.
    private static string CodeOf(string name)
    {
        var digits = new string([.. name.TakeWhile(c => char.IsAsciiLetterOrDigit(c))]);
        return digits.Length > 0 ? digits : name;
    }

    private async Task<Place?> OwnAsync(Guid id, Actor actor, CancellationToken ct) =>
        await (await scopes.OfAsync(actor, PeoplePermissions.Edit, ct)).Own(db.Set<Place>()).SingleOrDefaultAsync(p => p.Id == id, ct);

    private Task<bool> TakenAsync(Guid? parent, string name, string code, Guid? except, CancellationToken ct) =>
        db.Set<Place>().AnyAsync(p => p.ParentId == parent && (p.Name == name || p.Code == code) && p.Id != except, ct);

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
    }
}
