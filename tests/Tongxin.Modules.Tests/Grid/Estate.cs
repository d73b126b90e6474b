using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tongxin.Core.Rounds;
using Tongxin.Core.Text;
using Tongxin.Grid.Data;
using Tongxin.Grid.OpenRound;
using Tongxin.Grid.RecordVisit;
using Tongxin.People.Contracts;
using Tongxin.People.Data;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.TestKit.Web;
using Tongxin.Workforce.Contracts;
using Tongxin.Workforce.Data;
using Xunit;

namespace Tongxin.Modules.Tests.Grid;

/// <summary>A small estate: buildings with two entrances, one cell, team and captain for each entrance, a family behind each door.</summary>
internal sealed class Estate
{
    private Estate(TongxinApp app) => App = app;

    public TongxinApp App { get; }
    public List<Place> Buildings { get; } = [];
    public List<Place> Entrances { get; } = [];
    public List<Household> Homes { get; } = [];
    public List<Cell> Cells { get; } = [];
    public List<Team> Teams { get; } = [];
    public List<Person> Captains { get; } = [];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <param name="app">Where.</param>
    /// <param name="entrances">Each is a cell with a team of its own.</param>
    /// <param name="rooms">Households of an entrance.</param>
    /// <param name="withPeople">A head with a phone ending in the room's number, padded: room 101 has 0101.</param>
    public static async Task<Estate> BuildAsync(TongxinApp app, int entrances = 2, int rooms = 8, bool withPeople = true)
    {
        var estate = new Estate(app);
        await app.InScopeAsync(async services =>
        {
            var db = services.GetRequiredService<TongxinDb>();
            var box = services.GetRequiredService<SecretBox>();
            var now = app.Clock.GetUtcNow();
            var today = new DateOnly(2022, 4, 1);
            var campus = Place.Create(null, PlaceKind.Campus, "沁园", "沁园", "01");
            db.Add(campus);
            for (var e = 0; e < entrances; e++)
            {
                if (e % 2 == 0)
                {
                    var building = Place.Create(campus, PlaceKind.Building, $"{(e / 2) + 1}栋", $"{(e / 2) + 1}", $"{(e / 2) + 1:000}");
                    building.Draw(e * 60, 10, 100, 30);
                    estate.Buildings.Add(building);
                }
                var entrance = Place.Create(estate.Buildings[^1], PlaceKind.Entrance, $"{(e % 2) + 1}单元", $"{(e % 2) + 1}", $"{(e % 2) + 1:00}");
                entrance.Draw((e * 60) + 2, 12, 40, 26);
                estate.Entrances.Add(entrance);
                var captain = Person.Create(Tongxin.Platform.Ids.New(), new PersonFacts { Name = $"队长{e + 1}", Phone = $"1990000{1000 + e}" }, box, now);
                var team = Team.Create($"第{e + 1}队", null, today, null);
                var cell = Cell.Cut($"G-{e + 1:00}", $"第{e + 1}网格", $"{e + 1:000}");
                cell.GiveTo(team.Id);
                estate.Captains.Add(captain);
                estate.Teams.Add(team);
                estate.Cells.Add(cell);
                db.Add(captain);
                db.Add(team);
                db.Add(Membership.Start(team.Id, captain.Id, TeamRole.Captain, now.AddDays(-1)));
                db.Add(cell);
                for (var r = 0; r < rooms; r++)
                {
                    var room = (((r / 4) + 1) * 100) + (r % 4) + 1;
                    var home = Household.Create(entrance, HouseholdKind.Family, $"{room}", $"{estate.Buildings[^1].Code}-{entrance.Code}-{room}", $"{entrance.SortKey} {room:00000}", HousingUse.OwnerOccupied);
                    estate.Homes.Add(home);
                    db.Add(home);
                    if (!withPeople) continue;
                    var head = Person.Create(Tongxin.Platform.Ids.New(), new PersonFacts { Name = $"王小{(char)('一' + r)}", Phone = $"1990001{room:0000}" }, box, now);
                    db.Add(head);
                    db.Add(Residency.Start(head.Id, home.Id, Relation.Head, null, today));
                }
            }
            db.AddRange(estate.Buildings);
            db.AddRange(estate.Entrances);
            db.Record(Actor.System, "test.arranged", "test", null);
            await db.CommitAsync(Ct);
            foreach (var (entrance, cell) in estate.Entrances.Zip(estate.Cells))
            {
                var ids = estate.Homes.Where(h => h.PlaceId == entrance.Id).Select(h => h.Id).ToList();
                await db.Set<CellHousehold>().Where(c => ids.Contains(c.HouseholdId)).ExecuteUpdateAsync(s => s.SetProperty(c => c.CellId, cell.Id), Ct);
            }
            return 0;
        });
        return estate;
    }

    public Actor Office => App.ActorOf(Roles.Office);

    public Actor Captain(int team) => App.ActorOf(Roles.Captain, ScopeKind.Team, Teams[team].Id, Captains[team].Id);

    public Task<Visitor> SignInCaptainAsync(int team) => App.SignInAsAsync(null, ScopeKind.Everything, null, Captains[team].Id);

    public async Task<OpenRoundResult> OpenAsync(params Guid[] cells) =>
        (await App.CallAsync<OpenRound, Core.Common.Result<OpenRoundResult>>(slice =>
            slice.ExecuteAsync(new OpenRoundRequest("敲门行动·第1轮", App.Clock.GetUtcNow().AddHours(12), [], cells), Office, Ct))).Value;

    public async Task<ItemAnswer> RecordAsync(Actor actor, OutcomeItem item) => (await RecordAllAsync(actor, [item]))[0];

    public Task<IReadOnlyList<ItemAnswer>> RecordAllAsync(Actor actor, IReadOnlyList<OutcomeItem> items) =>
        App.CallAsync<RecordOutcomes, IReadOnlyList<ItemAnswer>>(slice => slice.ExecuteAsync(items, actor, Ct));

    public Task<Target> TargetAsync(Guid round, Guid target) =>
        App.ReadAsync(db => db.Set<Target>().AsNoTracking().SingleAsync(t => t.RoundId == round && t.TargetId == target, Ct));

    public async Task<RoundBalance> BalanceAsync(Guid round) =>
        Tongxin.Grid.RoundBoard.Figures.Balance(await App.CallAsync<Tongxin.Grid.RoundBoard.RoundFigures, IReadOnlyList<Tongxin.Grid.RoundBoard.FigureRow>>(
            figures => figures.ReadAsync(round, TargetScope.All, Ct)));
}
