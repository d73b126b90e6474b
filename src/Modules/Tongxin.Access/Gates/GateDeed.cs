using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Tongxin.Core.Common;
using Tongxin.Platform.Access;
using Tongxin.Platform.Http;
using Tongxin.Platform.Ui;

namespace Tongxin.Access.Gates;

/// <summary>Does what a button asks as the actor, and says so on the page it leads back to, or says why not.</summary>
internal sealed class GateDeed(ICurrentActor current, IFlash flash, ErrorCatalogue errors)
{
    public async Task<Results<RedirectHttpResult, NotFound>> DoAsync(Func<Actor, Task<Result>> act, string done, string back, CancellationToken ct, string? next = null)
    {
        var result = await act(await current.RequireAsync(ct));
        return Answer(result.IsFailure ? result.Error : null, FlashKind.Done, done, back, next ?? back);
    }

    public async Task<Results<RedirectHttpResult, NotFound>> DoAsync<T>(Func<Actor, Task<Result<T>>> act, Func<T, (FlashKind Kind, string Text, string Next)> done, string back, CancellationToken ct)
    {
        var result = await act(await current.RequireAsync(ct));
        if (result.IsFailure) return Answer(result.Error, FlashKind.Refused, "", back, back);
        var (kind, text, next) = done(result.Value);
        return Answer(null, kind, text, back, next);
    }

    private Results<RedirectHttpResult, NotFound> Answer(Error? error, FlashKind kind, string done, string back, string next)
    {
        if (error is { Kind: ErrorKind.NotFound }) return TypedResults.NotFound();
        flash.Say(error is null ? kind : FlashKind.Refused, error is null ? done : errors.Say(error));
        return TypedResults.LocalRedirect(error is null ? next : back);
    }
}
