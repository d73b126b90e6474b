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
using Tongxin.Screening.HomeVisits.Data;
using Tongxin.Screening.Rounds;

namespace Tongxin.Screening.HomeVisits;

/// <summary>Home sampling: who, in which order, when; nobody who cannot walk is forgotten.</summary>
internal sealed class HomeVisitsPart : ModulePart
{
    public override IReadOnlyList<Permission> Permissions => HomePermissions.All;

    public override IReadOnlyList<MenuItem> Menu => [new(Face.Post, "menu.screening", "menu.home", "wheelchair", "/testing/home", HomePermissions.Read, 25)];

    public override IReadOnlyDictionary<string, Type> ErrorTexts => new Dictionary<string, Type>(StringComparer.Ordinal) { ["home"] = typeof(HomeText) };

    public override void AddModel(ModelBuilder model) => HomeVisit.Configure(model);

    public override void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<ReadHomes>();
        services.AddScoped<PlanHomes>();
    }

    public override void MapRoutes(IEndpointRouteBuilder routes) =>
        routes.MapPost("/testing/{id:guid}/home-times", (Guid id, [FromForm] string? from, [FromForm] int? teams, [FromForm] int? minutes, PlanHomes plan, TestingDeed deed, IStringLocalizer<HomeText> t, CancellationToken ct) =>
            deed.DoAsync(
                actor => TypedMoment.TryRead(from, out var starts) && starts is { } at
                    ? plan.ExecuteAsync(id, new HomePlan(at, teams ?? 0, minutes ?? 0), actor, ct)
                    : Task.FromResult<Result>(HomeErrors.Window),
                t["planned"], $"/testing/{id}/home", ct)).Needs(HomePermissions.Plan).ExcludeFromDescription();
}

/// <summary>Marker of the texts of home sampling.</summary>
public sealed class HomeText;
