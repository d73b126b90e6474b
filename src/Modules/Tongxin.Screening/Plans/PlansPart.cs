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
        services.AddScoped<PublishPlan>();
        services.AddScoped<ReadPlan>();
        services.AddScoped<IRoundPlans, RoundPlans>();
    }

    public override void MapRoutes(IEndpointRouteBuilder routes)
    {
        var one = routes.MapGroup("/testing/{id:guid}/plan").Needs(TestingPermissions.Open).ExcludeFromDescription();
        one.MapPost("/publish", (Guid id, [FromForm] Guid? plan, PublishPlan publish, TestingDeed deed, IStringLocalizer<PlansText> t, CancellationToken ct) =>
            deed.DoAsync(async actor => Done(await publish.ExecuteAsync(id, plan ?? Guid.Empty, actor, ct)), t["publish.done"], $"/testing/{id}/plan", ct));
        one.MapPost("/change", (Guid id, [FromForm] Guid? site, [FromForm] Guid? table, [FromForm] int? rate, [FromForm] string? why, MakePlan make, TestingDeed deed, IStringLocalizer<PlansText> t, CancellationToken ct) =>
            deed.DoAsync(async actor => Done(await make.ChangedAsync(id, new PlanChange(site, table, rate, why), actor, ct)), t["change.done"], $"/testing/{id}/plan", ct));
    }

    private static Result Done<T>(Result<T> result) => result.IsFailure ? result.Error : Result.Ok;
}

/// <summary>Marker of the texts of plans.</summary>
public sealed class PlansText;
