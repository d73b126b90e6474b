using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Tongxin.Core.Rounds;
using Tongxin.Core.Sampling;
using Tongxin.Core.Sampling.Pools;
using Tongxin.Grid.Contracts;
using Tongxin.People.Contracts;
using Tongxin.People.Data;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Platform.Outbox;
using Tongxin.Screening.Rounds.Data;
using Tongxin.Screening.Sites.Data;
using Tongxin.Screening.Tubes;
using Tongxin.Screening.Tubes.Data;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Web;
using Xunit;

namespace Tongxin.Modules.Tests.Screening.Tubes;

/// <summary>A round over a few people, one site with two tables, and the facts that phones there would send.</summary>
internal sealed class TubeTown : IAsyncDisposable
{
    public static readonly Guid Phone = new("0190a000-0000-7000-8000-000000000001");
    public static readonly Guid OtherPhone = new("0190a000-0000-7000-8000-000000000002");

    private TubeTown(TongxinApp app) => App = app;

    public TongxinApp App { get; }
    public Guid Round { get; private set; }
    public Guid Site { get; private set; }
    public Guid Table { get; private set; }
    public Guid OtherTable { get; private set; }
    public IReadOnlyList<Guid> People { get; private set; } = [];
    public Actor Office => App.ActorOf(Roles.Office);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<TubeTown> BuildAsync(Provider provider, int people = 24, Action<IServiceCollection>? replace = null)
    {
        // The outbox works when a test says so.
        var town = new TubeTown(await TongxinApp.StartAsync(provider, services =>
        {
            services.Remove(services.Single(s => s.ImplementationType == typeof(OutboxService)));
            replace?.Invoke(services);
        }));
        try
        {
            var campus = Place.Create(null, PlaceKind.Campus, "东校区", "东校区", "1");
            var site = TestingSite.Create(new SiteFacts { Name = "操场", PlaceId = campus.Id });
            await town.App.AddAsync(campus, site);
            var (one, two) = (SiteTable.Of(site.Id, 1, SamplingLane.Normal, 80), SiteTable.Of(site.Id, 2, SamplingLane.Normal, 80));
            await town.App.AddAsync(one, two);
            (town.Site, town.Table, town.OtherTable) = (site.Id, one.Id, two.Id);
            town.People = [.. Enumerable.Range(0, people).Select(_ => Ids.New())];
            town.Round = await town.OpenRoundAsync(town.People);
            return town;
        }
        catch
        {
            await town.DisposeAsync();
            throw;
        }
    }

    public async Task<Guid> OpenRoundAsync(IReadOnlyList<Guid> people)
    {
        var now = App.Clock.GetUtcNow();
        var opened = await App.CallAsync((IRoundDesk desk) => desk.OpenAsync(
            new NewRound(RoundKind.Testing, "第一轮", now.AddHours(8), TargetKind.Person, [.. people.Select((p, i) => new NewTarget(p, null, $"居民{i}", $"{i:000000}"))]) { StartedAt = now.AddHours(-1) }, Office, Ct));
        var round = TestingRound.Open(opened.Value.Id, opened.Value.Number, new TestingFacts { Title = "第一轮", StartsAt = now.AddHours(-1), EndsAt = now.AddHours(8), PoolSize = 10 });
        await App.AddAsync(round);
        await App.AddAsync([.. people.Select(p => (object)Member.Freeze(round.Id, p, null, Guid.Empty, SamplingLane.Normal, PersonClass.Controlled, 10))]);
        return round.Id;
    }

    /// <summary>Somebody of the register who is not on the roll.</summary>
    public Task<Guid> GuestAsync(string name = "来访") => App.InScopeAsync(async services =>
    {
        var box = (SecretBox)services.GetService(typeof(SecretBox))!; // registered by the product
        var guest = Person.Create(Ids.New(), new PersonFacts { Name = name, Category = PersonCategory.Resident }, box, App.Clock.GetUtcNow());
        await App.AddAsync(guest);
        return guest.Id;
    });

    /// <summary>A round over the same people and somebody of the register more; the answer is the place among the people.</summary>
    public async Task<int> EnrolAsync(string name)
    {
        People = [.. People, await GuestAsync(name)];
        Round = await OpenRoundAsync(People);
        return People.Count - 1;
    }

    public TubeFact Fact(string code, TubeFactKind kind) =>
        new(Ids.New(), Round, code, kind, App.Clock.Now, App.Clock.Now) { DeviceId = Phone, By = Office.AccountId };

    public TubeFact Open(string code, int size = 10, TubePurpose purpose = TubePurpose.Round) =>
        Fact(code, TubeFactKind.Opened) with { Size = size, Purpose = purpose, SiteId = Site, TableId = Table };

