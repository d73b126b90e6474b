using Tongxin.Core.Common;
using Tongxin.Core.Rostering;
using Tongxin.Workforce.Data;
using Tongxin.Workforce.Rosters;

namespace Tongxin.Workforce.Wishes;

/// <summary>Shifts of a day that begin and end together, at whichever post.</summary>
internal sealed record WishSpan(int StartsAt, int Minutes)
{
    public static WishSpan Of(RosterDuty duty) => new((int)(duty.Starts - CampusCalendar.StartOf(duty.Day)).TotalMinutes, duty.Minutes);

    public override string ToString() => RosterWords.Span(new ShiftFacts("", StartsAt, Minutes, 0, 0));
}

/// <summary>How many wishes there are, and how many the roster as it is now meets.</summary>
internal sealed record WishFigures(int People, int On, int OnMet, int Off, int OffMet)
{
    public int All => On + Off;

    public int Met => OnMet + OffMet;
}

/// <summary>What wishes mean for single duties. A wish about a shift goes before one about its whole day.</summary>
internal sealed class RosterWishes
{
    private readonly ILookup<(Guid Person, DateOnly Day), DutyWish> _wishes;
    private readonly ILookup<DateOnly, RosterDuty> _duties;

    public RosterWishes(IReadOnlyList<DutyWish> wishes, IEnumerable<RosterDuty> duties)
    {
        All = wishes;
        _wishes = wishes.ToLookup(w => (w.PersonId, w.Day));
        _duties = duties.ToLookup(d => d.Day);
    }

    public IReadOnlyList<DutyWish> All { get; }

    /// <summary>A person's wishes about a day.</summary>
    public IEnumerable<DutyWish> On(Guid person, DateOnly day) => _wishes[(person, day)];

    /// <summary>The wish that speaks of this duty; null: none does.</summary>
    public DutyWish? About(Guid person, RosterDuty duty)
    {
        var day = _wishes[(person, duty.Day)];
        var span = WishSpan.Of(duty);
        return day.FirstOrDefault(w => w.StartsAt == span.StartsAt && w.Minutes == span.Minutes) ?? day.FirstOrDefault(w => w.IsWholeDay);
    }

    /// <summary>A person's wishes as the solver takes them.</summary>
    public IReadOnlyList<Wish> For(Guid person, IEnumerable<DutyWish> own) =>
        [.. own.Select(w => w.Day).Distinct().SelectMany(day => _duties[day]).Select(d => (Duty: d.Id, Wish: About(person, d))).Where(x => x.Wish is not null)
            .Select(x => new Wish(x.Duty, x.Wish?.IsOn == true))];

    /// <summary>Counted from the turns: a wish to serve is met by one duty that it means, a wish to rest by none.</summary>
    public WishFigures Count(Ground ground)
    {
        var (on, onMet, off, offMet) = (0, 0, 0, 0);
        foreach (var wish in All)
        {
            var met = IsMet(ground, wish);
            if (wish.IsOn) (on, onMet) = (on + 1, onMet + (met ? 1 : 0));
            else (off, offMet) = (off + 1, offMet + (met ? 1 : 0));
        }

        return new WishFigures(All.Select(w => w.PersonId).Distinct().Count(), on, onMet, off, offMet);
    }

    public bool IsMet(Ground ground, DutyWish wish)
    {
        var serves = ground.TurnsOfPerson[wish.PersonId].Any(t => !t.IsReserve && About(wish.PersonId, ground.DutyById[t.DutyId])?.Id == wish.Id);
        return serves == wish.IsOn;
    }
}
