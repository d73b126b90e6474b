using Tongxin.Access.Contracts;
using Tongxin.Access.Gates.Data;
using Tongxin.Access.Gates.Guard;
using Tongxin.Access.Gates.Readings;
using Tongxin.Access.Permits;
using Tongxin.Access.Permits.Data;
using Tongxin.Core.Common;
using Tongxin.People.Contracts;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Workforce.Contracts;

namespace Tongxin.Access.Gates;

/// <summary>The demonstration's gates: one guarded, one sealed, one for cars; permits of each kind; a day of people coming and going.</summary>
internal sealed class SampleDay(
    TongxinDb db, KeepGates keep, AskPermit ask, KeepSuppliers suppliers, Occupancy zones, IPassages passages, EmergencyPapers papers, IPostsNow posts, IPersons persons, SecretBox box,
    TimeProvider clock) : IGateSamples
{
    private const int Seed = 20_220_415;
    private const int MostPassages = 90;

    public async Task SeedAsync(Guid campus, IReadOnlyList<Guid> people, Actor actor, CancellationToken ct)
    {
        var post = (await posts.AtAsync([campus], ct)).FirstOrDefault(p => p.Name == "北门")?.Id;
        var north = await GateAsync(new GateFacts { Name = "北门", PlaceId = campus, ZoneId = campus, PostId = post, Hours = Daily(360, 1380), Lanes = [new("一号通道", 180, LaneDirection.Both), new("二号通道", 180, LaneDirection.In)] }, GateState.Guarded, actor, ct);
        await GateAsync(new GateFacts { Name = "南小门", Kind = GateKind.Small, PlaceId = campus, ZoneId = campus }, GateState.Sealed, actor, ct);
        var cars = await GateAsync(new GateFacts { Name = "东车行门", Kind = GateKind.Vehicle, PlaceId = campus, ZoneId = campus, Hours = Daily(360, 1320), Lanes = [new("货车", 40, LaneDirection.In), new("出车", 60, LaneDirection.Out)] }, GateState.Open, actor, ct);
        await GateAsync(new GateFacts { Name = "西小门", Kind = GateKind.Small, PlaceId = campus, ZoneId = campus }, GateState.Open, actor, ct);
        Got(await zones.CorrectAsync(campus, 3120, "夜间清点", actor, ct));
        var permits = await PermitsAsync(campus, people, actor, ct);
        await DayAsync(north, cars, campus, permits, actor, ct);
    }

    private async Task<List<Guid>> PermitsAsync(Guid campus, IReadOnlyList<Guid> people, Actor actor, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var names = await persons.NamesAsync([.. people], ct);
        var supplier = Got(await suppliers.CreateAsync(campus, new SupplierFacts("臻容食品", "JY16101000001", CampusCalendar.DayOf(now).AddDays(20), null), actor, ct));
        Got(await suppliers.AddDriverAsync(supplier, "赵师傅", "19900007701", "陕AD12345", actor, ct));
        Got(await suppliers.CreateAsync(campus, new SupplierFacts("新苗商贸", "JY16101000002", CampusCalendar.DayOf(now).AddDays(-3), "资质已过期，待更新"), actor, ct));

        var usual = new PermitAsk { PlaceId = campus, From = now, Until = now.AddHours(12) };
        List<PermitAsk> asks =
        [
            usual with { Kind = PermitKind.Hospital, PersonId = people[0], Hospital = "第一人民医院", Severity = Severity.Urgent, Companions = 1, Vehicle = "家属车", PapersLater = true },
            usual with { Kind = PermitKind.Hospital, PersonId = people[1], Hospital = "校医院转市中医院", Severity = Severity.Usual, Until = now.AddHours(24) },
            usual with { Kind = PermitKind.Supplier, SupplierId = supplier, Name = "赵师傅", Plate = "陕AD12345", Multiple = true, Until = now.AddDays(7), Purpose = "蔬菜配送" },
            usual with { Kind = PermitKind.Visitor, Name = "高来", Phone = "19900007702", Purpose = "设备维修", Companions = 1 },
            usual with { Kind = PermitKind.Staff, PersonId = people[2], Multiple = true, Until = now.AddDays(3), Purpose = "值守换班" },
        ];
        var made = new List<Guid>();
        foreach (var one in asks) made.Add(Got(await ask.ExecuteAsync(one, actor, ct)));
        // One that a captain asked for waits for a decision.
        var waiting = Permit.Ask(new PermitFacts
        {
            Kind = PermitKind.Hospital,
            PlaceId = campus,
            PersonId = people[3],
            From = now,
            Until = now.AddHours(10),
            Passages = 1,
            Detail = new PermitDetail { Name = names.GetValueOrDefault(people[3]), Hospital = "第一人民医院", Severity = Severity.Usual },
        }, box, actor.AccountId, now);
        db.Add(waiting);
        db.Record(actor, "access.permit.asked", "permit", waiting.Id);
        await db.CommitAsync(ct);
        return made;
    }

    private async Task DayAsync(Guid north, Guid cars, Guid campus, List<Guid> permits, Actor actor, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var start = CampusCalendar.At(CampusCalendar.DayOf(now), new TimeOnly(6, 30));
        if (start >= now) start = now.AddHours(-8);
        var dice = new Random(Seed);
        string[] surnames = ["王", "李", "张", "刘", "陈", "杨", "赵", "黄"];
        for (var i = 0; i < MostPassages; i++)
        {
            var at = start + ((now - start) * (dice.NextDouble() * 0.98));
            var kind = dice.NextDouble() switch { < 0.52 => PassageKind.In, < 0.95 => PassageKind.Out, _ => PassageKind.TurnedBack };
            var byCar = dice.NextDouble() < 0.25;
            var passage = new Passage(Ids.New(), byCar ? cars : north, kind, at)
            {
                Subject = byCar ? PassageSubject.Plate : PassageSubject.Named,
                Verdict = kind == PassageKind.TurnedBack ? PassageVerdict.Refused : PassageVerdict.Passed,
                Plate = byCar ? $"陕A{dice.Next(10_000, 99_999)}" : null,
                Temperature = 36m + (dice.Next(0, 9) / 10m),
                Offline = dice.NextDouble() < 0.1,
            };
            passages.Add(passage, actor);
            if (!byCar) db.Add(GateNote.Of(passage.Id, north, at, DocumentKind.Identity, surnames[dice.Next(surnames.Length)] + "某某", kind == PassageKind.TurnedBack ? "无许可" : "日常进出", box));
        }
        // The night's emergency: out at once, papers still open.
        var emergency = new Passage(Ids.New(), north, PassageKind.Emergency, now.AddHours(-26)) { Plate = "陕A00120" };
        passages.Add(emergency, actor);
        papers.Open(emergency, campus, "胸闷，120 接走", actor);
        var out1 = new Passage(Ids.New(), north, PassageKind.Out, now.AddMinutes(-40)) { Subject = PassageSubject.Permit, PermitId = permits[0], Companions = 1, Temperature = 36.8m };
        passages.Add(out1, actor);
        var patient = await db.Set<Permit>().FindAsync([permits[0]], ct) ?? throw new InvalidOperationException("The permit was just made.");
        patient.Pass(isOut: true, out1.SeenAt);
        db.Add(PermitUse.Of(out1.Id, permits[0], north, out1.SeenAt, over: false));
        db.Record(actor, "access.passage.sampled", "gate", north, details: new { passages = MostPassages });
        await db.CommitAsync(ct);
    }

    private async Task<Guid> GateAsync(GateFacts facts, GateState state, Actor actor, CancellationToken ct) => Got(await keep.CreateAsync(facts, state, actor, ct));

    private static IReadOnlyList<DayHours?> Daily(int from, int to) => [.. Enumerable.Repeat(new DayHours(from, to), 7)];

    private static T Got<T>(Result<T> result) => result.IsFailure ? throw new InvalidOperationException(result.Error.Code) : result.Value;

    private static void Got(Result result)
    {
        if (result.IsFailure) throw new InvalidOperationException(result.Error.Code);
    }
}
