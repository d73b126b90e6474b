using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Tongxin.Access.Contracts;
using Tongxin.Access.Gates.Retention;
using Tongxin.Access.Returns.Areas;
using Tongxin.Access.Returns.Arrivals;
using Tongxin.Access.Returns.Data;
using Tongxin.Access.Returns.Records;
using Tongxin.Access.Returns.Seasons;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Approvals;
using Tongxin.Platform.Data;
using Tongxin.Platform.Jobs;
using Tongxin.Platform.Modules;
using Tongxin.Platform.Outbox;

namespace Tongxin.Access.Returns;

/// <summary>返校备案: declaration, decision by rules, batches and slots, arrival, observation.</summary>
internal sealed class ReturnsPart : ModulePart
{
    public override IReadOnlyList<Permission> Permissions => ReturnPermissions.All;

    public override IReadOnlyList<MenuItem> Menu =>
    [
        new(Face.Office, "menu.access", "menu.returns", "route", "/returns", ReturnPermissions.Read, 420),
        new(Face.Office, "menu.access", "menu.arrivals", "login", "/arrivals", ReturnPermissions.Arrive, 421),
    ];

    public override IReadOnlyDictionary<string, Type> ErrorTexts => new Dictionary<string, Type>(StringComparer.Ordinal) { ["returns"] = typeof(ReturnsText) };

    public override void AddModel(ModelBuilder model) => ReturnsModel.Configure(model);

    public override void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<ReturnSight>();
        services.AddScoped<ReturnMoves>();
        services.AddScoped<Seats>();
        services.AddScoped<ReturnRules>();
        services.AddScoped<WithinSeason>();
        services.AddScoped<ReturnLinks>();
        services.AddScoped<FindBelonging>();
        services.AddScoped<ChangeReturn>();
        services.AddScoped<DeclareReturn>();
        services.AddScoped<ReadReturns>();
        services.AddScoped<KeepSeasons>();
        services.AddScoped<ReadSeason>();
        services.AddScoped<PlanArrivals>();
        services.AddScoped<IJobHandler, PlanArrivals>();
        services.AddScoped<KeepRiskLists>();
        services.AddScoped<Redecide>();
        services.AddScoped<IJobHandler, Redecide>();
        services.AddScoped<IHandle<ApprovalDecided>, Redecide>();
        services.AddApprovalKind(Redecide.ApprovalKindName, Roles.DutyLeader, Roles.LeadingGroup);
        services.AddScoped<ArrivalDesk>();
        services.AddScoped<IReturnArrivals>(s => s.GetRequiredService<ArrivalDesk>());
        services.AddScoped<IReturnDesk, ReturnDesk>();
        services.AddScoped<IAwayPersons, StillAway>();
        services.AddScoped<ReturnDeed>();
        services.AddScoped<IOutboxHandler, TellReturn>();
        services.AddScoped<IOutboxHandler, MissArrivals>();
        services.AddScoped<INightSweep, ForgetReturns>();
        services.AddScoped<IHandle<PersonMerged>, FollowMergedReturn>();
        services.AddScoped<IHandle<ReturnBooked>, PermitForArrival>();
        services.AddScoped<IHandle<ReturnBookingEnded>, PermitForArrival>();
        services.AddScoped<IHandle<ReturnArrived>, PermitForArrival>();
    }

    public override void MapRoutes(IEndpointRouteBuilder routes) => ReturnRoutes.Map(routes);
}
