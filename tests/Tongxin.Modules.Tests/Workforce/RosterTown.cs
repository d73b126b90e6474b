using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tongxin.Core.Common;
using Tongxin.Modules.Tests.People;
using Tongxin.People.Contracts;
using Tongxin.People.Data;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Platform.Jobs;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Web;
using Tongxin.Workforce.Data;
using Tongxin.Workforce.Posts;
using Tongxin.Workforce.Rosters;

namespace Tongxin.Modules.Tests.Workforce;

/// <summary>A town with helpers, posts and the few steps that every test about rosters begins with.</summary>
internal sealed class RosterTown : IAsyncDisposable
{
    private RosterTown(Town town) => Town = town;

    public Town Town { get; }
    public TongxinApp App => Town.App;
    public Actor Office => Town.Office;
    public IReadOnlyList<Person> Helpers { get; private set; } = [];

    /// <summary>Monday.</summary>
    public static readonly DateOnly Monday = new(2022, 4, 11);

    public static async Task<RosterTown> BuildAsync(Provider provider, int helpers = 6)
    {
        var town = new RosterTown(await Town.BuildAsync(provider));
        await town.App.InScopeAsync(async services =>
        {
            var box = services.GetRequiredService<SecretBox>();
            var now = town.App.Clock.GetUtcNow();
            town.Helpers = [.. Enumerable.Range(1, helpers).Select(i => Person.Create(
                Ids.New(), new PersonFacts { Name = $"队员{i:00}", Category = PersonCategory.Staff, Number = $"H{i:000}" }, box, now))];
            await town.App.AddAsync([.. town.Helpers, .. town.Helpers.Select(p => Volunteer.Offer(p.Id, canLead: false, partyMember: false, now))]);
            return 0;
        });
        return town;
    }

    public async Task<Guid> PostAsync(string name, string preset, Func<PostFacts, PostFacts>? facts = null)
    {
        var made = await App.CallAsync((KeepPosts keep) => keep.CreateAsync((facts ?? (f => f))(new PostFacts { Name = name }), preset, Office, Town.Ct));
        return made.IsFailure ? throw new InvalidOperationException(made.Error.Code) : made.Value;
    }

    public Task<Guid> ShiftAsync(Guid post, int from, int minutes, int needed = 1, bool night = false) => App.CallAsync(async (KeepPosts keep) =>
    {
        var made = await keep.AddShiftAsync(post, new ShiftFacts("班", from, minutes, needed, needed, IsNight: night), Office, Town.Ct);
        return made.IsFailure ? throw new InvalidOperationException(made.Error.Code) : post;
    });

    public async Task<Guid> RosterAsync(IReadOnlyList<Guid> posts, int days = 2, DateOnly? first = null, Func<RosterSettings, RosterSettings>? settings = null, IReadOnlyList<Guid>? people = null)
    {
        var made = await App.CallAsync((MakeRoster make) => make.CreateAsync(
            new NewRoster("四月值班", first ?? Monday, days, posts, new PoolSource { People = people ?? [.. Helpers.Select(h => h.Id)] }, (settings ?? (s => s))(new RosterSettings { Steps = 200_000 })),
            Office, Town.Ct));
        return made.IsFailure ? throw new InvalidOperationException(made.Error.Code) : made.Value;
    }

    /// <summary>Does the job as the worker would.</summary>
    public Task<Result> SolveAsync(Guid roster, CancellationTokenSource? stopAtOnce = null) => App.InScopeAsync(services =>
    {
        var job = services.GetServices<IJobHandler>().Single(h => h.Kind == SolveRoster.JobKind);
        return job.RunAsync(new JobContext(Ids.New(), Office, async (_, _) => await (stopAtOnce?.CancelAsync() ?? Task.CompletedTask)), $$"""{"rosterId":"{{roster}}"}""", stopAtOnce?.Token ?? Town.Ct);
    });

    public async Task<string?> PublishAsync(Guid roster, Actor? actor = null)
    {
        var seen = await App.ReadAsync(db => db.Set<Roster>().Where(r => r.Id == roster).Select(r => r.Version).SingleOrDefaultAsync());
        var done = await App.CallAsync((PublishRoster publish) => publish.ExecuteAsync(roster, seen, actor ?? Office, Town.Ct));
        return done.IsFailure ? done.Error.Code : null;
    }

    public async Task<Error?> TryAsync<T>(Func<T, Task<Result>> act) where T : notnull
    {
        var done = await App.CallAsync(act);
        return done.IsFailure ? done.Error : null;
    }

    public Task<string?> AssignAsync(Guid roster, RosterDuty duty, Person person, bool anyway = false) => CodeAsync((ChangeTurns c) => c.AssignAsync(roster, duty.Id, person.Id, false, anyway, Office, Town.Ct));

    public async Task<string?> CodeAsync<T>(Func<T, Task<Result>> act) where T : notnull => (await TryAsync(act))?.Code;

    public Task<List<RosterDuty>> DutiesAsync(Guid roster) => App.ReadAsync(async db =>
    {
        var series = await db.Set<Roster>().Where(r => r.Id == roster).Select(r => r.SeriesId).SingleAsync();
        return await db.Set<RosterDuty>().AsNoTracking().Where(d => d.SeriesId == series).OrderBy(d => d.Starts).ToListAsync();
    });

    public Task<List<Turn>> TurnsAsync(Guid roster) => App.ReadAsync(db => db.Set<Turn>().AsNoTracking().Where(t => t.RosterId == roster).ToListAsync());

    public Task<Roster> RosterOf(Guid roster) => App.ReadAsync(db => db.Set<Roster>().AsNoTracking().SingleAsync(r => r.Id == roster));

    public Task<Ground> GroundAsync(Guid roster) => App.CallAsync(async (ReadGround read) =>
        await read.FindAsync(roster, Office, Tongxin.Workforce.RosterPermissions.EditRosters, Town.Ct) ?? throw new InvalidOperationException("No roster."));

    public ValueTask DisposeAsync() => Town.DisposeAsync();
}
