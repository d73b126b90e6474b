using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Tongxin.Platform.Devices;

/// <summary>Enrolled devices and their scheme.</summary>
internal static class DeviceServices
{
    public static void AddDevices(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(DeviceSettings.From(configuration));
        services.AddSingleton<DeviceLimits>();
        services.AddSingleton<DeviceRegister>();
        services.AddSingleton<IDeviceSessions>(provider => provider.GetRequiredService<DeviceRegister>());
        services.AddScoped<DeviceBook>();
        services.AddScoped<EnrolDevice>();
        services.AddScoped<RenewLease>();
        services.AddScoped<RevokeDevice>();
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, DeviceAuthentication>(DeviceAuthentication.Name, _ => { });
    }
}
