using System.Net;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Tongxin.Core.Text;
using Tongxin.People.AddPerson;
using Tongxin.People.CareTags;
using Tongxin.People.Contracts;
using Tongxin.People.CorrectPerson;
using Tongxin.People.Data;
using Tongxin.People.HouseholdPage;
using Tongxin.People.MovePerson;
using Tongxin.People.RevealNumber;
using Tongxin.Platform.Access;
using Tongxin.Platform.Journal;
using Tongxin.TestKit.Databases;
using Xunit;

namespace Tongxin.Modules.Tests.People;

/// <summary>Adding, correcting, moving, revealing, needs: done, refused, out of scope, done twice, done at once by two.</summary>
public sealed class RegisterSlicesTests
{
    [Theory, BothProviders]
    public async Task AddPerson_IntoAHousehold_LivesThereAndIsJournaled(Provider provider)
    {
        await using var town = await Town.BuildAsync(provider);

        var saved = await town.App.CallAsync((AddOnePerson add) => add.ExecuteAsync(
            new PersonForm { Name = "欧阳·艾力", Phone = "199-0000-9999", Relation = Relation.Child }, town.EastHome.Id, town.Office, Town.Ct));

        saved.Refusals.ShouldBeEmpty();
        (await town.App.ReadAsync(db => db.Set<Residency>().AnyAsync(r => r.PersonId == saved.Id && r.HouseholdId == town.EastHome.Id))).ShouldBeTrue();
        (await town.App.ReadAsync(db => db.Set<Person>().SingleAsync(p => p.Id == saved.Id))).Name.ShouldBe("欧阳·艾力");
        (await town.App.ReadAsync(db => db.Set<JournalEntry>().CountAsync(j => j.SubjectId == saved.Id && j.Action == "people.person.added"))).ShouldBe(1);
    }

    [Theory, BothProviders]
    public async Task AddPerson_WrongFields_SaysEachBesideItsField(Provider provider)
    {
        await using var town = await Town.BuildAsync(provider);
        using var office = await town.App.SignInAsAsync(Roles.Office);
        var form = await office.OpenAsync($"/people/new?household={town.EastHome.Id}");

        var answer = await form.SubmitAsync("main form", ("Form.Name", "=HYPERLINK(1)"), ("Form.Phone", "123"), ("Form.Number", "2022001"));

        answer.One("#f-Form-Name-error").ShouldNotBeNull();
        answer.One("#f-Form-Phone-error").ShouldNotBeNull();
        answer.One("#f-Form-Number-error").ShouldNotBeNull();
        answer.One("#f-Form-Name").GetAttribute("value").ShouldBe("=HYPERLINK(1)");
    }

    [Theory, BothProviders]
    public async Task AddPerson_HouseholdOutOfScope_IsNotThere(Provider provider)
    {
        await using var town = await Town.BuildAsync(provider);
        var east = town.App.ActorOf(Roles.Office, ScopeKind.Place, town.East.Id);

        var saved = await town.App.CallAsync((AddOnePerson add) => add.ExecuteAsync(new PersonForm { Name = "某人" }, town.WestHome.Id, east, Town.Ct));

        saved.Refusals.ShouldHaveSingleItem().Error.Code.ShouldBe("people.household.not-found");
    }

    [Theory, BothProviders]
    public async Task Correct_FormOpenedBeforeAnothersChange_LosesNothing(Provider provider)
    {
        await using var town = await Town.BuildAsync(provider);
        using var office = await town.App.SignInAsAsync(Roles.Office);
        var mine = await office.OpenAsync($"/people/{town.Wang.Id}/correct");
        var others = await office.OpenAsync($"/people/{town.Wang.Id}/correct");
        await others.SubmitAsync("main form", ("Form.Name", "王大明"));

        var answer = await mine.SubmitAsync("main form", ("Form.Note", "常出差"));

        answer.Status.ShouldBe(HttpStatusCode.Conflict);
        answer.One("#f-Form-Note").GetAttribute("value").ShouldBe("常出差");
        answer.Text.ShouldContain("现在是：王大明");
        // Looked at, saved again: a decision, and it goes through.
        var again = await answer.SubmitAsync("main form", ("Form.Name", "王大明"));
        again.Status.ShouldBe(HttpStatusCode.OK);
        var person = await town.App.ReadAsync(db => db.Set<Person>().SingleAsync(p => p.Id == town.Wang.Id));
        (person.Name, person.Note).ShouldBe(("王大明", "常出差"));
        person.PhoneSealed.ShouldNotBeNull();
    }

