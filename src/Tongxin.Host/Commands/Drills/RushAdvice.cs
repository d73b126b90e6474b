using System.Globalization;
using Tongxin.Core.Sampling;
using Tongxin.Screening.Contracts;

namespace Tongxin.Host.Commands.Drills;

/// <summary>A site in a rush: what was forecast, what came, and what the office should do there.</summary>
/// <param name="Forecast">Longest queue of the plan.</param>
/// <param name="Usual">Longest queue of a simulated usual day.</param>
/// <param name="Came">Longest queue with the rush.</param>
/// <param name="Room">People who can wait there.</param>
/// <param name="Tables">More tables that would have kept the queue within the room.</param>
/// <param name="Hold">Minutes without a call until the queue is as forecast again.</param>
internal sealed record RushAdvice(Guid Site, int Forecast, int Usual, int Came, int Room, int Tables, int Hold)
{
    public bool IsCrowded => Came > Room;

    public static IReadOnlyList<RushAdvice> Of(PlannedRound planned, SimulatedDay usual, SimulatedDay day, ArrivalRush rush)
    {
        const int Five = 5;
        var slot = (int)(rush.StartMinutes / planned.Request.SlotMinutes);
        return [.. planned.Request.Sites.Select(site =>
        {
            var came = Longest(day.Queues, site.Id);
            var forecast = Longest(planned.Plan.Queues, site.Id);
            // Tables at work when the rush comes; before the first and after the last slot of a lane none is counted.
            var staffed = planned.Plan.Loads.Where(l => l.SiteId == site.Id && l.Slot == slot).Sum(l => l.Tables);
            var perMinute = site.Tables.Select(t => t.RatePerHour).DefaultIfEmpty().Average() / 60;
            var more = Math.Max(0, came - site.QueueRoom) / (perMinute * rush.Minutes);
            var hold = staffed == 0 ? 0 : Math.Max(0, came - forecast) / (perMinute * staffed);
            return new RushAdvice(site.Id, forecast, Longest(usual.Queues, site.Id), came, site.QueueRoom, (int)Math.Ceiling(more), (int)Math.Ceiling(hold / Five) * Five);
        })];
    }

    public string Chinese(string name) => string.Create(CultureInfo.InvariantCulture, $"{name}: 计划预计最长队 {Forecast} 人,平日模拟 {Usual} 人,高峰来了 {Came} 人,场地可容 {Room} 人。{(IsCrowded
        ? $"建议: 立即暂停叫号 {Hold} 分钟,人留楼内;若不暂停,需增开 {Tables} 台。" : Came > Forecast ? $"建议: 暂停叫号 {Hold} 分钟,不必增台。" : "无需处置。")}");

    public string English(string name) => string.Create(CultureInfo.InvariantCulture, $"{name}: forecast {Forecast}, usual day {Usual}, rush {Came} waiting, room for {Room}. {(IsCrowded
        ? $"Do: call nobody for {Hold} min and keep people indoors; else open {Tables} more tables." : Came > Forecast ? $"Do: call nobody for {Hold} min; no table is needed." : "Nothing to do.")}");

    private static int Longest(IEnumerable<QueueQuarter> queues, Guid site) => queues.Where(q => q.SiteId == site).Select(q => q.Waiting).DefaultIfEmpty().Max();
}
