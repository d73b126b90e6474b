using Tongxin.Access.Contracts;
using Tongxin.Access.Data;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Access.Restrictions;

/// <summary>Payload of the outbox: which step a person is told of.</summary>
internal sealed record NoticeAsked(Guid EventId);

/// <summary>
/// What every step of a measure does besides: a fact, the seal, a notice to the person where the step changes anything for them, and the
/// event on which passes are withdrawn.
/// </summary>
internal sealed class MeasureSteps(TongxinDb db, SecretBox box)
{
    public const string NoticeKind = "access.notice";

    public void Take(Measure measure, RestrictionStep step, Actor actor, DateTimeOffset at, DateTimeOffset written, string? reason = null)
    {
        measure.Sign(box);
        var fact = MeasureEvent.Of(measure, step, at, written, Party.Of(actor), box.Seal(reason));
        db.Add(fact);
        db.Record(actor, $"access.measure.{step.ToString().ToLowerInvariant()}", "measure", measure.Id, details: new { person = measure.PersonId, measure.Kind, measure.EvidenceId });
        if (step is RestrictionStep.Proposed or RestrictionStep.Refused or RestrictionStep.Withdrawn) return;
        db.Enqueue(NoticeKind, fact.Id.ToString("N"), new NoticeAsked(fact.Id));
        db.Raise(new RestrictionsChanged([measure.PersonId]));
    }
}
