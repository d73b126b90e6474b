using Microsoft.EntityFrameworkCore;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Workforce.Contracts;
using Tongxin.Workforce.Data;

namespace Tongxin.Workforce.Volunteers;

internal sealed class VolunteerRegister(TongxinDb db, TimeProvider clock) : IVolunteers
{
    public async Task OfferAsync(IReadOnlyList<NewVolunteer> offers, Actor actor, CancellationToken ct)
    {
        var ids = offers.Select(o => o.PersonId).ToList();
        var known = await db.Set<Volunteer>().Where(v => ids.Contains(v.PersonId)).ToDictionaryAsync(v => v.PersonId, ct);
        foreach (var offer in offers.DistinctBy(o => o.PersonId))
        {
            if (known.TryGetValue(offer.PersonId, out var volunteer))
            {
                volunteer.Correct(offer.CanLead, offer.PartyMember);
                volunteer.Return();
            }
            else db.Add(Volunteer.Offer(offer.PersonId, offer.CanLead, offer.PartyMember, clock.GetUtcNow()));
        }
        db.Record(actor, "workforce.volunteers.offered", "volunteer", null, details: new { offers = offers.Count });
    }
}
