using Tongxin.Core.Common;
using Tongxin.Core.Sampling;
using Tongxin.Platform.Access;
using Tongxin.Screening.Contracts;
using Tongxin.Screening.Plans;
using Tongxin.Screening.Plans.Data;
using Tongxin.Screening.Rounds.Data;
using Tongxin.Screening.Sites;
using Tongxin.Screening.Sites.Data;

namespace Tongxin.Screening.Rounds;

internal sealed class TestingDesk(KeepSites sites, OpenTesting open, KeepTesting keep, MakePlan plan, PublishPlan publish) : ITestingDesk
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
            round.Sites, round.Places, round.Categories, WithoutRoom: round.Places.Count == 0)
        { IsEnteredLater = round.IsEnteredLater }, actor, ct);

    public async Task<Result> PlanRoundAsync(Guid roundId, Actor actor, CancellationToken ct)
    {
        var made = await plan.FreshAsync(roundId, new PlanOptions(), actor, ct);
        if (made.IsFailure) return made.Error;
        var published = await publish.ExecuteAsync(roundId, made.Value, actor, ct);
        return published.IsFailure ? published.Error : Result.Ok;
    }

    public Task<Result> StartRoundAsync(Guid roundId, string? reason, Actor actor, CancellationToken ct) => keep.StartAsync(roundId, reason, actor, ct);

    public Task<Result> CloseRoundAsync(Guid roundId, string? reason, Actor actor, CancellationToken ct) => keep.CloseAsync(roundId, reason, actor, ct);
}
