using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Tongxin.Platform.Access;
using Tongxin.Platform.Modules;
using Tongxin.Screening.Rounds;
using Tongxin.Screening.SiteChecks.Data;

namespace Tongxin.Screening.SiteChecks;

/// <summary>Permissions of the site checklist.</summary>
internal static class SiteCheckPermissions
{
    /// <summary>Tick what was seen to at a site: whoever works there, for the own sites.</summary>
    public const string Tick = "screening.checks.tick";
}

/// <summary>Order on site (现场秩序): for each slot a few things that somebody saw to. No pictures are taken.</summary>
internal sealed class SiteChecksPart : ModulePart
{
    public override IReadOnlyList<Permission> Permissions => [new(SiteCheckPermissions.Tick, Roles.Office, Roles.DutyLeader, Roles.Sampler, Roles.OnDuty)];

    public override IReadOnlyDictionary<string, Type> ErrorTexts => new Dictionary<string, Type>(StringComparer.Ordinal) { ["site-checks"] = typeof(SiteChecksText) };

    public override void AddModel(ModelBuilder model) => SiteChecksModel.Configure(model);

    public override void AddServices(IServiceCollection services, IConfiguration configuration) => services.AddScoped<KeepSiteChecks>();

    public override void MapRoutes(IEndpointRouteBuilder routes)
    {
        var one = routes.MapGroup("/testing/sites/{id:guid}/checks").Needs(SiteCheckPermissions.Tick).ExcludeFromDescription();
        one.MapPost("/tick", (Guid id, [FromForm] DateTimeOffset? slot, [FromForm] string? item, KeepSiteChecks keep, TestingDeed deed, IStringLocalizer<SiteChecksText> t, CancellationToken ct) =>
            deed.DoAsync(actor => keep.TickAsync(id, slot ?? default, Item(item), actor, ct), t["ticked"], $"/testing/sites/{id}/checks", ct));
        one.MapPost("/clear", (Guid id, [FromForm] DateTimeOffset? slot, [FromForm] string? item, KeepSiteChecks keep, TestingDeed deed, IStringLocalizer<SiteChecksText> t, CancellationToken ct) =>
            deed.DoAsync(actor => keep.ClearAsync(id, slot ?? default, Item(item), actor, ct), t["cleared"], $"/testing/sites/{id}/checks", ct));
    }

    private static SiteCheckItem Item(string? text) => Enum.TryParse<SiteCheckItem>(text, out var item) && Enum.IsDefined(item) ? item : (SiteCheckItem)(-1);
}

/// <summary>Marker of the texts of the site checklist.</summary>
public sealed class SiteChecksText;
