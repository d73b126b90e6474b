using Microsoft.EntityFrameworkCore;
using Tongxin.Access.Gates;
using Tongxin.Access.Permits.Data;
using Tongxin.Core.Common;
using Tongxin.Core.Text;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Access.Permits;

/// <summary>A driver as a page shows it.</summary>
internal sealed record DriverView(Guid Id, string Name, string? PhoneMasked, string Plate);

/// <summary>A supplier with its drivers.</summary>
internal sealed record SupplierView(Supplier Supplier, IReadOnlyList<DriverView> Drivers);

/// <summary>供应商档案: licence with its last day, drivers, plates. A licence that has run out gives no permit.</summary>
internal sealed class KeepSuppliers(TongxinDb db, GateSight gates, SecretBox box, TimeProvider clock)
{
    public const int LongestName = 60;

    public async Task<IReadOnlyList<SupplierView>> ListAsync(Actor actor, string permission, CancellationToken ct)
    {
        var inside = await gates.InsideAsync(actor, permission, ct);
        var suppliers = (await db.Set<Supplier>().AsNoTracking().Where(s => s.EndedAt == null).OrderBy(s => s.LicenceUntil).ToListAsync(ct)).Where(s => inside(s.PlaceId)).ToList();
        var ids = suppliers.ConvertAll(s => s.Id);
        var drivers = (await db.Set<SupplierDriver>().AsNoTracking().Where(d => ids.Contains(d.SupplierId) && d.RemovedAt == null).ToListAsync(ct)).ToLookup(d => d.SupplierId);
        return [.. suppliers.Select(s => new SupplierView(s, [.. drivers[s.Id].Select(View)]))];
    }

    public async Task<SupplierView?> FindAsync(Guid id, Actor actor, CancellationToken ct) =>
        (await ListAsync(actor, PermitPermissions.Suppliers, ct)).FirstOrDefault(s => s.Supplier.Id == id);

    public async Task<Result<Guid>> CreateAsync(Guid place, SupplierFacts facts, Actor actor, CancellationToken ct)
    {
        if (!(await gates.InsideAsync(actor, PermitPermissions.Suppliers, ct))(place) || place == Guid.Empty) return PermitErrors.Place;
        if (Refusal(facts) is { } refusal) return refusal;
        var supplier = Supplier.Create(place, facts.Name!.Trim(), facts.Licence!.Trim(), facts.Until!.Value, Text(facts.Note));
        db.Add(supplier);
        db.Record(actor, "access.supplier.created", "supplier", supplier.Id, details: new { supplier.LicenceUntil });
        var done = await CommitAsync(ct);
        return done.IsFailure ? done.Error : supplier.Id;
    }

    public async Task<Result> ChangeAsync(Guid id, int seen, SupplierFacts facts, Actor actor, CancellationToken ct)
    {
        if (await OpenAsync(id, actor, ct) is not { } supplier) return PermitErrors.SupplierNotFound;
        if (supplier.Version != seen) return PermitErrors.Changed;
        if (Refusal(facts) is { } refusal) return refusal;
        supplier.Change(facts.Name!.Trim(), facts.Licence!.Trim(), facts.Until!.Value, Text(facts.Note));
        db.Record(actor, "access.supplier.changed", "supplier", id, details: new { supplier.LicenceUntil });
        return await CommitAsync(ct);
    }

    public async Task<Result> EndAsync(Guid id, Actor actor, CancellationToken ct)
    {
        if (await OpenAsync(id, actor, ct) is not { } supplier) return PermitErrors.SupplierNotFound;
        supplier.End(clock.GetUtcNow());
        db.Record(actor, "access.supplier.ended", "supplier", id);
        return await CommitAsync(ct);
    }

    public async Task<Result> AddDriverAsync(Guid id, string? name, string? phone, string? plate, Actor actor, CancellationToken ct)
    {
        if (await OpenAsync(id, actor, ct) is null) return PermitErrors.SupplierNotFound;
        var clean = TextFold.Clean(name);
        if (clean.Length is 0 or > 40) return PermitErrors.NameMissing;
        var (number, car) = (AskPermit.ReadPhone(phone), AskPermit.ReadPlate(plate));
        if (number.IsFailure) return number.Error;
        if (car.IsFailure) return car.Error;
        if (car.Value is not { } known) return PermitErrors.PlateMissing;
        db.Add(SupplierDriver.Of(id, clean, number.Value, known, box));
        db.Record(actor, "access.supplier.driver-added", "supplier", id);
        return await CommitAsync(ct);
    }

    public async Task<Result> RemoveDriverAsync(Guid id, Guid driverId, Actor actor, CancellationToken ct)
    {
        if (await OpenAsync(id, actor, ct) is null) return PermitErrors.SupplierNotFound;
        var driver = await db.Set<SupplierDriver>().SingleOrDefaultAsync(d => d.Id == driverId && d.SupplierId == id && d.RemovedAt == null, ct);
        if (driver is null) return PermitErrors.SupplierNotFound;
        driver.Remove(clock.GetUtcNow());
        db.Record(actor, "access.supplier.driver-removed", "supplier", id, details: new { driver = driverId });
        return await CommitAsync(ct);
    }

    private async Task<Supplier?> OpenAsync(Guid id, Actor actor, CancellationToken ct)
    {
        var supplier = await db.Set<Supplier>().SingleOrDefaultAsync(s => s.Id == id && s.EndedAt == null, ct);
        return supplier is not null && (await gates.InsideAsync(actor, PermitPermissions.Suppliers, ct))(supplier.PlaceId) ? supplier : null;
    }

    private static Error? Refusal(SupplierFacts facts)
    {
        if (facts.Name?.Trim().Length is null or 0 or > LongestName) return PermitErrors.SupplierName;
        if (facts.Licence?.Trim().Length is null or 0 or > LongestName || facts.Until is null) return PermitErrors.LicenceMissing;
        return facts.Note?.Length > DecidePermit.LongestWhy ? PermitErrors.TooLongText : null;
    }

    private DriverView View(SupplierDriver driver) =>
        new(driver.Id, Mask.Name(box.Unseal(driver.NameSealed)), driver.PhoneSealed is null ? null : Mask.Phone(box.Unseal(driver.PhoneSealed)), driver.Plate);

    private Task<Result> CommitAsync(CancellationToken ct) => db.TryCommitAsync(PermitErrors.Changed, PermitErrors.SupplierTaken, ct);

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <summary>What the office says of a supplier.</summary>
internal sealed record SupplierFacts(string? Name, string? Licence, DateOnly? Until, string? Note);
