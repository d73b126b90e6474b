using Tongxin.Core.Common;
using Tongxin.Core.Sampling;
using Tongxin.Platform.Access;
using Tongxin.Screening.Contracts;
using Tongxin.Screening.Rounds.Data;
using Tongxin.Screening.Sites;
using Tongxin.Screening.Sites.Data;

namespace Tongxin.Screening.Rounds;

internal sealed class TestingDesk(KeepSites sites, OpenTesting open, KeepTesting keep) : ITestingDesk
{
    public async Task<Result<Guid>> AddSiteAsync(NewTestingSite site, Actor actor, CancellationToken ct)
    {
        var tables = Enumerable.Repeat(SamplingLane.Normal, site.Tables).Concat(Enumerable.Repeat(SamplingLane.Green, site.GreenTables)).Concat(Enumerable.Repeat(SamplingLane.Apart, site.ApartTables));
        return await sites.CreateAsync(
            new SiteFacts { Name = site.Name, PlaceId = site.PlaceId, Spot = site.Spot, Risk = site.Risk, LeadPostId = site.LeadPostId, ClerkPostId = site.ClerkPostId },
            [.. tables.Select(lane => (lane, site.RatePerHour))], actor, ct);
    }

    public async Task<Result<Guid>> OpenRoundAsync(NewTestingRound round, Actor actor, CancellationToken ct) => await open.ExecuteAsync(
        new OpenTestingRequest(
            new TestingFacts { Title = round.Title, StartsAt = round.StartsAt, EndsAt = round.EndsAt, PoolSize = round.PoolSize },
            round.Sites, round.Places, round.Categories, WithoutRoom: round.Places.Count == 0) { IsEnteredLater = round.IsEnteredLater }, actor, ct);

    public Task<Result> StartRoundAsync(Guid roundId, string? reason, Actor actor, CancellationToken ct) => keep.StartAsync(roundId, reason, actor, ct);

    public Task<Result> CloseRoundAsync(Guid roundId, string? reason, Actor actor, CancellationToken ct) => keep.CloseAsync(roundId, reason, actor, ct);
}
