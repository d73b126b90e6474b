using Tongxin.Core.Protocols;
using Tongxin.Core.Sampling;
using Tongxin.Platform;
using Tongxin.Platform.Data;
using Tongxin.Screening.Rounds.Data;

namespace Tongxin.Screening.Sites.Data;

/// <summary>What the office says of a site.</summary>
internal sealed record SiteFacts
{
    public string Name { get; init; } = "";

    /// <summary>Where it stands: decides who reaches it.</summary>
    public Guid PlaceId { get; init; }

    /// <summary>Where exactly, in words.</summary>
    public string? Spot { get; init; }

    /// <summary>Whom it serves: levels never share a slot.</summary>
    public RiskLevel Risk { get; init; } = RiskLevel.Low;

    /// <summary>People who can wait a metre apart.</summary>
    public int QueueRoom { get; init; } = 200;

    /// <summary>The post of the 点长.</summary>
    public Guid? LeadPostId { get; init; }

    /// <summary>The post of the 录入员: one for each table.</summary>
    public Guid? ClerkPostId { get; init; }
}

/// <summary>采样点.</summary>
internal sealed class TestingSite : IVersioned
{
    private TestingSite() { }

    public Guid Id { get; private set; }
    public string Name { get; private set; } = "";
    public Guid PlaceId { get; private set; }
    public string? Spot { get; private set; }
    public RiskLevel Risk { get; private set; }
    public int QueueRoom { get; private set; }
    public Guid? LeadPostId { get; private set; }
    public Guid? ClerkPostId { get; private set; }

    /// <summary>No longer a site; what was sampled there keeps its name.</summary>
    public DateTimeOffset? ClosedAt { get; private set; }
    public int Version { get; private set; }

    public SiteFacts Facts => new() { Name = Name, PlaceId = PlaceId, Spot = Spot, Risk = Risk, QueueRoom = QueueRoom, LeadPostId = LeadPostId, ClerkPostId = ClerkPostId };

    public static TestingSite Create(SiteFacts facts)
    {
        var site = new TestingSite { Id = Ids.New() };
        site.Change(facts);
        return site;
    }

    public void Change(SiteFacts facts) =>
        (Name, PlaceId, Spot, Risk, QueueRoom, LeadPostId, ClerkPostId) = (facts.Name, facts.PlaceId, facts.Spot, facts.Risk, facts.QueueRoom, facts.LeadPostId, facts.ClerkPostId);

    public void Close(DateTimeOffset at) => ClosedAt ??= at;
}

/// <summary>采样台: one sampler, one clerk.</summary>
internal sealed class SiteTable
{
    private SiteTable() { }

    public Guid Id { get; private set; }
    public Guid SiteId { get; private set; }

    /// <summary>As it stands on the sign; counted on from 1 and never used again at its site.</summary>
    public int Number { get; private set; }

    /// <summary>Whom it serves; never <see cref="SamplingLane.Home"/>.</summary>
    public SamplingLane Lane { get; private set; }

    /// <summary>People sampled in an hour: 80 by default, 120 at most for long.</summary>
    public int RatePerHour { get; private set; }
    public DateTimeOffset? ClosedAt { get; private set; }

    public static SiteTable Of(Guid site, int number, SamplingLane lane, int rate) => new() { Id = Ids.New(), SiteId = site, Number = number, Lane = lane, RatePerHour = rate };

    public void Change(SamplingLane lane, int rate) => (Lane, RatePerHour) = (lane, rate);

    public void Close(DateTimeOffset at) => ClosedAt ??= at;
}
