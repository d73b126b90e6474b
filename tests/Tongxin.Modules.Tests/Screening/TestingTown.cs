using Tongxin.Core.Common;
using Tongxin.Core.Rounds;
using Tongxin.Core.Text;
using Tongxin.Grid.Contracts;
using Tongxin.Modules.Tests.Grid;
using Tongxin.People.Contracts;
using Tongxin.People.Data;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Screening.Contracts;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Web;
using Xunit;

namespace Tongxin.Modules.Tests.Screening;

/// <summary>The small estate with a testing site and an open round for everybody.</summary>
internal sealed class TestingTown : IAsyncDisposable
{
    private TestingTown(TongxinApp app, Estate estate) => (App, Estate) = (app, estate);

    public TongxinApp App { get; }
    public Estate Estate { get; }
    public Guid Site { get; private set; }
    public Guid Round { get; private set; }
    public Actor Office => Estate.Office;

    public static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<TestingTown> BuildAsync(Provider provider, int entrances = 2, int rooms = 8, bool opened = true)
    {
        var app = await TongxinApp.StartAsync(provider);
        var town = new TestingTown(app, await Estate.BuildAsync(app, entrances, rooms));
        town.Site = (await app.CallAsync((ITestingDesk d) => d.AddSiteAsync(new NewTestingSite("南门采样点", town.Estate.Buildings[0].Id, null, 2, 1, 1), town.Office, Ct))).Value;
        if (opened) town.Round = (await town.OpenAsync()).Value;
        return town;
    }

    public Task<Result<Guid>> OpenAsync(Func<NewTestingRound, NewTestingRound>? change = null, Actor? actor = null)
    {
        var now = App.Clock.GetUtcNow();
        var round = new NewTestingRound("第1轮", now.AddHours(1), now.AddHours(9), 10, [Site]);
        return App.CallAsync((ITestingDesk d) => d.OpenRoundAsync((change ?? (r => r))(round), actor ?? Office, Ct));
    }

    public async Task OpenHereAsync() => Round = (await OpenAsync()).Value;

    /// <summary>Somebody more behind a door.</summary>
    public async Task<Guid> MoveInAsync(Household home, PersonFacts facts, CareKind? care = null)
    {
        var id = Ids.New();
        await App.InScopeAsync(async services =>
        {
            var box = (SecretBox)services.GetService(typeof(SecretBox))!; // registered by the product
            var today = CampusCalendar.DayOf(App.Clock.GetUtcNow());
            List<object> rows = [Person.Create(id, facts, box, App.Clock.GetUtcNow()), Residency.Start(id, home.Id, Relation.Other, null, today)];
            if (care is { } kind) rows.Add(CareTag.Add(id, kind, "照看", today, today.AddDays(30), Ids.New(), App.Clock.GetUtcNow()));
            await App.AddAsync([.. rows]);
            return 0;
        });
        return id;
    }

    /// <summary>Facts as the module of tubes enters them.</summary>
    public Task<IReadOnlyList<FactVerdict>> RecordAsync(params RoundFact[] facts) => App.InScopeAsync(async services =>
    {
        var db = (TongxinDb)services.GetService(typeof(TongxinDb))!; // registered by the product
        var desk = (IRoundDesk)services.GetService(typeof(IRoundDesk))!; // registered by the product
        await using var transaction = await db.Database.BeginTransactionAsync(Ct);
        var verdicts = await desk.RecordAsync(Round, facts, Office, Ct);
        await db.CommitAsync(Ct);
        await transaction.CommitAsync(Ct);
        return verdicts;
    });

    public RoundFact Fact(Guid person, OutcomeKind kind, double minutes = 60, string? reason = null, Guid? corrects = null) =>
        new(Ids.New(), person, kind, Channel.Visit, App.Clock.GetUtcNow().AddMinutes(minutes - 60), corrects, reason);

    public async Task<RoundBalance> BalanceAsync() => (await App.CallAsync((IRounds r) => r.FindAsync(Round, RoundReach.All, Ct)))?.Balance ?? default;

    public Task<IReadOnlyList<TargetView>> PeopleAsync() =>
        App.CallAsync(async (IRounds r) => (await r.TargetsAsync(new TargetQuery(Round, Take: 1000), RoundReach.All, Ct)).Rows);

    public ValueTask DisposeAsync() => App.DisposeAsync();
}
