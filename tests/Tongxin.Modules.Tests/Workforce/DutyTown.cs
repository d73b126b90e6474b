using Tongxin.Core.Common;
using Tongxin.Modules.Tests.People;
using Tongxin.People.Data;
using Tongxin.Platform.Access;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Web;
using Tongxin.Workforce.Contracts;
using Tongxin.Workforce.Data;

namespace Tongxin.Modules.Tests.Workforce;

/// <summary>A town with a published roster: an eastern gate around the clock, arranged turn by turn.</summary>
internal sealed class DutyTown : IAsyncDisposable
{
    public static readonly DateOnly Today = Town.Today;

    private readonly Dictionary<(Guid Post, int Start, int Minutes), ShiftTemplate> _templates = [];

    private DutyTown(Town town, Post gate, Roster roster) => (Town, Gate, Roster) = (town, gate, roster);

    public Town Town { get; }

    public Post Gate { get; }

    public Roster Roster { get; }

    public TongxinApp App => Town.App;

    public static CancellationToken Ct => Town.Ct;

    public static async Task<DutyTown> BuildAsync(Provider provider, bool aroundTheClock = true, string settings = "{}")
    {
        var town = await Town.BuildAsync(provider);
        var gate = Post.Create(new PostFacts
        {
            Name = "东门",
            PlaceId = town.East.Id,
            Spot = "岗亭",
            IsAroundTheClock = aroundTheClock,
            Checklist = [new("查验通行证", true), new("擦拭桌面", false)],
            Issue = [new("N95口罩", 2)],
            Contact = "值班室 8001",
        });
        var roster = Roster.Create("四月值班表", Today, 14, settings, Guid.Empty, town.App.Clock.Now);
        roster.Publish(Guid.Empty, town.App.Clock.Now);
        await town.App.AddAsync(gate, roster);
        foreach (var person in new[] { town.Wang, town.Li, town.Zhao, town.Qian }) await town.App.AddAsync(RosterMember.Of(roster.Id, person.Id));
        return new DutyTown(town, gate, roster);
    }

    /// <summary>A duty at a post, from an hour of a day, for so many hours.</summary>
    public async Task<RosterDuty> DutyAsync(DateOnly day, int hour, int hours, int needed = 1, Post? post = null)
    {
        var at = post ?? Gate;
        if (!_templates.TryGetValue((at.Id, hour, hours), out var template))
        {
            template = ShiftTemplate.Create(at.Id, new ShiftFacts("班", hour * 60, hours * 60, needed, needed));
            _templates[(at.Id, hour, hours)] = template;
            await App.AddAsync(template);
        }
        var duty = RosterDuty.Of(Roster.SeriesId, template, day);
        await App.AddAsync(duty);
        return duty;
    }

    /// <summary>A published turn.</summary>
    public async Task<Turn> TurnAsync(RosterDuty duty, Person person, bool reserve = false)
    {
        var turn = Turn.Draft(Roster.Id, duty.Id, person.Id, reserve: reserve);
        turn.Move(TurnState.Published, App.Clock.Now);
        await App.AddAsync(turn);
        return turn;
    }

    public async Task<Turn> TurnAsync(Person person, int days, int hour, int hours) => await TurnAsync(await DutyAsync(Today.AddDays(days), hour, hours), person);

    /// <summary>A helper: an account of that person without any role given by hand.</summary>
    public Task<Visitor> SignInAsync(Person person) => App.SignInAsAsync(null, ScopeKind.Everything, null, person.Id);

    public Actor ActorOf(Person person) => new(Tongxin.Platform.Ids.New(), person.Id, person.Name, null, []);

    /// <summary>Moves the clock to a time of a day.</summary>
    public void Set(DateOnly day, int hour, int minute = 0) => App.Clock.Set(CampusCalendar.At(day, TimeOnly.MinValue).AddHours(hour).AddMinutes(minute));

    public Task<Turn> ReadAsync(Turn turn) => App.ReadAsync(async db => await db.FindAsync<Turn>(turn.Id) ?? throw new InvalidOperationException("gone"));

    public ValueTask DisposeAsync() => Town.DisposeAsync();
}
