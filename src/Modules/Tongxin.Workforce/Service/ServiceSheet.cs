using System.Globalization;
using Microsoft.Extensions.Localization;
using Tongxin.Platform.Sheets;
using Tongxin.Workforce.Duties;
using Tongxin.Workforce.Rosters;

namespace Tongxin.Workforce.Service;

/// <summary>服务记录 for Excel and print: the whole, then by duty, unit, team and person. Its heads stay Chinese, as those of every sheet.</summary>
internal static class ServiceSheet
{
    public const string Title = "服务记录";
    public const string Note = "人次和时长只按签到、签退统计；一人属于两个单位的，两边都计，合计只计一次；不排名。";

    public static readonly IReadOnlyList<string> Headers = ["分类", "名称", "人数", "人次", "时长(小时)"];

    public static IEnumerable<IReadOnlyList<string>> Rows(ServiceView view, IStringLocalizer<DutyText> texts)
    {
        yield return ["合计", "", N(view.ByPerson.Count), N(view.All.Turns), Hours(view.All)];
        foreach (var (code, sum) in view.ByCode) yield return ["值班类别", texts.Of(code), "", N(sum.Turns), Hours(sum)];
        foreach (var unit in view.ByUnit) yield return ["单位", unit.Name, N(unit.People), N(unit.Sum.Turns), Hours(unit.Sum)];
        foreach (var team in view.ByTeam) yield return ["队伍", team.Name, N(team.People), N(team.Sum.Turns), Hours(team.Sum)];
        foreach (var person in view.ByPerson) yield return ["个人", person.Name, "", N(person.Sum.Turns), Hours(person.Sum)];
    }

    public static SheetDocument Document(ServiceView view, string days, string watermark, IStringLocalizer<DutyText> texts) => new()
    {
        Name = Title,
        Titles = [$"{Title} {days}", Note],
        Watermark = watermark,
        Columns = [new(Headers[0]), new(Headers[1], 32, SheetColumnStyle.Wrapped), new(Headers[2], 8), new(Headers[3], 8), new(Headers[4])],
        Rows = Rows(view, texts).Select(r => r.Select(c => (SheetValue)c).ToList()),
    };

    public static string Hours(ServiceSum sum) => RosterWords.Hours(sum.Minutes);

    private static string N(int number) => number.ToString(CultureInfo.InvariantCulture);
}
