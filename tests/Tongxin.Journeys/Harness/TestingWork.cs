using System.Text;
using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Sampling.Pools;
using Tongxin.Screening.Rounds.Data;
using Tongxin.Screening.Tubes.Data;
using Tongxin.TestKit.Web;

namespace Tongxin.Journeys.Harness;

/// <summary>What the demonstration's finished round has not got: a laboratory's file with a pool that is not negative, its rechecks, a signed statement.</summary>
public static class TestingWork
{
    /// <summary>The addresses that lead there: the first round on the list is tomorrow's and has nothing of it yet.</summary>
    public static async Task<IReadOnlyList<string>> ArrangeAsync(TongxinApp app, Visitor office)
    {
        var (round, tube) = await app.ReadAsync(async db =>
        {
            var open = await db.Set<TubeRow>().OrderBy(t => t.Code).FirstAsync(t => t.Stage == TubeStage.Closed);
            return (await db.Set<TestingRound>().SingleAsync(r => r.Id == open.RoundId), open);
        });
        var address = $"/testing/{round.Id}";
        var form = (await office.OpenAsync($"{address}/lab")).Form("#upload form");
        var file = await office.SubmitAsync(form.Attach("file", "结果.csv", Encoding.UTF8.GetBytes($"试管码,轮次,混采数,人数,结果\n{tube.Code},{round.Number},{tube.Size},{tube.Members},阳性\n")));
        await file.SubmitAsync("#publish form");
        await (await office.OpenAsync($"{address}/statement")).SubmitAsync("form[action$='/sign']");
        return [$"{address}/tubes", $"{address}/lab", $"{address}/rechecks", $"{address}/statement"];
    }
}
