using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Tongxin.Core.Sampling;
using Tongxin.Platform.Access;
using Tongxin.Screening.Rounds;
using Tongxin.Screening.Rounds.Data;

namespace Tongxin.Screening.Sites;

/// <summary>What the buttons of sites post to.</summary>
internal static class SiteRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var one = routes.MapGroup("/testing/sites/{id:guid}").Needs(SitePermissions.Edit).ExcludeFromDescription();
        one.MapPost("/close", (Guid id, KeepSites keep, TestingDeed deed, IStringLocalizer<SitesText> t, CancellationToken ct) =>
            deed.DoAsync(actor => keep.CloseAsync(id, actor, ct), t["site.closed"], $"/testing/sites/{id}", ct, "/testing/sites"));
        one.MapPost("/tables", (Guid id, [FromForm] string? lane, [FromForm] int? rate, KeepSites keep, TestingDeed deed, IStringLocalizer<SitesText> t, CancellationToken ct) =>
            deed.DoAsync(actor => keep.AddTableAsync(id, Lane(lane), rate ?? 0, actor, ct), t["table.added"], $"/testing/sites/{id}#tables", ct));
        one.MapPost("/tables/{table:guid}", (Guid id, Guid table, [FromForm] string? lane, [FromForm] int? rate, KeepSites keep, TestingDeed deed, IStringLocalizer<SitesText> t, CancellationToken ct) =>
            deed.DoAsync(actor => keep.ChangeTableAsync(id, table, Lane(lane), rate ?? 0, actor, ct), t["table.changed"], $"/testing/sites/{id}#tables", ct));
        one.MapPost("/tables/{table:guid}/close", (Guid id, Guid table, KeepSites keep, TestingDeed deed, IStringLocalizer<SitesText> t, CancellationToken ct) =>
            deed.DoAsync(actor => keep.CloseTableAsync(id, table, actor, ct), t["table.closed"], $"/testing/sites/{id}#tables", ct));
    }

    private static SamplingLane Lane(string? text) => Enum.TryParse<SamplingLane>(text, out var lane) ? lane : (SamplingLane)(-1);
}
