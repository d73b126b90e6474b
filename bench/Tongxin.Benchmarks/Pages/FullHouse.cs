using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tongxin.Benchmarks.Import;
using Tongxin.Core.Rounds;
using Tongxin.Grid.Contracts;
using Tongxin.People.Contracts;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Web;

namespace Tongxin.Benchmarks.Pages;

/// <summary>
/// The demo estate with its cells, teams and a round of 1,500 doors, the university's 30,000 persons beside it, empty flats up to
/// 10,000 households, and a second round over all of them.
/// </summary>
internal sealed class FullHouse : IAsyncDisposable
{
    private const int Households = 10_000;

    private FullHouse(TongxinApp app) => App = app;

    public TongxinApp App { get; }

    public Guid SmallRound { get; private set; }

    public Guid LargeRound { get; private set; }

    /// <summary>Captain of a cell in the small round.</summary>
    public Guid Captain { get; private set; }

    public static async Task<FullHouse> BuildAsync(Provider provider, CancellationToken ct)
    {
        var app = await TongxinApp.StartOnPortAsync(provider, replace: null, "--Tongxin:Demo=true");
        var house = new FullHouse(app);
        await DemoData.SeedAsync(app, ct);
        await house.ImportAsync(PopulationFile.Open(), PopulationFile.Name, ct);
        await house.FillUpAsync(ct);
        await house.OpenLargeRoundAsync(ct);
        await house.LookAroundAsync(provider, ct);
        return house;
    }

    public ValueTask DisposeAsync() => App.DisposeAsync();

    private Task<int> ImportAsync(Stream file, string name, CancellationToken ct) => App.CallAsync<IPopulationImport, int>(async import =>
    {
        var result = await import.ImportAsync(file, name, completeRoll: false, campus: null, Actor.System, ct);
        // Both demo places number their passports from one: a few rows meet somebody of the other.
        return result.Value.Rejected * 100 < result.Value.RowsIn ? result.Value.New : throw new InvalidOperationException($"{name}: {result.Value.Rejected} rows were refused.");
    });

    private async Task FillUpAsync(CancellationToken ct)
    {
        var known = await App.CallAsync<IHouseholds, int>(async h => (await h.ListAsync(null, ct)).Count);
        var rows = new StringBuilder("校区,楼栋,单元,房号,姓名,住房使用情况\n");
        for (var i = 0; i < Households - known; i++) rows.AppendLine($"新校区,{(i / 60) + 1},{(i / 20 % 3) + 1},{((i % 20 / 4) + 1) * 100 + (i % 4) + 1},,空置");
        await ImportAsync(new MemoryStream(Encoding.UTF8.GetBytes(rows.ToString())), "empty.csv", ct);
    }

    private Task<int> OpenLargeRoundAsync(CancellationToken ct) => App.InScopeAsync(async services =>
    {
        var desk = services.GetRequiredService<IRoundDesk>();
        var now = App.Clock.GetUtcNow();
        LargeRound = (await desk.OpenDoorKnockAsync("敲门行动 全校", now.AddHours(-6), now.AddHours(6), Actor.System, ct)).Value;
        var doors = await services.GetRequiredService<IHouseholds>().ListAsync(null, ct);
        var facts = doors.Where((_, i) => i % 3 != 0)
            .Select((d, i) => new DoorFact(Ids.New(), d.Id, i % 20 == 0 ? OutcomeKind.NotReached : OutcomeKind.Done, now.AddSeconds((i % 20_000) - 21_000))).ToList();
        await desk.EnterAsync(LargeRound, facts, Actor.System, ct);
        return 0;
    });

    private Task<int> LookAroundAsync(Provider provider, CancellationToken ct) => App.InScopeAsync(async services =>
    {
        SmallRound = (await services.GetRequiredService<IRounds>().ListOpenAsync(ct)).First(r => r.Kind == RoundKind.DoorKnock && r.Id != LargeRound).Id;
        Captain = await DemoData.FirstCaptainAsync(App, ct);
        // A server that has run for a minute has vacuumed what was imported; a cluster for tests does not by itself.
        await services.GetRequiredService<Tongxin.Platform.Data.TongxinDb>().Database.ExecuteSqlRawAsync(provider == Provider.Postgres ? "VACUUM ANALYZE" : "PRAGMA optimize", ct);
        return 0;
    });
}
