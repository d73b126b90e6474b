using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Tongxin.Core.Common;
using Tongxin.Platform.Access;
using Tongxin.Platform.Jobs;
using Tongxin.Platform.Modules;
using Tongxin.Screening.Contracts;
using Tongxin.Screening.Plans.Data;
using Tongxin.Screening.Rounds;

namespace Tongxin.Screening.Plans;

/// <summary>Plans of rounds: who comes where and when, staff and supplies; published, changed in place, printed by building.</summary>
internal sealed class PlansPart : ModulePart
{
    public override IReadOnlyDictionary<string, Type> ErrorTexts =>
        new Dictionary<string, Type>(StringComparer.Ordinal) { ["plans"] = typeof(PlansText), ["sampling"] = typeof(PlansText) };

    public override void AddModel(ModelBuilder model) => PlansModel.Configure(model);

    public override void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<PlanGround>();
        services.AddScoped<MakePlan>();
        services.AddScoped<FeedStaff>();
        services.AddScoped<PlanRound>();
        services.AddScoped<IJobHandler, PlanRoundJob>();
        services.AddScoped<PublishPlan>();
        services.AddScoped<ReadPlan>();
        services.AddScoped<IRoundPlans, RoundPlans>();
    }

    public override void MapRoutes(IEndpointRouteBuilder routes)
    {
        var one = routes.MapGroup("/testing/{id:guid}/plan").Needs(TestingPermissions.Open).ExcludeFromDescription();
        one.MapPost("/publish", (Guid id, [FromForm] Guid? plan, PublishPlan publish, TestingDeed deed, IStringLocalizer<PlansText> t, CancellationToken ct) =>
            deed.DoAsync(async actor => Done(await publish.ExecuteAsync(id, plan ?? Guid.Empty, actor, ct)), t["publish.done"], $"/testing/{id}/plan", ct));
        one.MapPost("/staff", (Guid id, FeedStaff staff, TestingDeed deed, IStringLocalizer<PlansText> t, CancellationToken ct) =>
            deed.DoAsync(actor => staff.ExecuteAsync(id, actor, ct), t["staff.fed.done"], $"/testing/{id}/plan#staff", ct));
        one.MapPost("/change", async (Guid id, [FromForm] Guid? site, [FromForm] Guid? table, [FromForm] int? rate, [FromForm] string? why, PlanRound plan, ICurrentActor current, TestingDeed deed, IStringLocalizer<PlansText> t, CancellationToken ct) =>
        {
            var started = await plan.ChangedAsync(id, new PlanChange(site, table, rate, why), t["job.change"], await current.RequireAsync(ct), ct);
            return await deed.DoAsync(_ => Task.FromResult(Done(started)), t["make.started"], $"/testing/{id}/plan", ct, started.IsFailure ? null : $"/jobs/{started.Value}");
        });
    }

    private static Result Done<T>(Result<T> result) => result.IsFailure ? result.Error : Result.Ok;
}

/// <summary>Marker of the texts of plans.</summary>
public sealed class PlansText;
