using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Tongxin.Access.Gates.Data;
using Tongxin.Access.Gates.Guard;
using Tongxin.Access.Contracts;
using Tongxin.Access.Gates.Readings;
using Tongxin.Access.Gates.Retention;
using Tongxin.Access.Gates.Tracing;
using Tongxin.Platform.Access;
using Tongxin.Platform.Approvals;
using Tongxin.Platform.Data;
using Tongxin.Platform.Modules;

namespace Tongxin.Access.Gates;

/// <summary>Gates with lanes and hours, occupancy, who was here.</summary>
internal sealed class GatesPart : ModulePart
{
    public override IReadOnlyList<Permission> Permissions =>
    [
        new(GatePermissions.Read, Roles.Office, Roles.DutyLeader),
        new(GatePermissions.Edit, Roles.Office),
        new(GatePermissions.Seal, Roles.Office, Roles.DutyLeader),
        new(GatePermissions.Watch, Roles.Guard, Roles.OnDuty, Roles.Office, Roles.DutyLeader) { OnDevices = true },
        new(GatePermissions.Post, Roles.Guard),
        new(GatePermissions.Ledger, Roles.Office, Roles.DutyLeader),
        new(GatePermissions.Trace, Roles.Doctor, Roles.PrivacyOfficer),
        new(GatePermissions.Deletions, Roles.PrivacyOfficer, Roles.Auditor),
    ];

    public override IReadOnlyList<MenuItem> Menu =>
    [
        new(Face.Office, "menu.access", "menu.gates", "door", "/gates", GatePermissions.Read, 400,
            (services, actor, ct) => services.GetRequiredService<GateWatch>().CountAlarmsAsync(actor, ct)),
        new(Face.Office, "menu.access", "menu.gate-ledger", "clipboard-list", "/gates/ledger", GatePermissions.Ledger, 415),
        new(Face.Office, "menu.access", "menu.traces", "search", "/gates/tracing", GatePermissions.Trace, 430),
        new(Face.Office, "menu.access", "menu.deletions", "trash", "/gates/deletions", GatePermissions.Deletions, 440),
        new(Face.Post, "menu.access", "menu.gate", "door", "/gate", GatePermissions.Post, 10),
        new(Face.Helper, "menu.access", "menu.gate", "door", "/gate", GatePermissions.Watch, 9),
    ];

    public override IReadOnlyDictionary<string, Type> ErrorTexts => new Dictionary<string, Type>(StringComparer.Ordinal) { ["gates"] = typeof(GatesText) };

    public override void AddModel(ModelBuilder model) => GatesModel.Configure(model);

    public override void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<GateSight>();
        services.AddScoped<IGateDirectory>(p => p.GetRequiredService<GateSight>());
        services.AddScoped<KeepGates>();
        services.AddScoped<GateWatch>();
        services.AddScoped<GateHistory>();
        services.AddScoped<GateDeed>();
        services.AddScoped<GateFigures>();
        services.AddScoped<Occupancy>();
        services.AddScoped<IPassages, Passages>();
        services.AddScoped<GateLedger>();
        services.AddScoped<AskTrace>();
        services.AddScoped<IHandle<ApprovalDecided>, AskTrace>();
        services.AddApprovalKind(AskTrace.Kind, Roles.PrivacyOfficer, Roles.DutyLeader);
        services.AddScoped<AskRefuseMode>();
        services.AddScoped<IHandle<ApprovalDecided>, AskRefuseMode>();
        services.AddApprovalKind(AskRefuseMode.Kind, Roles.DutyLeader, Roles.LeadingGroup);
        services.AddScoped<DeletePassages>();
        services.AddScoped<IGateChime, DeletePassages>();
        services.AddScoped<IGateSamples, SampleDay>();
        services.AddScoped<PassageWords>();
        services.AddScoped<PassBack>();
        services.AddScoped<GuardDesk>();
        services.AddScoped<GuardRoutes.Said>();
        services.AddScoped<EmergencyPapers>();
        services.AddScoped<FollowPassages>();
        services.AddScoped<IGateChime, FollowChime>();
        services.AddHostedService<GateClock>();
    }

    public override void MapRoutes(IEndpointRouteBuilder routes)
    {
        GateRoutes.Map(routes);
        GuardRoutes.Map(routes);
    }
}

/// <summary>Marker of the texts of gates.</summary>
public sealed class GatesText;
