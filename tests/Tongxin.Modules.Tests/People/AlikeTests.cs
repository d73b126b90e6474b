using System.Text;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Tongxin.Core.Text;
using Tongxin.People.AddPerson;
using Tongxin.People.Contracts;
using Tongxin.People.CorrectPerson;
using Tongxin.People.Data;
using Tongxin.People.MergePersons;
using Tongxin.People.MovePerson;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.TestKit.Databases;
using Xunit;

namespace Tongxin.Modules.Tests.People;

/// <summary>The pairs that may be one person are kept with every change, and are always those that a look at the whole register finds.</summary>
public sealed class AlikeTests
{
    [Theory, BothProviders]
    public async Task Alike_AfterImport_HoldsThePairsOfTheFileAndWithTheRegister(Provider provider)
    {
        await using var town = await Town.BuildAsync(provider);

        await ImportAsync(town,
            // Twice in the file, and once more in the register, each time without anything that tells them apart.
            "新校区,1,1,101,周一鸣,男,1990-02-03,19911112222",
            "新校区,1,1,202,周一鸣,男,1990-02-03,",
            "新校区,1,1,303,王小明,男,1980-05-01,",
            "新校区,1,1,404,张伟,男,1975-01-01,",
            "新校区,1,1,404,章伟,男,,");

        (await PairsAsync(town)).Select(p => p.Reason).Order().ShouldBe([DuplicateReason.NameAndBirth, DuplicateReason.NameAndBirth, DuplicateReason.NearNames]);
        await IsAsComputedAsync(town);
    }

    [Theory, BothProviders]
    public async Task Alike_ImportThatChangesAndMovesOut_LeavesNoPairBehind(Provider provider)
    {
        await using var town = await Town.BuildAsync(provider);
        await ImportAsync(town, "新校区,1,1,404,张伟,男,,", "新校区,1,1,404,章伟,男,,");
        (await PairsAsync(town)).ShouldHaveSingleItem();

        await ImportAsync(town, "新校区,1,1,404,张伟,男,1975-01-01,", "新校区,1,1,404,章伟,男,1976-01-01,");

        (await PairsAsync(town)).ShouldBeEmpty();
        await IsAsComputedAsync(town);
    }

    [Theory, BothProviders]
    public async Task Alike_AddCorrectMoveAndMerge_FollowsEachStep(Provider provider)
    {
        await using var town = await Town.BuildAsync(provider);
        var twin = await AddAsync(town, new PersonForm { Name = "王晓明", Sex = Sex.Unknown, Category = PersonCategory.Resident }, town.EastHome.Id);
        (await PairsAsync(town)).ShouldHaveSingleItem().Reason.ShouldBe(DuplicateReason.NearNames);

        await CorrectAsync(town, twin, form => form.Name = "王小明");
        (await PairsAsync(town)).ShouldHaveSingleItem().Reason.ShouldBe(DuplicateReason.SameHome);

        await CorrectAsync(town, twin, form => form.Phone = "19900001234");
        (await PairsAsync(town)).ShouldHaveSingleItem().Reason.ShouldBe(DuplicateReason.PhoneAndName);

        await CorrectAsync(town, twin, form => form.ForgetPhone = true);
        var home = await town.App.ReadAsync(db => db.Set<Residency>().SingleAsync(r => r.PersonId == twin, Town.Ct));
        (await town.App.CallAsync((MoveOnePerson move) => move.MoveOutAsync(home.Id, Town.Today, town.Office, Town.Ct))).IsFailure.ShouldBeFalse();
        (await PairsAsync(town)).ShouldBeEmpty();

        (await town.App.CallAsync((MoveOnePerson move) => move.MoveInAsync(new MoveRequest(twin, town.EastHome.Id, Relation.Other, null, Town.Today, false), town.Office, Town.Ct))).IsFailure.ShouldBeFalse();
        var pair = (await PairsAsync(town)).ShouldHaveSingleItem();
        pair.Reason.ShouldBe(DuplicateReason.SameHome);
        await IsAsComputedAsync(town);

        var versions = await town.App.ReadAsync(db => db.Set<Person>().Where(p => p.Id == twin || p.Id == town.Wang.Id).ToDictionaryAsync(p => p.Id, p => p.Version, Town.Ct));
        (await town.App.CallAsync((MergeTwo merge) => merge.ExecuteAsync(
            new MergeRequest(town.Wang.Id, versions[town.Wang.Id], twin, versions[twin], []), town.Office, Town.Ct))).IsFailure.ShouldBeFalse();
        (await PairsAsync(town)).ShouldBeEmpty();
        await IsAsComputedAsync(town);
    }

