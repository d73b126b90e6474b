using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tongxin.People.Contracts;
using Tongxin.Platform.Data;
using Tongxin.Platform.Jobs;
using Tongxin.Platform.Modules;
using Tongxin.Platform.Outbox;
using Tongxin.Workforce.Calls.Import;
using Tongxin.Workforce.Contracts;
using Tongxin.Workforce.Volunteers;

namespace Tongxin.Workforce.Calls;

/// <summary>What the module's table of contents says of calls, applications and their decisions.</summary>
internal static class CallsParts
{
    public static void Add(IServiceCollection services)
    {
        services.AddScoped<CallSight>();
        services.AddScoped<KeepCalls>();
        services.AddScoped<SubmitApplication>();
        services.AddScoped<ReadApplications>();
        services.AddScoped<DecideApplications>();
        services.AddScoped<TakeOnVolunteers>();
        services.AddScoped<LinkApplication>();
        services.AddScoped<ForgetApplication>();
        services.AddScoped<CallDeed>();
        services.AddScoped<ExpiringSkills>();
        services.AddScoped<CallImports>();
        services.AddScoped<PlanCallImport>();
        services.AddScoped<CommitCallImport>();
        services.AddScoped<IJobHandler, PreviewCallImport>();
        services.AddScoped<IJobHandler, CommitCallImport>();
        services.AddScoped<IOutboxHandler, TellApplicant>();
        services.AddScoped<IDecisionNotices, NoteOfDecision>();
        services.AddScoped<IHandle<PersonMerged>, FollowMergedApplicant>();
    }

    public static IReadOnlyList<MenuItem> Menu =>
    [
        new(Face.Office, "menu.workforce", "menu.calls", "flag", "/calls", CallPermissions.Read, 305),
    ];

    public static void Map(IEndpointRouteBuilder routes)
    {
        CallRoutes.Map(routes);
        CallImportRoutes.Map(routes);
    }
}
