using Microsoft.Extensions.DependencyInjection;
using Tongxin.Benchmarks.Harness;
using Tongxin.Benchmarks.Pages;
using Tongxin.Core.Common;
using Tongxin.People.Contracts;
using Tongxin.People.Data;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Web;
using Tongxin.Workforce.Contracts;

namespace Tongxin.Benchmarks.Rostering;

/// <summary>The roster board of 200 people over 28 days, by people and by posts, of a roster in force and of a draft that changes it.</summary>
internal sealed class DutyBoardBenchmark : IBenchmark
{
    private const int People = 200, Days = 28, Posts = 6;
    private const int MostMilliseconds = 100, MostRawBytes = 200_000, MostPackedBytes = 20_000;

    // A fifth of a second's search: the roster is full and legal long before.
    private const long Steps = 2_000_000;

    public string Name => "duty-board";

    public string About => $"Roster board of {People} people, {Days} days and {Posts} gates of four shifts: p95 of {PageMeter.Requests} requests each, and the weight of each page";

    public async Task<Measurement> RunAsync(CancellationToken ct)
    {
        await using var app = await TongxinApp.StartOnPortAsync(Provider.Sqlite);
        var (published, draft, turns) = await SeedAsync(app, ct);
        using var office = await app.SignInAsAsync(Roles.Office);
        (string Address, string Label)[] boards =
        [
            ($"/rosters/{published}/board", "people x days"),
            ($"/rosters/{published}/board?view=posts", "posts x days"),
            ($"/rosters/{draft}/board", "people x days, draft"),
        ];
        var figures = new Dictionary<string, object> { ["turns"] = turns };
        var (slowest, raw, packed) = (0.0, 0, 0);
        foreach (var (address, label) in boards)
        {
            var page = await PageMeter.MeasureAsync(office, address, ct);
            figures[label] = page.ToString();
            (slowest, raw, packed) = (Math.Max(slowest, page.P95), Math.Max(raw, page.RawBytes), Math.Max(packed, page.PackedBytes));
        }

        return new Measurement($"{MostMilliseconds} ms for the slowest board; also under {MostRawBytes:N0} bytes raw and {MostPackedBytes:N0} compressed",
            slowest / MostMilliseconds, 1, figures, raw < MostRawBytes && packed < MostPackedBytes);
    }

    private static Task<(Guid Published, Guid Draft, int Turns)> SeedAsync(TongxinApp app, CancellationToken ct) => app.InScopeAsync(async services =>
    {
        var (box, now) = (services.GetRequiredService<SecretBox>(), app.Clock.Now);
        List<Person> people = [.. Enumerable.Range(1, People).Select(i => Person.Create(
            Ids.New(), new PersonFacts { Name = $"队员{i:000}", Category = PersonCategory.Staff, Number = $"B{i:0000}" }, box, now))];
        await app.AddAsync([.. people]);
        var desk = services.GetRequiredService<IRosterDesk>();
        var posts = new List<Guid>();
        for (var i = 1; i <= Posts; i++) posts.Add(Got(await desk.AddPostAsync(new NewPost($"{i} 号门", "four"), Actor.System, ct)));
        var ids = people.ConvertAll(p => p.Id);
        var roster = Got(await desk.PublishAsync(new RosterOrder("四周值班", CampusCalendar.DayOf(now).AddDays(1), Days, posts, ids, Steps), Actor.System, ct));
        var draft = Got(await desk.DraftWithoutAsync(roster, ids[..3], Actor.System, ct));
        return (roster, draft, Posts * Days * 16);
    });

    private static Guid Got(Result<Guid> result) => result.IsFailure ? throw new InvalidOperationException(result.Error.Code) : result.Value;
}
