using Microsoft.EntityFrameworkCore;
using Tongxin.People.Contracts;
using Tongxin.Platform.Data;
using Tongxin.Screening.Booking.Data;

namespace Tongxin.Screening.Booking;

/// <summary>Two entries turned out to be one person: what one was told goes along.</summary>
internal sealed class FollowMergedBooking(TongxinDb db) : IHandle<PersonMerged>
{
    public async Task HandleAsync(PersonMerged happened, CancellationToken ct)
    {
        foreach (var note in await db.Set<TestingNote>().Where(n => n.PersonId == happened.GoneId).ToListAsync(ct)) note.Follow(happened.KeptId);
    }
}
