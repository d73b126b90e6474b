using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tongxin.Core.Common;
using Tongxin.Platform.Access;
using Tongxin.Workforce.Data;
using Tongxin.Workforce.Duties;
using Tongxin.Workforce.Posts;

namespace Tongxin.Workforce.Wishes;

/// <summary>What wishes bring into the module.</summary>
internal static class WishParts
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    public static void Add(IServiceCollection services)
    {
        services.AddScoped<AskWishes>();
        services.AddScoped<MyWishes>();
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/duties/wishes/{series:guid}", (Guid series, IFormCollection form, MyWishes slice, DutyDeed deed, CancellationToken ct) =>
            deed.DoAsync(actor => slice.SaveAsync(series, Read(form), actor, ct), "wishes.saved", "/duties/wishes", ct)).SignedIn().ExcludeFromDescription();
        var one = routes.MapGroup("/rosters/{id:guid}/wishes").Needs(RosterPermissions.EditRosters).ExcludeFromDescription();
        one.MapPost("/open", (Guid id, [FromForm] string? closes, AskWishes slice, RosterReply reply, CancellationToken ct) =>
            reply.ToAsync($"/rosters/{id}/wishes", actor => slice.OpenAsync(id, closes, actor, ct), "wishes.asked", ct));
        one.MapPost("/close", (Guid id, AskWishes slice, RosterReply reply, CancellationToken ct) =>
            reply.ToAsync($"/rosters/{id}/wishes", actor => slice.CloseAsync(id, actor, ct), "wishes.stopped", ct));
    }

    /// <summary>The field that holds a wish: the day, and the shift unless the whole day is meant.</summary>
    public static string Field(DateOnly day, WishSpan? span) => string.Create(Invariant, $"w-{day:yyyyMMdd}{(span is null ? "" : $"-{span.StartsAt}-{span.Minutes}")}");

    private static List<TypedWish> Read(IFormCollection form)
    {
        var wishes = new List<TypedWish>();
        foreach (var (name, value) in form)
        {
            if (value != "on" && value != "off") continue;
            if (name.Split('-') is not ["w", var date, .. var shift] || !DateOnly.TryParseExact(date, "yyyyMMdd", Invariant, DateTimeStyles.None, out var day)) continue;
            if (shift is []) wishes.Add(new TypedWish(day, DutyWish.WholeDay, 0, value == "on"));
            else if (shift is [var from, var length] && int.TryParse(from, NumberStyles.None, Invariant, out var starts) && int.TryParse(length, NumberStyles.None, Invariant, out var minutes))
                wishes.Add(new TypedWish(day, starts, minutes, value == "on"));
        }

        return wishes;
    }
}
