using System.Net;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Tongxin.People.Contracts;
using Tongxin.People.Data;
using Tongxin.People.MergePersons;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Platform.Journal;
using Tongxin.TestKit.Databases;
using Tongxin.Workforce.Contracts;
using Tongxin.Workforce.Data;
using Xunit;

namespace Tongxin.Modules.Tests.People;

/// <summary>Two entries become one person, with all that hangs on them.</summary>
public sealed class MergeTests
{
    [Theory, BothProviders]
    public async Task Duplicates_SameNameAndPhone_AreFoundOnce(Provider provider)
    {
        await using var town = await Town.BuildAsync(provider);
        var twin = await TwinAsync(town);

        var pairs = await town.App.CallAsync((FindDuplicates find) => find.ExecuteAsync(town.Office, Town.Ct));

        var pair = pairs.ShouldHaveSingleItem();
        pair.Reason.ShouldBe(DuplicateReason.PhoneAndName);
        new[] { pair.One.Id, pair.Other.Id }.ShouldBe([town.Wang.Id, twin.Id], ignoreOrder: true);
        (await town.App.CallAsync((FindDuplicates find) => find.ExecuteAsync(town.App.ActorOf(Roles.Office, ScopeKind.Place, town.West.Id), Town.Ct))).ShouldBeEmpty();
    }

    [Theory, BothProviders]
    public async Task Merge_FieldByField_MovesEverythingAndLeadsOn(Provider provider)
    {
        await using var town = await Town.BuildAsync(provider);
        var twin = await TwinAsync(town);
        var team = Team.Create("一队", null, Town.Today, null);
        await town.App.AddAsync(
            team, Membership.Start(team.Id, town.Wang.Id, TeamRole.Member, town.App.Clock.Now), Membership.Start(team.Id, twin.Id, TeamRole.Captain, town.App.Clock.Now),
            Volunteer.Offer(twin.Id, canLead: true, partyMember: false, town.App.Clock.Now),
            Affiliation.Start(twin.Id, town.Physics.Id, AffiliationRole.Member, Town.Today));
        using var office = await town.App.SignInAsAsync(Roles.Office);
        var page = await office.OpenAsync($"/people/{town.Wang.Id}/merge/{twin.Id}");

        var done = await page.SubmitAsync("main form", ("Form.Take[number]", "gone"));

        done.Address.AbsolutePath.ShouldBe($"/people/{town.Wang.Id}");
        var kept = await town.App.ReadAsync(db => db.Set<Person>().SingleAsync(p => p.Id == town.Wang.Id));
        (kept.Name, kept.Number).ShouldBe(("王小明", "R7"));
        (await office.OpenAsync($"/people/{twin.Id}")).Address.AbsolutePath.ShouldBe($"/people/{town.Wang.Id}");
        (await town.App.ReadAsync(db => db.Set<Residency>().CountAsync(r => r.PersonId == twin.Id))).ShouldBe(0);
        (await town.App.ReadAsync(db => db.Set<Residency>().CountAsync(r => r.PersonId == town.Wang.Id && r.Until == null))).ShouldBe(1);
        (await town.App.ReadAsync(db => db.Set<Affiliation>().SingleAsync(a => a.UnitId == town.Physics.Id && a.Role == AffiliationRole.Member))).PersonId.ShouldBe(town.Wang.Id);
        var now = await town.App.ReadAsync(db => db.Set<Membership>().Where(m => m.Until == null).ToListAsync());
        now.ShouldHaveSingleItem().Role.ShouldBe(TeamRole.Captain);
        now[0].PersonId.ShouldBe(town.Wang.Id);
        (await town.App.ReadAsync(db => db.Set<Volunteer>().SingleAsync())).PersonId.ShouldBe(town.Wang.Id);
        (await town.App.ReadAsync(db => db.Set<JournalEntry>().CountAsync(j => j.Action == "people.person.merged"))).ShouldBe(2);
        (await office.OpenAsync("/people")).All("#people tbody tr").Count.ShouldBe(4);
    }

    [Theory, BothProviders]
    public async Task Merge_WithItselfStaleOrOutOfScope_IsRefused(Provider provider)
    {
        await using var town = await Town.BuildAsync(provider);
        var twin = await TwinAsync(town);

        async Task<string> CodeAsync(MergeRequest request, Actor actor) =>
            (await town.App.CallAsync((MergeTwo merge) => merge.ExecuteAsync(request, actor, Town.Ct))).Error.Code;

        (await CodeAsync(new MergeRequest(twin.Id, 0, twin.Id, 0, []), town.Office)).ShouldBe("people.merge.self");
        (await CodeAsync(new MergeRequest(town.Wang.Id, 3, twin.Id, 0, []), town.Office)).ShouldBe("people.changed");
        (await CodeAsync(new MergeRequest(town.Wang.Id, 0, twin.Id, 0, []), town.App.ActorOf(Roles.Office, ScopeKind.Place, town.West.Id))).ShouldBe("people.person.not-found");
        using var doctor = await town.App.SignInAsAsync(Roles.Doctor);
        (await doctor.OpenAsync($"/people/{town.Wang.Id}/merge/{twin.Id}")).Status.ShouldNotBe(HttpStatusCode.OK);
    }

    private static Task<Person> TwinAsync(Town town) => town.App.CallAsync(async (SecretBox box) =>
    {
        var twin = Person.Create(Ids.New(), new PersonFacts { Name = "王小明", Phone = "19900001234", Number = "R7" }, box, town.App.Clock.Now);
        await town.App.AddAsync(twin, Residency.Start(twin.Id, town.EastHome.Id, Relation.Other, null, Town.Today.AddDays(-3)));
        return twin;
    });
}
