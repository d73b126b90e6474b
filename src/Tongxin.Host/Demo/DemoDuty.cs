using Tongxin.Core.Common;
using Tongxin.Platform.Access;
using Tongxin.Samples;
using Tongxin.Workforce.Contracts;

namespace Tongxin.Host.Demo;

/// <summary>A gate, a sampling table, a night patrol and the leader on duty: a fortnight's roster in force from today, and a change of it in hand.</summary>
internal sealed class DemoDuty(IRosterDesk desk, TimeProvider clock)
{
    private const int Days = 14;
    private const int People = 40;
    private const int Leaders = 8;

    // A tenth of a second's search: a first start must stay short, and the roster is legal long before.
    private const long Steps = 500_000;

    private static readonly Actor Actor = Actor.System;

    /// <param name="estate">Who helps there.</param>
    /// <param name="campus">Where the posts stand.</param>
    /// <param name="personOf">The register's id of a person of the sample.</param>
    /// <param name="ct">Ends the start.</param>
    public async Task SeedAsync(DemoPlace estate, Guid campus, Func<int, Guid> personOf, CancellationToken ct)
    {
        var posts = new List<Guid>();
        foreach (var post in Posts(campus)) posts.Add(Got(await desk.AddPostAsync(post, Actor, ct)));
        var helpers = estate.Helpers.Where(h => !h.CanBeCaptain).Take(People).Select(h => personOf(h.PersonKey)).ToList();
        var leaders = estate.Helpers.Where(h => h.CanBeCaptain).Take(Leaders).Select(h => personOf(h.PersonKey)).ToList();
        await desk.HoldSkillAsync(leaders, Skill.LeadDuty, Actor, ct);
        var today = CampusCalendar.DayOf(clock.GetUtcNow());
        var roster = Got(await desk.PublishAsync(new RosterOrder("沁园值班", today, Days, posts, [.. helpers, .. leaders], Steps), Actor, ct));
        // Three have been called away: a change waits to be solved and published.
        Got(await desk.DraftWithoutAsync(roster, [.. helpers.Take(3)], Actor, ct));
    }

    private static IEnumerable<NewPost> Posts(Guid campus) =>
    [
        new("北门", "three")
        {
            PlaceId = campus,
            Spot = "北门岗亭",
            Duty = DutyCode.SiteControl,
            Checklist = "* 查验通行码和体温\n* 登记来访车辆\n清点岗亭物资",
            Issue = "N95 口罩 4\n面屏 2",
            Task = "守好校门：查验、登记、劝返，急救车先放行后补登。",
            Contact = "总值班室 6000；带班领导见当日值班表",
            Handover = "对讲机、钥匙、未办完的登记",
        },
        new("采样点秩序", "office")
        {
            PlaceId = campus,
            Spot = "体育馆东侧",
            Duty = DutyCode.Order,
            Checklist = "* 一米线和等候区\n老人孕妇优先通道",
            Issue = "N95 口罩 2\n手套 4",
            Task = "引导排队，照顾老人、孕妇和行动不便的人先采。",
            Contact = "点长见当日采样安排",
        },
        new("夜间巡逻", "night")
        {
            PlaceId = campus,
            Spot = "家属区一圈",
            Duty = DutyCode.RiskCheck,
            Checklist = "* 巡查两圈并记录\n检查消防通道",
            Issue = "手电 2\n反光背心 2",
            Task = "夜里走两圈，看门窗、水电和聚集。",
            Handover = "巡查记录、手电、未处理的情况",
        },
        new("带班领导", "leader")
        {
            Skills = [Skill.LeadDuty],
            PlaceId = campus,
            Spot = "总值班室",
            Task = "在岗带班，接报后先处置再报告。",
            Contact = "总值班室 6000",
            Handover = "待办移交、物品清点",
        },
    ];

    private static Guid Got(Result<Guid> result) => result.IsFailure ? throw new InvalidOperationException(result.Error.Code) : result.Value;
}
