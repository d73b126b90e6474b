using Microsoft.Extensions.Configuration;
using Tongxin.Platform.Access;

namespace Tongxin.Platform.Devices;

/// <summary>How long a device may work without contact.</summary>
internal sealed record DeviceSettings(TimeSpan Lease)
{
    /// <summary>Phones and readers that one account may have at a time.</summary>
    public const int MostLive = 50;

    private const int ShortestHours = 24, LongestHours = 72;

    /// <summary><c>Tongxin:DeviceLeaseHours</c>, 24 to 72; 24 when nothing is said.</summary>
    public static DeviceSettings From(IConfiguration configuration) =>
        new(TimeSpan.FromHours(Math.Clamp(configuration.GetValue("Tongxin:DeviceLeaseHours", ShortestHours), ShortestHours, LongestHours)));
}
