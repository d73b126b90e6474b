using Tongxin.Platform;

namespace Tongxin.Screening.SiteChecks.Data;

/// <summary>What is seen to at a site in each slot.</summary>
internal enum SiteCheckItem
{
    /// <summary>One way in, another out; a metre apart in the queue.</summary>
    Queue,

    /// <summary>Whoever was sampled is led away at once.</summary>
    Leave,

    /// <summary>Samplers and helpers wear what protects them, changed when due.</summary>
    Protection,

    /// <summary>Tables and hands disinfected.</summary>
    Disinfection,

    /// <summary>Waste closed in its bags, boxes handed over.</summary>
    Waste,
}

/// <summary>Somebody saw to something at a site in a slot. One row for each; taken back by removing it, the journal keeps both.</summary>
internal sealed class SiteCheck
{
    private SiteCheck() { }

    public Guid Id { get; private set; }
    public Guid SiteId { get; private set; }

    /// <summary>When the slot begins. Of the site, not of a round: two rounds at one site share its order.</summary>
    public DateTimeOffset Slot { get; private set; }
    public SiteCheckItem Item { get; private set; }
    public DateTimeOffset At { get; private set; }
    public Guid AccountId { get; private set; }
    public Guid? PersonId { get; private set; }

    public static SiteCheck Of(Guid site, DateTimeOffset slot, SiteCheckItem item, DateTimeOffset at, Guid account, Guid? person) =>
        new() { Id = Ids.New(), SiteId = site, Slot = slot, Item = item, At = at, AccountId = account, PersonId = person };
}
