using Tongxin.Access.Contracts;
using Tongxin.Core.Common;
using Tongxin.Platform.Access;

namespace Tongxin.Access.Restrictions;

/// <summary>The contract: the same slices that the pages call.</summary>
internal sealed class Restrictions(AskRestrictions ask, LiftRestriction lift, ReadMeasures read) : IRestrictions
{
    public Task<Result<RestrictionsAsked>> RestrictAsync(RestrictionRequest request, Actor actor, CancellationToken ct) => ask.ExecuteAsync(request, actor, ct);

    public Task<Result> LiftAsync(Guid restrictionId, string reason, Actor actor, CancellationToken ct) => lift.ExecuteAsync(restrictionId, reason, actor, ct);

    public async Task<IReadOnlyList<RestrictionView>> ActiveAsync(IReadOnlyCollection<Guid> personIds, DateTimeOffset at, CancellationToken ct) =>
        [.. (await read.InForceAsync(personIds, at, ct)).Select(m => new RestrictionView(m.Id, m.PersonId, m.Kind, m.EditionId, m.From ?? m.AskedAt, m.Until, m.Basis))];
}
