using Microsoft.AspNetCore.Http;
using Tongxin.Access.Data;
using Tongxin.Platform.Access;

namespace Tongxin.Access.Restrictions;

/// <summary>Who posts to the doctor's forms without being one is refused at the door, and so is who tries ids; that it was tried is kept.</summary>
internal sealed class RefusedAttempts(Alarms alarms) : IRefusalWatch
{
    public async Task RefusedAsync(Actor actor, string? permission, string method, CancellationToken ct)
    {
        if (permission != RestrictionPermissions.Impose || !HttpMethods.IsPost(method)) return;
        await alarms.RaiseAsync(AlarmKind.NoRight, actor.AccountId.ToString("N"), actor, new { permission }, ct);
    }

    public Task ProbedAsync(Actor actor, int things, CancellationToken ct) =>
        alarms.RaiseAsync(AlarmKind.Probing, actor.AccountId.ToString("N"), actor, new { things, device = actor.DeviceId }, ct);
}
