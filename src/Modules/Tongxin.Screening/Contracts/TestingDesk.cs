using Tongxin.Core.Common;
using Tongxin.Core.Protocols;
using Tongxin.Core.Sampling.Pools;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;

namespace Tongxin.Screening.Contracts;

/// <summary>Sets up sites and opens rounds without a page: for set-ups and for the demonstration. Refused as on the pages.</summary>
public interface ITestingDesk
{
    /// <summary>Makes a site with its tables. Commits.</summary>
    Task<Result<Guid>> AddSiteAsync(NewTestingSite site, Actor actor, CancellationToken ct);

    /// <summary>Opens a round over the roll of this moment. Commits.</summary>
    Task<Result<Guid>> OpenRoundAsync(NewTestingRound round, Actor actor, CancellationToken ct);

    /// <summary>Plans a round with the sites it has and puts the plan in force: slots, and who is called to them. Commits.</summary>
    Task<Result> PlanRoundAsync(Guid roundId, Actor actor, CancellationToken ct);

    /// <summary>Lets sampling begin. <paramref name="reason"/> is needed where sites lack people. Commits.</summary>
    Task<Result> StartRoundAsync(Guid roundId, string? reason, Actor actor, CancellationToken ct);

    /// <summary>Enters tubes that were kept on paper: who is in each, when it was closed, and what the laboratory said. Commits. The answer is how many samples were taken over.</summary>
    Task<int> EnterTubesAsync(Guid roundId, IReadOnlyList<PaperTube> tubes, Actor actor, CancellationToken ct);

    /// <summary>Ends a round. A reason is needed while people are outstanding. Commits.</summary>
    Task<Result> CloseRoundAsync(Guid roundId, string? reason, Actor actor, CancellationToken ct);
}

/// <summary>A site to be made.</summary>
/// <param name="Tables">How many tables of the normal lane.</param>
/// <param name="GreenTables">How many for the aged, pregnant and disabled.</param>
/// <param name="ApartTables">How many physically apart.</param>
public sealed record NewTestingSite(string Name, Guid PlaceId, string? Spot, int Tables, int GreenTables = 0, int ApartTables = 0)
{
    /// <summary>Whom it serves.</summary>
    public RiskLevel Risk { get; init; } = RiskLevel.Low;

    /// <summary>People each table samples in an hour.</summary>
    public int RatePerHour { get; init; } = 80;

    /// <summary>The post of the 点长.</summary>
    public Guid? LeadPostId { get; init; }

    /// <summary>The post of the 录入员.</summary>
    public Guid? ClerkPostId { get; init; }
}

/// <summary>A round to be opened.</summary>
/// <param name="Title">Up to 60 characters.</param>
/// <param name="PoolSize">1, 5, 10 or 20 people in a tube.</param>
/// <param name="Sites">The sites that work for it.</param>
public sealed record NewTestingRound(string Title, DateTimeOffset StartsAt, DateTimeOffset EndsAt, int PoolSize, IReadOnlyList<Guid> Sites)
{
    /// <summary>Only who lives in these places; empty: the whole installation.</summary>
    public IReadOnlyList<Guid> Places { get; init; } = [];

    /// <summary>Only these; empty: everybody.</summary>
    public IReadOnlyList<PersonCategory> Categories { get; init; } = [];

    /// <summary>Buildings of a controlled area (管控区): at most ten of them share a tube.</summary>
    public IReadOnlyList<Guid> Controlled { get; init; } = [];

    /// <summary>It began on paper: the opening is entered later.</summary>
    public bool IsEnteredLater { get; init; }
}

/// <summary>A tube as the slip at the table says it.</summary>
/// <param name="Code">The code printed on it.</param>
/// <param name="Size">The most people that go into it.</param>
/// <param name="SiteId">Where; one of the round's sites.</param>
/// <param name="Samples">Who is in it and when each was sampled, in order.</param>
/// <param name="Result">What the laboratory found; null: not yet known.</param>
/// <param name="ResultAt">When it said so.</param>
public sealed record PaperTube(string Code, int Size, Guid SiteId, IReadOnlyList<PaperSample> Samples, TubeResult? Result, DateTimeOffset? ResultAt);

/// <summary>A person in a tube.</summary>
public sealed record PaperSample(Guid PersonId, DateTimeOffset At);
