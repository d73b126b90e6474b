using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Tongxin.Platform.Modules;
using Tongxin.Screening.Sites.Data;

namespace Tongxin.Screening.Sites;

/// <summary>Testing sites and tables, and whether they have their people.</summary>
internal sealed class SitesPart : ModulePart
{
    public override IReadOnlyList<Permission> Permissions => SitePermissions.All;

    public override IReadOnlyList<MenuItem> Menu =>
    [
        new(Face.Office, "menu.screening", "menu.sites", "map-pin", "/testing/sites", SitePermissions.Read, 310),
        new(Face.Post, "menu.screening", "menu.sites", "test-pipe", "/testing/sites", SitePermissions.Post, 20),
    ];

    public override IReadOnlyDictionary<string, Type> ErrorTexts => new Dictionary<string, Type>(StringComparer.Ordinal) { ["sites"] = typeof(SitesText) };

    public override void AddModel(ModelBuilder model) => SitesModel.Configure(model);

    public override void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<SiteSight>();
        services.AddScoped<KeepSites>();
        services.AddScoped<ReadStaff>();
    }

    public override void MapRoutes(IEndpointRouteBuilder routes) => SiteRoutes.Map(routes);
}

/// <summary>Marker of the texts of sites.</summary>
public sealed class SitesText;
