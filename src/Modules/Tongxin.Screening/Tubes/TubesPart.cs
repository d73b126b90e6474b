using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Approvals;
using Tongxin.Platform.Data;
using Tongxin.Platform.Modules;
using Tongxin.Screening.Booking;
using Tongxin.Screening.Contracts;
using Tongxin.Screening.Tubes.Data;

namespace Tongxin.Screening.Tubes;

/// <summary>Tubes: the facts of tables and laboratories, and where tubes and people stand by them.</summary>
internal sealed class TubesPart : ModulePart
{
    public override IReadOnlyList<Permission> Permissions =>
    [
        new(TubePermissions.Take, Roles.Sampler, Roles.OnDuty, Roles.Office, Roles.Doctor) { OnDevices = true },
        new(TubePermissions.Read, Roles.Office, Roles.DutyLeader, Roles.Doctor),
        new(TubePermissions.Receive, Roles.Office, Roles.Doctor),
        new(TubePermissions.Enter, Roles.Office),
        new(TubePermissions.Correct, Roles.Office, Roles.DutyLeader, Roles.Doctor),
    ];

    public override IReadOnlyDictionary<string, Type> ErrorTexts =>
        new Dictionary<string, Type>(StringComparer.Ordinal) { ["tubes"] = typeof(TubesText), ["pools"] = typeof(TubesText) };

    public override void AddModel(ModelBuilder model) => TubesModel.Configure(model);

    public override void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<TubeGround>();
        services.AddScoped<TubeWriter>();
        services.AddScoped<ITubeIntake, TubeIntake>();
        services.AddSingleton<TubeDoor>();
        services.AddScoped<Reconcile>();
        services.AddScoped<FindOnRoll>();
        services.AddScoped<ReceiveBoxes>();
        services.AddScoped<EnterSlip>();
        services.AddScoped<SplitHouseholds>();
        services.AddScoped<ReadTubes>();
        services.AddScoped<ITests, ReadTests>();
        services.AddScoped<ITestResults, ReadTests>();
        services.AddScoped<IHandle<PersonMerged>, FollowMergedTests>();
        services.AddScoped<CorrectTube>();
        services.AddScoped<IHandle<ApprovalDecided>, CorrectTube>();
        services.AddApprovalKind(CorrectTube.Kind, Roles.DutyLeader, Roles.LeadingGroup);
    }

    public override void MapRoutes(IEndpointRouteBuilder routes)
    {
        TubesApi.Map(routes);
        TubeRoutes.Map(routes);
    }
}

/// <summary>Marker of the texts of tubes.</summary>
public sealed class TubesText;
