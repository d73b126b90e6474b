using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Tongxin.Access.Gates.Retention;
using Tongxin.Access.Permits.Data;
using Tongxin.Platform.Access;
using Tongxin.Platform.Modules;

namespace Tongxin.Access.Permits;

/// <summary>Permits to go out and in: hospital, supplier, visitor, return to campus, emergency exit.</summary>
internal sealed class PermitsPart : ModulePart
{
    public override IReadOnlyList<Permission> Permissions =>
    [
        new(PermitPermissions.Read, Roles.Office, Roles.DutyLeader, Roles.Doctor, Roles.Captain),
        new(PermitPermissions.Ask, Roles.Office, Roles.DutyLeader, Roles.Doctor, Roles.Captain),
        new(PermitPermissions.Grant, Roles.Office, Roles.DutyLeader, Roles.Doctor),
        new(PermitPermissions.Suppliers, Roles.Office),
    ];

    public override IReadOnlyList<MenuItem> Menu =>
    [
        new(Face.Office, "menu.access", "menu.permits", "license", "/permits", PermitPermissions.Read, 410,
            (services, actor, ct) => services.GetRequiredService<ReadPermits>().CountWaitingAsync(actor, ct)),
        new(Face.Office, "menu.access", "menu.suppliers", "truck-delivery", "/suppliers", PermitPermissions.Suppliers, 425),
        new(Face.Helper, "menu.access", "menu.permits", "license", "/permits", PermitPermissions.Read, 40),
    ];

    public override IReadOnlyDictionary<string, Type> ErrorTexts => new Dictionary<string, Type>(StringComparer.Ordinal) { ["permits"] = typeof(PermitsText) };

    public override void AddModel(ModelBuilder model) => PermitsModel.Configure(model);

    public override void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<PermitSight>();
        services.AddScoped<AskPermit>();
        services.AddScoped<DecidePermit>();
        services.AddScoped<ReadPermits>();
        services.AddScoped<InviteVisitor>();
        services.AddScoped<KeepSuppliers>();
        services.AddScoped<HospitalLedger>();
        services.AddScoped<INightSweep, ErasePermits>();
        services.AddScoped<GatePermits>();
        services.AddScoped<IGatePermits>(p => p.GetRequiredService<GatePermits>());
        services.AddScoped<IReturnPermits>(p => p.GetRequiredService<GatePermits>());
    }

    public override void MapRoutes(IEndpointRouteBuilder routes) => PermitRoutes.Map(routes);
}

/// <summary>Marker of the texts of permits.</summary>
public sealed class PermitsText;
