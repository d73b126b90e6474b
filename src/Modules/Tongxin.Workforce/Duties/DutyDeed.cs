using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;
using Tongxin.Core.Common;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Ui;

namespace Tongxin.Workforce.Duties;

/// <summary>Does what a button asks as the actor, and says so on the page it leads back to, or says why not.</summary>
internal sealed class DutyDeed(ICurrentActor current, IFlash flash, IStringLocalizer<DutyText> texts)
{
    public async Task<Results<RedirectHttpResult, NotFound>> DoAsync(Func<Actor, Task<Result>> act, string done, string back, CancellationToken ct, string? otherwise = null)
    {
        var result = await act(await current.RequireAsync(ct));
        if (result.IsFailure && result.Error.Kind == ErrorKind.NotFound) return TypedResults.NotFound();
        flash.Say(result.IsFailure ? FlashKind.Refused : FlashKind.Done, result.IsFailure ? texts.Say(result.Error) : texts[done]);
        return TypedResults.LocalRedirect(result.IsFailure ? otherwise ?? back : back);
    }
}