    public TubeFact Sample(string code, int person) => Fact(code, TubeFactKind.Sampled) with { PersonId = People[person] };

    public TubeFact Close(string code, int members) => Fact(code, TubeFactKind.Closed) with { Members = members };

    public TubeFact Report(string code, TubeResult result, int version = 1) =>
        Fact(code, TubeFactKind.Resulted) with { Result = result, Version = version, DeviceId = null };

    /// <summary>Opened, filled with these people and closed, one second after the other.</summary>
    public IReadOnlyList<TubeFact> Full(string code, IEnumerable<int> people, int size = 10, TubePurpose purpose = TubePurpose.Round)
    {
        var seats = people.ToList();
        List<TubeFact> facts = [Open(code, size, purpose)];
        foreach (var person in seats)
        {
            App.Clock.Advance(TimeSpan.FromSeconds(1));
            facts.Add(Sample(code, person));
        }
        App.Clock.Advance(TimeSpan.FromSeconds(1));
        facts.Add(Close(code, seats.Count));
        return facts;
    }

    /// <summary>The same facts as if they were seen at the other table with the other phone.</summary>
    public IReadOnlyList<TubeFact> Elsewhere(IEnumerable<TubeFact> facts) =>
        [.. facts.Select(f => f with { DeviceId = OtherPhone, TableId = f.TableId is null ? null : OtherTable })];

    public Task<TubesWritten> WriteAsync(params IEnumerable<TubeFact> facts) => WriteItemsAsync([.. facts.Select(f => new TubeItem(f))]);

    public Task<TubesWritten> AskAsync(params IEnumerable<TubeFact> facts) => WriteItemsAsync([.. facts.Select(f => new TubeItem(f, IsAsked: true))]);

    public async Task<TubesWritten> WriteItemsAsync(IReadOnlyList<TubeItem> items, Actor? actor = null)
    {
        var written = await App.CallAsync((TubeWriter writer) => writer.WriteAsync(items, actor ?? Office, Ct));
        await CheckAsync();
        return written;
    }

    public async Task<RoundBalance> BalanceAsync() =>
        (await App.CallAsync((IRounds rounds) => rounds.FindAsync(Round, RoundReach.All, Ct)))?.Balance ?? throw new InvalidOperationException("The round is gone.");

    public Task<TubeRow> TubeAsync(string code) => App.ReadAsync(db => db.Set<TubeRow>().AsNoTracking().SingleAsync(t => t.Code == code, Ct));

    public Task<TestRow?> TestAsync(int person) =>
        App.ReadAsync(db => db.Set<TestRow>().AsNoTracking().SingleOrDefaultAsync(t => t.RoundId == Round && t.PersonId == People[person], Ct));

    public async Task<TestStatus> StatusAsync(int person) => (await TestAsync(person))?.Status ?? TestStatus.NotSampled;

    /// <summary>
    /// What is stored is what the facts say: the identity of the round, each projection against a fresh fold, and the folds against
    /// the checker that shares no code with them.
    /// </summary>
    public async Task CheckAsync()
    {
        var (facts, rows, tests) = await App.ReadAsync(async db => (
            (await db.Set<TubeFactRow>().AsNoTracking().ToListAsync(Ct)).ConvertAll(f => f.ToFact()),
            await db.Set<TubeRow>().AsNoTracking().ToListAsync(Ct),
            await db.Set<TestRow>().AsNoTracking().Where(t => t.RoundId == Round).ToListAsync(Ct)));
        var tubes = facts.GroupBy(f => f.TubeCode).Select(g => TubeFold.Of(g.Key, g)).ToList();
        var states = MemberFold.All(Round, tubes);

        PoolCheck.Run(Round, facts, tubes, states).ShouldBeEmpty();
        rows.Select(r => (r.Code, r.Stage, r.Members, r.IsCollided)).Order().ShouldBe(tubes.Select(t => (t.Code, t.Stage, t.Members.Count, t.IsCollided)).Order());
        tests.Where(t => t.Status != TestStatus.NotSampled).Select(t => (t.PersonId, t.Status, t.CountedIn)).Order()
            .ShouldBe(states.Where(s => s.Status != TestStatus.NotSampled).Select(s => (s.PersonId, s.Status, s.CountedIn)).Order());
        var balance = await BalanceAsync();
        (balance.Targets, balance.Done, balance.Outstanding).ShouldBe((People.Count, states.Count(s => s.IsCounted && People.Contains(s.PersonId)), People.Count - balance.Done - balance.Excused));
    }

    public ValueTask DisposeAsync() => App.DisposeAsync();
}