    [Theory, BothProviders]
    public async Task Correct_FieldsEmptied_AreForgottenAndNumbersOnlyWhenAsked(Provider provider)
    {
        await using var town = await Town.BuildAsync(provider);

        var saved = await town.App.CallAsync((CorrectOnePerson correct) => correct.ExecuteAsync(
            town.Li.Id, new PersonForm { Name = "李雷", Category = PersonCategory.Staff, ForgetPhone = true }, town.Office, Town.Ct));

        saved.Refusals.ShouldBeEmpty();
        var person = await town.App.ReadAsync(db => db.Set<Person>().SingleAsync(p => p.Id == town.Li.Id));
        (person.Number, person.BirthDate, person.PhoneIndex).ShouldBe((null, null, null));
    }

    [Theory, BothProviders]
    public async Task Reveal_WithoutAPurpose_IsRefused_WithOneShownOnceAndJournaled(Provider provider)
    {
        await using var town = await Town.BuildAsync(provider);
        using var office = await town.App.SignInAsAsync(Roles.Office);
        var page = await office.OpenAsync($"/people/{town.Wang.Id}/reveal?what=phone");

        var refused = await page.SubmitAsync("main form", ("Form.Purpose", " "));
        refused.Html.ShouldNotContain("19900001234");
        var shown = await page.SubmitAsync("main form", ("Form.Purpose", "通知采样"));

        shown.Text.ShouldContain("19900001234");
        (await office.OpenAsync($"/people/{town.Wang.Id}/reveal?what=phone")).Html.ShouldNotContain("19900001234");
        var entry = await town.App.ReadAsync(db => db.Set<JournalEntry>().SingleAsync(j => j.Action == "people.person.phone-revealed"));
        (entry.SubjectId, entry.Why).ShouldBe((town.Wang.Id, "通知采样"));
    }

    [Theory, BothProviders]
    public async Task Reveal_NothingOnRecord_IsRefusedAndNotJournaled(Provider provider)
    {
        await using var town = await Town.BuildAsync(provider);

        var answer = await town.App.CallAsync((ShowNumber show) => show.ExecuteAsync(town.Zhao.Id, NumberKind.Document, "核对", town.Office, Town.Ct));

        answer.Error.Code.ShouldBe("people.reveal.nothing");
        (await town.App.ReadAsync(db => db.Set<JournalEntry>().AnyAsync(j => j.Action.Contains("revealed")))).ShouldBeFalse();
    }

    [Theory, BothProviders]
    public async Task Move_IntoAnotherHome_EndsTheOldOneAndKeepsIt(Provider provider)
    {
        await using var town = await Town.BuildAsync(provider);
        var request = new MoveRequest(town.Wang.Id, town.EastEmpty.Id, Relation.Head, null, Town.Today, EndOthers: true);

        var moved = await town.App.CallAsync((MoveOnePerson move) => move.MoveInAsync(request, town.Office, Town.Ct));
        var again = await town.App.CallAsync((MoveOnePerson move) => move.MoveInAsync(request, town.Office, Town.Ct));

        moved.IsFailure.ShouldBeFalse();
        again.Error.Code.ShouldBe("people.residency.lives-there");
        var homes = await town.App.ReadAsync(db => db.Set<Residency>().Where(r => r.PersonId == town.Wang.Id).OrderBy(r => r.From).ToListAsync());
        homes.Select(h => (h.HouseholdId, h.Until)).ShouldBe([(town.EastHome.Id, Town.Today), (town.EastEmpty.Id, (DateOnly?)null)]);
    }

