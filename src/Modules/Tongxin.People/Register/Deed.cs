using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;
using Tongxin.Core.Common;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Ui;

namespace Tongxin.People.Register;

/// <summary>What a button posts to: does the deed as the actor, says so on the page it leads back to, or says why not.</summary>
internal sealed class Deed(ICurrentActor current, IFlash flash, IStringLocalizer<PeopleText> texts)
{
    public async Task<Results<RedirectHttpResult, NotFound>> DoAsync(Func<Actor, Task<Result>> act, string done, string back, CancellationToken ct)
    {
        var result = await act(await current.RequireAsync(ct));
        // Out of scope is not there, and says no more.
        if (result.IsFailure && result.Error.Kind == ErrorKind.NotFound) return TypedResults.NotFound();
        flash.Say(result.IsFailure ? FlashKind.Refused : FlashKind.Done, result.IsFailure ? texts.Say(result.Error) : texts[done]);
        return TypedResults.LocalRedirect(back);
    }
}
