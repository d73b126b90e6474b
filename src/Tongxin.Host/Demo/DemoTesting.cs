using Tongxin.Core.Common;
using Tongxin.Core.Rounds;
using Tongxin.Core.Sampling.Pools;
using Tongxin.Grid.Contracts;
using Tongxin.People.Contracts;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Screening.Contracts;

namespace Tongxin.Host.Demo;

/// <summary>Mass testing as it stands that evening: yesterday's round of one building is over, tomorrow's for everybody is open.</summary>
internal sealed class DemoTesting(TongxinDb db, ITestingDesk testing, IRoundDesk desk, IRounds rounds, IPlaces places, TimeProvider clock)
{
    private static readonly Actor Actor = Actor.System;

    public async Task SeedAsync(Guid campus, CancellationToken ct)
    {
        var today = CampusCalendar.DayOf(clock.GetUtcNow());
        var south = Must(await testing.AddSiteAsync(new NewTestingSite("南门采样点", campus, "南门内停车场", 4, 1, 1), Actor, ct));
        var garden = Must(await testing.AddSiteAsync(new NewTestingSite("中心花园采样点", campus, "中心花园", 3, 1), Actor, ct));
        var building = (await places.ListAsync(ct)).First(p => p.Kind == PlaceKind.Building);

        var yesterday = CampusCalendar.StartOf(today.AddDays(-1));
        var over = Must(await testing.OpenRoundAsync(
            new NewTestingRound($"{building.Name} 核酸检测 第1轮", yesterday.AddHours(8), yesterday.AddHours(12), 10, [south]) { Places = [building.Id], IsEnteredLater = true }, Actor, ct));
        await SampleAsync(over, south, yesterday.AddHours(8), ct);
        Must(await testing.CloseRoundAsync(over, "其余住户改为上门补采", Actor, ct));

        var tomorrow = CampusCalendar.StartOf(today.AddDays(1));
        var next = Must(await testing.OpenRoundAsync(new NewTestingRound("全员核酸检测 第2轮", tomorrow.AddHours(8), tomorrow.AddHours(18), 10, [south, garden]), Actor, ct));
        Must(await testing.PlanRoundAsync(next, Actor, ct));
    }

    /// <summary>Most came, ten to a tube, and the laboratory has answered for all but the last; some were away or in hospital, a few are missing.</summary>
    private async Task SampleAsync(Guid round, Guid site, DateTimeOffset from, CancellationToken ct)
    {
        const int Together = 10;
        var people = (await rounds.TargetsAsync(new TargetQuery(round, TargetStatus.Outstanding, Take: 1000), RoundReach.All, ct)).Rows.Select((p, at) => (p.Id, At: from.AddSeconds(45 * at), Turn: at % 41)).ToList();
        var others = people.Select(p => p.Turn switch
        {
            7 => Fact(p, OutcomeKind.Excused, "Away"),
            19 => Fact(p, OutcomeKind.Excused, "Hospital:市第一医院"),
            23 => Fact(p, OutcomeKind.Refused, null),
            31 => Fact(p, OutcomeKind.NotReached, null),
            _ => null,
        }).OfType<RoundFact>().ToList();
        await using (var transaction = await db.Database.BeginTransactionAsync(ct))
        {
            await desk.RecordAsync(round, others, Actor, ct);
            await db.CommitAsync(ct);
            await transaction.CommitAsync(ct);
        }

        var tubes = people.Where(p => others.TrueForAll(o => o.TargetId != p.Id)).Chunk(Together).ToList();
        await testing.EnterTubesAsync(round, [.. tubes.Select((tube, n) => new PaperTube(
            $"{CampusCalendar.DayOf(from):yyMMdd}{n + 1:0000}", Together, site, [.. tube.Select(p => new PaperSample(p.Id, p.At))],
            n < tubes.Count - 1 ? TubeResult.Neg : null, tube[^1].At.AddHours(8)))], Actor, ct);

        static RoundFact Fact((Guid Id, DateTimeOffset At, int Turn) person, OutcomeKind kind, string? reason) => new(Ids.New(), person.Id, kind, Channel.Visit, person.At, Reason: reason);
    }

    private static T Must<T>(Result<T> done) => done.IsFailure ? throw new InvalidOperationException(done.Error.Code) : done.Value;

    private static void Must(Result done)
    {
        if (done.IsFailure) throw new InvalidOperationException(done.Error.Code);
    }
}