    [Theory, BothProviders]
    public async Task MoveOut_BeforeTheStartOrInTheFuture_IsRefused(Provider provider)
    {
        await using var town = await Town.BuildAsync(provider);
        var residency = await town.App.ReadAsync(db => db.Set<Residency>().Where(r => r.PersonId == town.Wang.Id).Select(r => r.Id).SingleAsync());

        async Task<string> CodeAsync(DateOnly day) => (await town.App.CallAsync((MoveOnePerson m) => m.MoveOutAsync(residency, day, town.Office, Town.Ct))).Error.Code;

        (await CodeAsync(Town.Today.AddDays(1))).ShouldBe("people.day.future");
        (await CodeAsync(new DateOnly(2020, 1, 1))).ShouldBe("people.day.before-start");
        var other = town.App.ActorOf(Roles.Office, ScopeKind.Place, town.West.Id);
        (await town.App.CallAsync((MoveOnePerson m) => m.MoveOutAsync(residency, Town.Today, other, Town.Ct))).Error.Code.ShouldBe("people.residency.not-found");
    }

    [Theory, BothProviders]
    public async Task Household_AddedCorrectedAndTaken_KeepsItsIdAndTellsTheGrid(Provider provider)
    {
        await using var town = await Town.BuildAsync(provider);
        var form = new HouseholdForm { PlaceId = town.EastEntrance.Id, Room = "１０３", Use = HousingUse.OwnerOccupied };

        var id = (await town.App.CallAsync((KeepHousehold keep) => keep.AddAsync(form, town.Office, Town.Ct))).Value;
        var twice = await town.App.CallAsync((KeepHousehold keep) => keep.AddAsync(form, town.Office, Town.Ct));
        var moved = await town.App.CallAsync((KeepHousehold keep) => keep.CorrectAsync(
            id, new HouseholdForm { PlaceId = town.WestEntrance.Id, Room = "305", Use = HousingUse.Vacant }, town.Office, Town.Ct));

        twice.Error.Code.ShouldBe("people.room.taken");
        moved.IsFailure.ShouldBeFalse();
        var household = await town.App.ReadAsync(db => db.Set<Household>().SingleAsync(h => h.Id == id));
        (household.Label, household.Use, household.PlacePath).ShouldBe(("5-1-305", HousingUse.Vacant, town.WestEntrance.Path));
    }

    [Theory, BothProviders]
    public async Task Care_AddedProlongedAndEnded_StaysWithinItsDays(Provider provider)
    {
        await using var town = await Town.BuildAsync(provider);
        var doctor = town.App.ActorOf(Roles.Doctor);

        async Task<string?> AddAsync(CareKind kind, string? purpose, DateOnly? end, Actor actor)
        {
            var result = await town.App.CallAsync((KeepCare keep) => keep.AddAsync(new CareRequest(town.Wang.Id, kind, purpose, end), actor, Town.Ct));
            return result.IsFailure ? result.Error.Code : null;
        }

        (await AddAsync(CareKind.LivingAlone, " ", Town.Today.AddDays(9), doctor)).ShouldBe("people.purpose.missing");
        (await AddAsync(CareKind.LivingAlone, "上门采样", Town.Today.AddDays(181), doctor)).ShouldBe("people.care.end-too-far");
        (await AddAsync(CareKind.LivingAlone, "上门采样", null, doctor)).ShouldBe("people.care.end-missing");
        (await AddAsync(CareKind.Dialysis, "上门采样", Town.Today.AddDays(9), doctor)).ShouldBe("people.care.twice");
        (await AddAsync(CareKind.LivingAlone, "上门采样", Town.Today.AddDays(180), doctor)).ShouldBeNull();
        (await AddAsync(CareKind.Chronic, "上门采样", Town.Today.AddDays(9), town.App.ActorOf(Roles.Counsellor, ScopeKind.Unit, town.Physics.Id))).ShouldBe("people.person.not-found");

        var tag = await town.App.ReadAsync(db => db.Set<CareTag>().Where(t => t.Kind == CareKind.Dialysis).Select(t => t.Id).SingleAsync());
        (await town.App.CallAsync((KeepCare keep) => keep.EndAsync(town.Wang.Id, tag, doctor, Town.Ct))).IsFailure.ShouldBeFalse();
        (await town.App.CallAsync((KeepCare keep) => keep.EndAsync(town.Wang.Id, tag, doctor, Town.Ct))).Error.Code.ShouldBe("people.care.not-found");
        // The need itself is nowhere in the journal.
        (await town.App.ReadAsync(db => db.Set<JournalEntry>().AnyAsync(j => j.Details != null && (j.Details.Contains("Dialysis") || j.Details.Contains("LivingAlone"))))).ShouldBeFalse();
    }
}
