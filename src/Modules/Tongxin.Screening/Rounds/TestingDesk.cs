using Tongxin.Core.Common;
using Tongxin.Core.Sampling;
using Tongxin.Core.Sampling.Pools;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Screening.Contracts;
using Tongxin.Screening.Plans;
using Tongxin.Screening.Plans.Data;
using Tongxin.Screening.Rounds.Data;
using Tongxin.Screening.Sites;
using Tongxin.Screening.Sites.Data;
using Tongxin.Screening.Tubes;

namespace Tongxin.Screening.Rounds;

internal sealed class TestingDesk(KeepSites sites, OpenTesting open, KeepTesting keep, MakePlan plan, PublishPlan publish, TubeWriter tubes) : ITestingDesk
{
    /// <summary>A transaction for so many slips: each is judged as if it came alone, and all are held no longer than a phone's batch is.</summary>
    private const int TubesTogether = 200;

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
        { Controlled = round.Controlled, IsEnteredLater = round.IsEnteredLater }, actor, ct);

    public async Task<Result> PlanRoundAsync(Guid roundId, Actor actor, CancellationToken ct)
    {
        var made = await plan.FreshAsync(roundId, new PlanOptions(), actor, ct);
        if (made.IsFailure) return made.Error;
        var published = await publish.ExecuteAsync(roundId, made.Value, actor, ct);
        return published.IsFailure ? published.Error : Result.Ok;
    }

    public Task<Result> StartRoundAsync(Guid roundId, string? reason, Actor actor, CancellationToken ct) => keep.StartAsync(roundId, reason, actor, ct);

    public async Task<int> EnterTubesAsync(Guid roundId, IReadOnlyList<PaperTube> paper, Actor actor, CancellationToken ct)
    {
        var taken = 0;
        foreach (var some in paper.Chunk(TubesTogether))
        {
            var facts = some.SelectMany(tube => FactsOf(roundId, tube)).ToList();
            var written = await tubes.WriteAsync([.. facts.Select(f => new TubeItem(f with { By = actor.PersonId ?? actor.AccountId }, IsVouched: true))], actor, ct);
            taken += facts.Zip(written.Answers).Count(x => x.First.Kind == TubeFactKind.Sampled && x.Second.Verdict == TubeVerdict.Recorded);
        }

        return taken;
    }

    private static IEnumerable<TubeFact> FactsOf(Guid round, PaperTube tube)
    {
        var (first, last) = (tube.Samples[0].At, tube.Samples[^1].At);
        yield return Fact(TubeFactKind.Opened, first.AddSeconds(-1)) with { Size = tube.Size, SiteId = tube.SiteId };
        foreach (var sample in tube.Samples) yield return Fact(TubeFactKind.Sampled, sample.At) with { PersonId = sample.PersonId };
        yield return Fact(TubeFactKind.Closed, last.AddSeconds(1)) with { Members = tube.Samples.Count };
        if (tube is { Result: { } result, ResultAt: { } said }) yield return Fact(TubeFactKind.Resulted, said) with { Result = result, Version = 1 };

        TubeFact Fact(TubeFactKind kind, DateTimeOffset at) => new(Ids.New(), round, TubeCode.Read(tube.Code), kind, at, at);
    }

    public Task<Result> CloseRoundAsync(Guid roundId, string? reason, Actor actor, CancellationToken ct) => keep.CloseAsync(roundId, reason, actor, ct);
}