    [Theory, BothProviders]
    public async Task Alike_CommitThatFails_LeavesThePairsAsTheyWere(Provider provider)
    {
        await using var town = await Town.BuildAsync(provider);
        var twin = await AddAsync(town, new PersonForm { Name = "王小明", Category = PersonCategory.Resident }, town.EastHome.Id);
        var before = await PairsAsync(town);

        await Should.ThrowAsync<DbUpdateException>(() => town.App.ReadAsync(async db =>
        {
            (await db.Set<Person>().SingleAsync(p => p.Id == twin, Town.Ct)).MergeInto(town.Wang.Id);
            // A number that somebody has: refused by the database, after the entry above was written.
            var box = (SecretBox)town.App.Services.GetService(typeof(SecretBox))!; // registered by the product
            db.Add(Person.Create(Ids.New(), new PersonFacts { Name = "李雷二", Number = "T001" }, box, town.App.Clock.Now));
            db.Record(Actor.System, "test.arranged", "test", null);
            await db.CommitAsync(Town.Ct);
            return 0;
        }));

        (await PairsAsync(town)).ShouldBe(before);
    }

    [Theory, BothProviders]
    public async Task Alike_TwinsAddedAtTheSameMoment_SeeEachOther(Provider provider)
    {
        await using var town = await Town.BuildAsync(provider);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ =>
            AddAsync(town, new PersonForm { Name = "孙悟空", BirthDate = new DateOnly(1960, 1, 1), Category = PersonCategory.Resident }, town.EastEmpty.Id)));

        (await PairsAsync(town)).Count.ShouldBe(6);
        await IsAsComputedAsync(town);
    }

    [Fact]
    public void Pairs_OfAThousandOfOneName_StayFew()
    {
        var all = Enumerable.Range(0, 1_000)
            .Select(_ => new LikenessFacts(Ids.New(), "测试", "测试", "cs", Sex.Unknown, new DateOnly(2000, 1, 1), false, false, null)).ToList();

        Likeness.Pairs(all, [], touched: null).Count.ShouldBeLessThanOrEqualTo(1_000 * Likeness.MostAlike);
    }

    private static async Task ImportAsync(Town town, params string[] rows) => await town.App.CallAsync(async (IPopulationImport import) =>
    {
        var file = new MemoryStream(Encoding.UTF8.GetBytes("校区,楼栋,单元,房号,姓名,性别,出生日期,手机号\n" + string.Join('\n', rows) + "\n"));
        var result = await import.ImportAsync(file, "people.csv", completeRoll: false, campus: null, Actor.System, Town.Ct);
        result.Value.Rejected.ShouldBe(0);
        return 0;
    });

    private static async Task<Guid> AddAsync(Town town, PersonForm form, Guid home)
    {
        var saved = await town.App.CallAsync((AddOnePerson add) => add.ExecuteAsync(form, home, town.Office, Town.Ct));
        saved.Refusals.ShouldBeEmpty();
        return saved.Id.ShouldNotBeNull();
    }

    private static async Task CorrectAsync(Town town, Guid id, Action<PersonForm> change)
    {
        var form = (await town.App.CallAsync((CorrectOnePerson correct) => correct.OpenAsync(id, town.Office, Town.Ct))).ShouldNotBeNull();
        change(form);
        (await town.App.CallAsync((CorrectOnePerson correct) => correct.ExecuteAsync(id, form, town.Office, Town.Ct))).Refusals.ShouldBeEmpty();
    }

    private static Task<List<(Guid One, Guid Other, DuplicateReason Reason)>> PairsAsync(Town town) => town.App.ReadAsync(async db =>
        (await db.Set<AlikePair>().AsNoTracking().ToListAsync(Town.Ct)).Select(a => (a.OneId, a.OtherId, a.Reason)).Order().ToList());

    private static async Task IsAsComputedAsync(Town town) => await town.App.ReadAsync(async db =>
    {
        var facts = (await db.Set<Person>().AsNoTracking().Where(p => p.MergedIntoId == null).ToListAsync(Town.Ct)).ConvertAll(LikenessFacts.Of);
        var stays = (await db.Set<Residency>().AsNoTracking().Where(r => r.Until == null).ToListAsync(Town.Ct)).ConvertAll(r => new Stay(r.HouseholdId, r.PersonId));
        (await PairsAsync(town)).ShouldBe(Likeness.Pairs(facts, stays, touched: null).Select(a => (a.OneId, a.OtherId, a.Reason)).Order().ToList());
        return 0;
    });
}
