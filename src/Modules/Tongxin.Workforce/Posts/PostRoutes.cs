using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Tongxin.Core.Common;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Ui;
using Tongxin.Workforce.Data;

namespace Tongxin.Workforce.Posts;

/// <summary>What the buttons of posts post to.</summary>
internal static class PostRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var one = routes.MapGroup("/posts/{id:guid}").Needs(RosterPermissions.EditPosts).ExcludeFromDescription();
        one.MapPost("/archive", (Guid id, KeepPosts keep, RosterReply reply, CancellationToken ct) =>
            reply.ToAsync($"/posts/{id}", actor => keep.ArchiveAsync(id, actor, ct), "post.archived", ct, "/posts"));
        one.MapPost("/shifts", (Guid id, IFormCollection form, KeepPosts keep, RosterReply reply, CancellationToken ct) =>
            reply.ToAsync($"/posts/{id}#shifts", actor => keep.AddShiftAsync(id, Shift(form), actor, ct), "post.shift.added", ct));
        one.MapPost("/shifts/{shift:guid}/remove", (Guid id, Guid shift, KeepPosts keep, RosterReply reply, CancellationToken ct) =>
            reply.ToAsync($"/posts/{id}#shifts", actor => keep.RemoveShiftAsync(id, shift, actor, ct), "post.shift.removed", ct));
    }

    /// <summary>Start and end as clock times; an end at or before the start is on the next day.</summary>
    private static ShiftFacts Shift(IFormCollection form)
    {
        var from = TimeOnly.TryParse(form["from"], System.Globalization.CultureInfo.InvariantCulture, out var f) ? (int)(f.ToTimeSpan().TotalMinutes) : -1;
        var to = TimeOnly.TryParse(form["to"], System.Globalization.CultureInfo.InvariantCulture, out var t) ? (int)(t.ToTimeSpan().TotalMinutes) : -1;
        var minutes = from < 0 || to < 0 ? 0 : to > from ? to - from : to + 1440 - from;
        var weekdays = form["day"].Sum(d => int.TryParse(d, out var bit) && bit is >= 0 and <= 6 ? 1 << bit : 0);
        return new ShiftFacts(form["mark"].ToString(), from, minutes, Number("needed"), Number("wished"), weekdays, form["night"] == "true");

        int Number(string name) => int.TryParse(form[name], out var n) ? n : 0;
    }
}

/// <summary>How every form of posts and rosters is answered: do it, say so, go back.</summary>
internal sealed record RosterReply(ICurrentActor Current, IFlash Flash, IStringLocalizer<RosterText> Texts)
{
    /// <param name="back">Where the form was: refusals are shown there.</param>
    /// <param name="act">The deed.</param>
    /// <param name="done">Key of what is said when it is done.</param>
    /// <param name="next">Where to go when it is done; null: back.</param>
    public async Task<Results<RedirectHttpResult, NotFound>> ToAsync(string back, Func<Actor, Task<Result>> act, string done, CancellationToken ct, string? next = null)
    {
        var result = await act(await Current.RequireAsync(ct));
        if (result.IsFailure && result.Error.Kind == ErrorKind.NotFound) return TypedResults.NotFound();
        Flash.Say(result.IsFailure ? FlashKind.Refused : FlashKind.Done, result.IsFailure ? Texts.Say(result.Error) : Texts[done]);
        return TypedResults.LocalRedirect(result.IsFailure ? back : next ?? back);
    }

    /// <summary>As above; the answer makes the address.</summary>
    public async Task<Results<RedirectHttpResult, NotFound>> ToAsync<T>(string back, Func<Actor, Task<Result<T>>> act, string done, Func<T, string> next, CancellationToken ct)
    {
        var result = await act(await Current.RequireAsync(ct));
        if (result.IsFailure && result.Error.Kind == ErrorKind.NotFound) return TypedResults.NotFound();
        Flash.Say(result.IsFailure ? FlashKind.Refused : FlashKind.Done, result.IsFailure ? Texts.Say(result.Error) : Texts[done]);
        return TypedResults.LocalRedirect(result.IsFailure ? back : next(result.Value));
    }
}
