using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Tongxin.Core.Common;
using Tongxin.Platform.Access;
using Tongxin.Platform.Http;
using Tongxin.Platform.Ui;
using Tongxin.Workforce.Data;

namespace Tongxin.Workforce.Calls;

/// <summary>What the buttons of calls and applications post to.</summary>
internal static class CallRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/calls/{id:guid}/close", (Guid id, KeepCalls keep, CallDeed deed, CancellationToken ct) =>
            deed.DoAsync(actor => keep.CloseAsync(id, actor, ct), "call.close.done", $"/calls/{id}", ct)).Needs(CallPermissions.Edit);
        routes.MapPost("/calls/{id:guid}/decisions", DecideMany).Needs(CallPermissions.Decide);
        routes.MapPost("/calls/{id:guid}/applications/{application:guid}/decide", DecideOne).Needs(CallPermissions.Decide);
        routes.MapPost("/calls/{id:guid}/applications/{application:guid}/link", (Guid id, Guid application, [FromForm] Guid? person, [FromForm] int version, LinkApplication link, CallDeed deed, CancellationToken ct) =>
            deed.DoAsync(actor => link.ExecuteAsync(id, application, person, version, actor, ct), "person.linked", $"/calls/{id}/applications/{application}", ct)).Needs(CallPermissions.Decide);
        routes.MapPost("/calls/{id:guid}/applications/{application:guid}/delete", (Guid id, Guid application, ForgetApplication forget, CallDeed deed, CancellationToken ct) =>
            deed.DoAsync(actor => forget.ExecuteAsync(id, application, actor, ct), "application.deleted", $"/calls/{id}", ct)).Needs(CallPermissions.Decide);
    }

    private static async Task<Results<RedirectHttpResult, NotFound>> DecideMany(
        Guid id, [FromForm] string? ids, [FromForm] string? verdict, [FromForm] string? reason, DecideApplications decide, CallDeed deed, IStringLocalizer<CallText> texts, CancellationToken ct)
    {
        Guid[] chosen = [.. (ids ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(t => Guid.TryParse(t, out var one) ? one : Guid.Empty).Where(g => g != Guid.Empty).Distinct()];
        return await deed.SayAsync(actor => decide.ManyAsync(id, chosen, Read(verdict), reason, actor, ct), decided => Said(decided, texts), $"/calls/{id}", ct);
    }

    private static Task<Results<RedirectHttpResult, NotFound>> DecideOne(
        Guid id, Guid application, [FromForm] string? verdict, [FromForm] string? reason, [FromForm] int version, DecideApplications decide, CallDeed deed, IStringLocalizer<CallText> texts, CancellationToken ct) =>
        deed.SayAsync(actor => decide.OneAsync(id, application, Read(verdict), reason, version, actor, ct), decided => Said(decided, texts), $"/calls/{id}/applications/{application}", ct);

    private static Verdict Read(string? verdict) => Enum.TryParse<Verdict>(verdict, out var read) && Enum.IsDefined(read) ? read : Verdict.Waiting;

    private static string Said(Decided decided, IStringLocalizer<CallText> texts)
    {
        var parts = new List<string>();
        Add("decided.accepted", decided.Accepted);
        Add("decided.reserve", decided.Reserve);
        Add("decided.declined", decided.Declined);
        Add("decided.already", decided.Already);
        Add("decided.number-taken", decided.NumberTaken);
        Add("decided.twice", decided.Twice);
        return string.Join(' ', parts);

        void Add(string key, int count)
        {
            if (count > 0) parts.Add(texts[key, count]);
        }
    }
}

/// <summary>Does what a button asks as the actor, and says so on the page it leads back to, or says why not.</summary>
internal sealed class CallDeed(ICurrentActor current, IFlash flash, IStringLocalizer<CallText> texts, ErrorCatalogue errors)
{
    public async Task<Results<RedirectHttpResult, NotFound>> DoAsync(Func<Actor, Task<Result>> act, string done, string back, CancellationToken ct)
    {
        var result = await act(await current.RequireAsync(ct));
        return Answer(result.IsFailure ? result.Error : null, texts[done], back);
    }

    public async Task<Results<RedirectHttpResult, NotFound>> SayAsync<T>(Func<Actor, Task<Result<T>>> act, Func<T, string> done, string back, CancellationToken ct)
    {
        var result = await act(await current.RequireAsync(ct));
        return Answer(result.IsFailure ? result.Error : null, result.IsFailure ? "" : done(result.Value), back);
    }

    private Results<RedirectHttpResult, NotFound> Answer(Error? error, string done, string back)
    {
        if (error is { Kind: ErrorKind.NotFound }) return TypedResults.NotFound();
        flash.Say(error is null ? FlashKind.Done : FlashKind.Refused, error is null ? done : errors.Say(error));
        return TypedResults.LocalRedirect(back);
    }
}
