namespace Tongxin.Platform.Devices;

/// <summary>What kind of thing carries the token.</summary>
internal enum DeviceKind
{
    /// <summary>A person's phone: follows the sign-ins of its account.</summary>
    Phone,

    /// <summary>A reader fixed at a gate: outlives a new password of whoever put it up.</summary>
    Reader,
}

/// <summary>Whether a device's token still opens anything.</summary>
internal enum DeviceState
{
    /// <summary>Enrolled, within its lease.</summary>
    Live,

    /// <summary>Its lease ended without contact.</summary>
    Ended,

    /// <summary>Somebody took it back.</summary>
    Revoked,
}

/// <summary>A phone or reader that works for an account without its cookie. Only the hash of its token is kept.</summary>
internal sealed class Device
{
    private Device() { }

    public Guid Id { get; private set; }
    public Guid AccountId { get; private set; }
    public string Name { get; private set; } = "";
    public DeviceKind Kind { get; private set; }
    public byte[] TokenHash { get; private set; } = [];

    /// <summary>The account's security stamp at enrolment; null for readers. A new password or "sign out everywhere" ends phones, too.</summary>
    public string? Stamp { get; private set; }

    public DateTimeOffset EnrolledAt { get; private set; }

    /// <summary>First instant at which it must have asked again. Without contact the device forgets what it holds.</summary>
    public DateTimeOffset LeaseUntil { get; private set; }

    public DateTimeOffset? LastSeenAt { get; private set; }
    public DateTimeOffset? RevokedAt { get; private set; }
    public Guid? RevokedBy { get; private set; }
    public string? RevokedWhy { get; private set; }

    public static (Device Device, string Token) Enrol(Guid account, string name, DeviceKind kind, string? stamp, DateTimeOffset now, TimeSpan lease)
    {
        var token = DeviceToken.Make();
        var device = new Device
        {
            Id = Ids.New(),
            AccountId = account,
            Name = name,
            Kind = kind,
            TokenHash = DeviceToken.Hash(token),
            Stamp = kind == DeviceKind.Phone ? stamp : null,
            EnrolledAt = now,
            LeaseUntil = now + lease,
            LastSeenAt = now,
        };
        return (device, token);
    }

    public void Renew(DateTimeOffset now, TimeSpan lease) => (LeaseUntil, LastSeenAt) = (now + lease, now);

    public void Revoke(Guid by, string why, DateTimeOffset at) => (RevokedAt, RevokedBy, RevokedWhy) = (at, by, why);

    public DeviceState StateAt(DateTimeOffset at) =>
        RevokedAt is not null ? DeviceState.Revoked : at < LeaseUntil ? DeviceState.Live : DeviceState.Ended;
}
