using Tongxin.Platform;
using Tongxin.Platform.Data;

namespace Tongxin.Access.Permits.Data;

/// <summary>A supplier and the licence without which no permit is given.</summary>
internal sealed class Supplier : IVersioned
{
    private Supplier() { }

    public Guid Id { get; private set; }
    public Guid PlaceId { get; private set; }
    public string Name { get; private set; } = "";
    public string LicenceNo { get; private set; } = "";

    /// <summary>The last day on which the licence holds.</summary>
    public DateOnly LicenceUntil { get; private set; }
    public string? Note { get; private set; }
    public DateTimeOffset? EndedAt { get; private set; }
    public int Version { get; private set; }

    public static Supplier Create(Guid place, string name, string licence, DateOnly until, string? note)
    {
        var supplier = new Supplier { Id = Ids.New(), PlaceId = place };
        supplier.Change(name, licence, until, note);
        return supplier;
    }

    public void Change(string name, string licence, DateOnly until, string? note) => (Name, LicenceNo, LicenceUntil, Note) = (name, licence, until, note);

    public void End(DateTimeOffset at) => EndedAt ??= at;

    public bool HoldsOn(DateOnly day) => EndedAt is null && day <= LicenceUntil;
}

/// <summary>A driver of a supplier with the car.</summary>
internal sealed class SupplierDriver
{
    private SupplierDriver() { }

    public Guid Id { get; private set; }
    public Guid SupplierId { get; private set; }
    public byte[] NameSealed { get; private set; } = [];
    public byte[]? PhoneSealed { get; private set; }
    public string Plate { get; private set; } = "";
    public DateTimeOffset? RemovedAt { get; private set; }

    public static SupplierDriver Of(Guid supplier, string name, string? phone, string plate, SecretBox box) => new()
    {
        Id = Ids.New(),
        SupplierId = supplier,
        NameSealed = box.Seal(name) ?? [],
        PhoneSealed = box.Seal(phone),
        Plate = plate,
    };

    public void Remove(DateTimeOffset at) => RemovedAt ??= at;
}
