using Tongxin.Access.Contracts;
using Tongxin.Core.Common;
using Tongxin.Core.Protocols;
using Tongxin.Core.Returns;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Samples;

namespace Tongxin.Host.Demo;

/// <summary>A season of returns that began yesterday: some hundred declarations, from near and from risk areas, booked, arrived and observed.</summary>
internal sealed class DemoReturns(IReturnDesk desk, IReturnArrivals arrivals, IUnits units, TimeProvider clock)
{
    private const int People = 240;
    private static readonly Actor Actor = Actor.System;

    private static readonly string[] Homes =
    [
        "陕西省咸阳市秦都区", "陕西省渭南市临渭区", "陕西省宝鸡市金台区", "甘肃省天水市秦州区", "河南省洛阳市西工区", "四川省绵阳市涪城区", "山西省运城市盐湖区", "陕西省汉中市汉台区",
        "河南省郑州市金水区花园路街道", "河南省郑州市二七区",
    ];

    public async Task SeedAsync(DemoPlace estate, Guid campus, Func<int, Guid> personOf, CancellationToken ct)
    {
        var today = CampusCalendar.DayOf(clock.GetUtcNow());
        Got(await desk.PublishAreasAsync("样例清单", today.AddDays(-3),
        [
            new RiskArea(new Region("410105", "河南省郑州市金水区花园路街道"), RiskLevel.High, today.AddDays(-12), null),
            new RiskArea(new Region("410103", "河南省郑州市二七区"), RiskLevel.Middle, today.AddDays(-10), today.AddDays(-1)),
        ], Actor, ct));
        var colleges = (await units.ListAsync(today, ct)).Where(u => u.Kind == UnitKind.College).ToDictionary(u => u.Id, _ => 60);
        var season = Got(await desk.OpenAsync(new NewReturnSeason("秋季学期返校", today, today.AddDays(4), campus, "北门", 3, 60, 30, 8 * 60, 20 * 60, "CN-COVID-9", colleges), Actor, ct));

        var people = estate.Persons.Where(p => today.Year - p.BirthDate.Year is >= 17 and <= 60).Take(People).ToList();
        for (var i = 0; i < people.Count; i++)
        {
            var arrives = today.AddDays(i % 4);
            var home = Homes[i % 29 == 7 ? 8 : i % 13 == 5 ? 9 : i % 8];
            var id = await desk.DeclareAsync(season, personOf(people[i].Key), $"199{i:00000000}", new ReturnJourney([new Stay(new Region(null, home), arrives.AddDays(-30), arrives)], (Transport)(i % 5), null, arrives), Actor, ct);
            if (id.IsFailure || i % 5 == 4) continue;
            await desk.BookFirstAsync(id.Value, CampusCalendar.At(arrives, new TimeOnly(8 + (i % 10), 0)), Actor, ct);
            // The morning's first have come.
            if (i % 4 == 0 && i < 80) await arrivals.RecordAsync(new ReturnArrival(id.Value, i == 40 ? ReturnTriage.TemporaryRoom : ReturnTriage.Pass, i == 40 ? "37.6" : "样例", null, null), Actor, ct);
        }
    }

    private static T Got<T>(Result<T> result) => result.IsFailure ? throw new InvalidOperationException(result.Error.Code) : result.Value;
}
