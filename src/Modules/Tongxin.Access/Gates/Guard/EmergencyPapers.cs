using Tongxin.Access.Gates.Readings;
using Tongxin.Access.Permits;
using Tongxin.Access.Permits.Data;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Access.Gates.Guard;

/// <summary>An exit that waited for nothing becomes a permit whose papers are open: who it was, which hospital, what after the return.</summary>
internal sealed class EmergencyPapers(TongxinDb db, SecretBox box, TimeProvider clock)
{
    /// <summary>Adds it to the caller's transaction, under the passage's own id: the same exit never opens two.</summary>
    public void Open(Passage passage, Guid place, string? said, Actor actor)
    {
        var due = passage.SeenAt + AskPermit.PapersWithin;
        db.Add(Permit.Emergency(passage.Id, new PermitFacts
        {
            Kind = PermitKind.Hospital,
            PlaceId = place,
            Plate = passage.Plate,
            From = passage.SeenAt,
            Until = passage.SeenAt + PermitLimits.Longest(PermitKind.Hospital),
            Passages = 1,
            Companions = passage.Companions,
            Detail = new PermitDetail { Purpose = string.IsNullOrWhiteSpace(said) ? null : said, Severity = Severity.Urgent },
        }, passage.SeenAt, due, box, actor.AccountId, clock.GetUtcNow()));
    }
}
