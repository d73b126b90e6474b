using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tongxin.Access.Scans.Data;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Platform.Http;
using Tongxin.Platform.Modules;

namespace Tongxin.Access.Scans;

/// <summary>What devices at gates saw: the facts and their intake.</summary>
internal sealed class ScansPart : ModulePart
{
    public override IReadOnlyList<Permission> Permissions =>
        [new(ScanPermissions.Record, Roles.Guard, Roles.OnDuty, Roles.Office) { OnDevices = true }];

    public override IReadOnlyDictionary<string, Type> ErrorTexts => new Dictionary<string, Type>(StringComparer.Ordinal) { ["scans"] = typeof(ScansText) };

    public override void AddModel(ModelBuilder model) => ScansModel.Configure(model);

    public override void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(p => new GroupCommit<Scan>(
            p.GetRequiredService<Dialect>(), ScansModel.Facts, ScanJournal.Of, new GroupSettings(), p.GetRequiredService<TimeProvider>(), p.GetRequiredService<ILogger<GroupCommit<Scan>>>()));
        services.AddHostedService(p => p.GetRequiredService<GroupCommit<Scan>>());
        services.AddSingleton<IIntakeHealth>(p => p.GetRequiredService<GroupCommit<Scan>>());
        services.AddSingleton<ScanMonths>();
        services.AddHostedService(p => p.GetRequiredService<ScanMonths>());
        services.AddScoped<IScanGates, GateDirectoryReach>();
        services.AddSingleton<ScanGates>();
        services.AddSingleton<ScanAnswer>();
        services.AddSingleton<ScanIntake>();
        services.AddSingleton<IFastLane, ScansLane>();
    }

    public override void MapRoutes(IEndpointRouteBuilder routes) => ScansApi.Map(routes);
}

/// <summary>Marker of the texts of scans.</summary>
public sealed class ScansText;
