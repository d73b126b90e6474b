using Tongxin.Platform.Access;

namespace Tongxin.Platform.Devices;

/// <summary>A live device and whom it works for: the account's rights, narrowed to what may be done from a device.</summary>
/// <param name="DeviceId">The device.</param>
/// <param name="Actor">The account with <see cref="Actor.DeviceId"/> set.</param>
/// <param name="LeaseUntil">When it must have asked again.</param>
public sealed record DeviceSession(Guid DeviceId, Actor Actor, DateTimeOffset LeaseUntil);

/// <summary>For routes that cannot afford a read of the database for each request.</summary>
public interface IDeviceSessions
{
    /// <summary>
    /// The session behind an Authorization header if it was read within the last five seconds; null when it must be read anew, by the
    /// ordinary way of a request.
    /// </summary>
    DeviceSession? FindKnown(string? authorization);
}

/// <summary>Why a device's token opened nothing: for the answer 401.</summary>
internal sealed record DeviceRefusal(string Code);
