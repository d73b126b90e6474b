using System.Net;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Tongxin.Access.Contracts;
using Tongxin.Access.Data;
using Tongxin.Access.Restrictions;
using Tongxin.Core.Protocols;
using Tongxin.Modules.Tests.People;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Web;
using Xunit;

namespace Tongxin.Modules.Tests.Restrictions;

/// <summary>Who can restrict whom, with what, and how it ends.</summary>
public sealed class RestrictTests
{
    [Theory, BothProviders]
    public async Task Measure_AskedAgreedLifted_TheColourFollows(Provider provider)
    {
        await using var clinic = await Clinic.BuildAsync(provider);
        var wang = clinic.Town.Wang.Id;

        var asked = await clinic.AskAsync(wang);
        (await clinic.ColourAsync(wang)).ShouldBe(Colour.Green);
        (await clinic.DecideAsync(asked.ApprovalId)).IsFailure.ShouldBeFalse();
        (await clinic.ColourAsync(wang)).ShouldBe(Colour.Red);
        (await clinic.LiftAsync(asked.RestrictionIds[0])).IsFailure.ShouldBeFalse();
        (await clinic.ColourAsync(wang)).ShouldBe(Colour.Green);

        (await clinic.StepsAsync(asked.RestrictionIds[0])).Select(s => s.Step).ShouldBe([RestrictionStep.Proposed, RestrictionStep.Imposed, RestrictionStep.Lifted]);
        await clinic.WorkAsync();
        var notices = await clinic.NoticesAsync(wang);
        notices.Select(n => n.Step).ShouldBe([RestrictionStep.Imposed, RestrictionStep.Lifted], ignoreOrder: true);
        notices.ShouldAllBe(n => n.Basis == "传染病防治法第三十九条" && n.Rule == "ANY-1/HomeObservation");
        notices.Single(n => n.Step == RestrictionStep.Lifted).Reason.ShouldBe("误判");
    }

    [Theory, BothProviders]
    public async Task Measure_DecidedByTheSamePersonUnitOrRole_DoesNotHold(Provider provider)
    {
        await using var clinic = await Clinic.BuildAsync(provider);
        var wang = clinic.Town.Wang.Id;
        var asked = await clinic.AskAsync(wang);
        var secondAccount = clinic.Town.App.ActorOf(Roles.DutyLeader, personId: clinic.Doctor.PersonId, unitId: Ids.New());

        (await clinic.DecideAsync(asked.ApprovalId, by: secondAccount)).Error.Code.ShouldBe("platform.approval.own");
        (await clinic.DecideAsync(asked.ApprovalId, by: clinic.Person(Roles.DutyLeader, clinic.Doctor.UnitId))).Error.Code.ShouldBe("platform.approval.same-unit");
        (await clinic.DecideAsync(asked.ApprovalId, by: clinic.SecondDoctor)).Error.Code.ShouldBe("platform.approval.none");
        (await clinic.DecideAsync(asked.ApprovalId, by: clinic.Person(Roles.Administrator))).Error.Code.ShouldBe("platform.approval.none");
        (await clinic.ColourAsync(wang)).ShouldBe(Colour.Green);
        (await clinic.DecideAsync(asked.ApprovalId, approve: false)).IsFailure.ShouldBeFalse();
        (await clinic.MeasureAsync(asked.RestrictionIds[0])).State.ShouldBe(MeasureState.Refused);
        (await clinic.ColourAsync(wang)).ShouldBe(Colour.Green);
    }

    [Theory, BothProviders]
    public async Task Ask_WhatIsIncomplete_IsRefused(Provider provider)
    {
        await using var clinic = await Clinic.BuildAsync(provider);
        var good = await clinic.RequestAsync([clinic.Town.Wang.Id]);

        (await CodeAsync(good with { Basis = " " })).ShouldBe("restrictions.basis-missing");
        (await CodeAsync(good with { LeastRestrictive = null })).ShouldBe("restrictions.least-missing");
        (await CodeAsync(good with { Basis = new string('长', 201) })).ShouldBe("restrictions.too-long");
        (await CodeAsync(good with { Persons = [] })).ShouldBe("restrictions.nobody-chosen");
        (await CodeAsync(good with { Persons = [good.Persons[0], good.Persons[0]] })).ShouldBe("restrictions.person-twice");
        (await CodeAsync(good with { Until = clinic.Clock.Now })).ShouldBe("restrictions.until-past");
        (await CodeAsync(good with { Until = clinic.Clock.Now.AddDays(14).AddSeconds(1) })).ShouldBe("restrictions.until-too-far");
        (await CodeAsync(good with { Kind = MeasureKind.CentralObservation + 100 })).ShouldBe("restrictions.kind-unknown");
        (await clinic.AskAsync(good, clinic.Doctor with { UnitId = null })).Error.Code.ShouldBe("platform.approval.unit-unknown");
        (await CodeAsync(good)).ShouldBeNull();
        (await CodeAsync(good)).ShouldBe("restrictions.already");

        async Task<string?> CodeAsync(RestrictionRequest request) => await clinic.AskAsync(request) is { IsFailure: true } refused ? refused.Error.Code : null;
    }

    [Theory, BothProviders]
    public async Task Ask_WithoutEvidenceRightOrScope_LeavesAnAlarmEach(Provider provider)
    {
        await using var clinic = await Clinic.BuildAsync(provider);
        var (wang, li) = (clinic.Town.Wang.Id, clinic.Town.Li.Id);
        var good = await clinic.RequestAsync([wang]);
        var eastDoctor = clinic.Town.App.ActorOf(Roles.Doctor, ScopeKind.Place, clinic.Town.West.Id, Ids.New(), Ids.New());

        (await clinic.AskAsync(good with { Persons = [new(wang, Ids.New())] })).Error.Code.ShouldBe("restrictions.no-evidence");
        (await clinic.AskAsync(good with { Persons = [new(li, good.Persons[0].EvidenceId)] })).Error.Code.ShouldBe("restrictions.no-evidence");
        (await clinic.AskAsync(good with { Module = "nobody" })).Error.Code.ShouldBe("restrictions.no-evidence");
        (await clinic.AskAsync(good, eastDoctor)).Error.Code.ShouldBe("restrictions.person-not-found");
        foreach (var role in Roles.All.Where(r => r != Roles.Doctor))
            (await clinic.AskAsync(good, clinic.Person(role))).Error.Code.ShouldBe("restrictions.no-right");

        var alarms = await clinic.AlarmsAsync();
        alarms.Single(a => a.Kind == AlarmKind.NoEvidence).Times.ShouldBe(3);
        alarms.Count(a => a.Kind == AlarmKind.OutOfScope).ShouldBe(1);
        alarms.Count(a => a.Kind == AlarmKind.NoRight).ShouldBe(Roles.All.Count - 1);
        (await clinic.Town.App.ReadAsync(db => db.Set<Measure>().CountAsync(Town.Ct))).ShouldBe(0);
    }

    [Theory, BothProviders]
    public async Task Ask_ByListLikeHenan_IsRefusedAndTheAuditorSeesIt(Provider provider)
    {
        await using var clinic = await Clinic.BuildAsync(provider);
        var crowd = await clinic.CrowdAsync(21);
        var order = await clinic.RequestAsync(crowd);

        // One list; then the same list cut in pieces; then a second account of the same person.
        (await clinic.AskAsync(order)).Error.Code.ShouldBe("restrictions.too-many");
        (await clinic.AskAsync(order with { Persons = [.. order.Persons.Take(11)] })).IsFailure.ShouldBeFalse();
        (await clinic.AskAsync(order with { Persons = [.. order.Persons.Skip(11)] })).Error.Code.ShouldBe("restrictions.too-many");
        var secondAccount = clinic.Town.App.ActorOf(Roles.Doctor, personId: clinic.Doctor.PersonId, unitId: clinic.Doctor.UnitId);
        (await clinic.AskAsync(order with { Persons = [.. order.Persons.Skip(11)] }, secondAccount)).Error.Code.ShouldBe("restrictions.too-many");

        // The leading group can be asked; the duty leader's word is not enough then.
        var asked = await clinic.AskAsync(order with { Persons = [.. order.Persons.Skip(11)], LeadingGroup = true });
        (await clinic.DecideAsync(asked.Value.ApprovalId, by: clinic.Leader)).Error.Code.ShouldBe("platform.approval.none");
        foreach (var person in crowd) (await clinic.ColourAsync(person)).ShouldBe(Colour.Green);

        await clinic.WorkAsync();
        var alarms = await clinic.AlarmsAsync();
        alarms.Where(a => a.Kind == AlarmKind.TooMany).Sum(a => a.Times).ShouldBe(3);
        alarms.ShouldContain(a => a.Kind == AlarmKind.ManyAsked);
        alarms.ShouldContain(a => a.Kind == AlarmKind.SameRequester);
        alarms.ShouldContain(a => a.Kind == AlarmKind.SameReason);
        using var auditor = await clinic.Town.App.SignInAsAsync(Roles.Auditor);
        var page = await auditor.OpenAsync("/access/alarms");
        page.Text.ShouldContain("一小时超过 20 人");
        page.Text.ShouldContain("同一申请人");
        page.Text.ShouldNotContain("储户");
    }

    [Theory, BothProviders]
    public async Task Ask_ManyAtTheSameMoment_AreCountedTogether(Provider provider)
    {
        await using var clinic = await Clinic.BuildAsync(provider);
        var crowd = await clinic.CrowdAsync(36);
        var order = await clinic.RequestAsync(crowd);

        var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(i => Task.Run(() => clinic.AskAsync(order with { Persons = [.. order.Persons.Skip(i * 12).Take(12)] }))));

        answers.Count(a => !a.IsFailure).ShouldBe(1);
        (await clinic.Town.App.ReadAsync(db => db.Set<Measure>().CountAsync(Town.Ct))).ShouldBe(12);
    }

    [Theory, BothProviders]
    public async Task Measure_AtTheSecondOfItsEnd_RestrictsNobody(Provider provider)
    {
        await using var clinic = await Clinic.BuildAsync(provider);
        var wang = clinic.Town.Wang.Id;
        // 24:00 of the third day on campus.
        var midnight = Tongxin.Core.Common.CampusCalendar.StartOf(Town.Today.AddDays(3));
        var request = await clinic.RequestAsync([wang]) with { Until = midnight };
        var asked = (await clinic.AskAsync(request)).Value;
        (await clinic.DecideAsync(asked.ApprovalId)).IsFailure.ShouldBeFalse();

        clinic.Clock.Set(midnight.AddSeconds(-1));
        (await clinic.ColourAsync(wang)).ShouldBe(Colour.Red);
        clinic.Clock.Set(midnight);
        (await clinic.ColourAsync(wang)).ShouldBe(Colour.Green);
        (await clinic.LiftAsync(asked.RestrictionIds[0])).Error.Code.ShouldBe("restrictions.already-over");

        // The clock writes it down later, once, and says how late.
        clinic.Clock.Advance(TimeSpan.FromSeconds(90));
        await clinic.RingAsync();
        await clinic.RingAsync();
        var end = (await clinic.StepsAsync(asked.RestrictionIds[0])).Where(s => s.Step == RestrictionStep.Ended).ShouldHaveSingleItem();
        (end.At, end.LateSeconds).ShouldBe((midnight, 90));
        await clinic.WorkAsync();
        (await clinic.NoticesAsync(wang)).ShouldContain(n => n.Step == RestrictionStep.Ended && n.At == midnight);
    }

    [Theory, BothProviders]
    public async Task Measure_OverButNotWrittenDown_LeavesRoomForTheNext(Provider provider)
    {
        await using var clinic = await Clinic.BuildAsync(provider);
        var wang = clinic.Town.Wang.Id;
        var first = await clinic.ImposeAsync(wang, MeasureKind.Monitoring, days: 1);
        clinic.Clock.Advance(TimeSpan.FromDays(1));

        await clinic.ImposeAsync(wang, MeasureKind.Monitoring, days: 1);

        (await clinic.MeasureAsync(first)).State.ShouldBe(MeasureState.Ended);
        (await clinic.ColourAsync(wang)).ShouldBe(Colour.Yellow);
    }

    [Theory, BothProviders]
    public async Task Row_WrittenIntoTheDatabaseByHand_RestrictsNobodyAndIsFound(Provider provider)
    {
        await using var clinic = await Clinic.BuildAsync(provider);
        var (wang, li) = (clinic.Town.Wang.Id, clinic.Town.Li.Id);
        var real = await clinic.ImposeAsync(wang, MeasureKind.Monitoring);
        await clinic.Town.App.ReadAsync(db => db.Database.ExecuteSqlRawAsync("UPDATE access_measures SET kind = 'CaseIsolation', person_id = {0} WHERE id = {1}", [li, real], Town.Ct));

        (await clinic.ColourAsync(li)).ShouldBe(Colour.Green);
        (await clinic.AlarmsAsync()).ShouldContain(a => a.Kind == AlarmKind.Tampered);
    }

    [Theory, BothProviders]
    public async Task Lift_TwiceAtOnceUnknownOrOutOfScope_IsOnceOrNotThere(Provider provider)
    {
        await using var clinic = await Clinic.BuildAsync(provider);
        var measure = await clinic.ImposeAsync(clinic.Town.Wang.Id);
        var west = clinic.Town.App.ActorOf(Roles.Doctor, ScopeKind.Place, clinic.Town.West.Id, Ids.New(), Ids.New());

        (await clinic.LiftAsync(measure, west)).Error.Code.ShouldBe("restrictions.not-found");
        (await clinic.LiftAsync(Ids.New())).Error.Code.ShouldBe("restrictions.not-found");
        (await clinic.LiftAsync(measure, clinic.Person(Roles.Office))).Error.Code.ShouldBe("restrictions.not-found");
        (await clinic.LiftAsync(measure, reason: " ")).Error.Code.ShouldBe("restrictions.reason-missing");
        var both = await Task.WhenAll(Task.Run(() => clinic.LiftAsync(measure)), Task.Run(() => clinic.LiftAsync(measure, clinic.Chief)));
        both.Count(r => r.IsFailure).ShouldBe(1);
        (await clinic.StepsAsync(measure)).Count(s => s.Step == RestrictionStep.Lifted).ShouldBe(1);
    }

    [Theory, BothProviders]
    public async Task Protocol_StartedSwitchedEnded_ByTwoPeopleOnly(Provider provider)
    {
        await using var clinic = await Clinic.BuildAsync(provider, withProtocol: false);
        var wang = clinic.Town.Wang.Id;
        (await clinic.ColourAsync(wang)).ShouldBe(Colour.None);
        (await clinic.AskAsync(await clinic.RequestAsync([wang]))).Error.Code.ShouldBe("protocols.none");

        var start = await ProtocolAsync(Clinic.Edition, clinic.Doctor);
        (await clinic.DecideAsync(start, by: clinic.Person(Roles.DutyLeader, clinic.Doctor.UnitId))).Error.Code.ShouldBe("platform.approval.same-unit");
        (await clinic.ColourAsync(wang)).ShouldBe(Colour.None);
        (await clinic.DecideAsync(start)).IsFailure.ShouldBeFalse();
        (await clinic.ColourAsync(wang)).ShouldBe(Colour.Green);
        var measure = await clinic.ImposeAsync(wang);
        (await clinic.ColourAsync(wang)).ShouldBe(Colour.Red);

        clinic.Clock.Advance(TimeSpan.FromMinutes(1));
        var end = await ProtocolAsync(null, clinic.Doctor);
        (await clinic.DecideAsync(end)).IsFailure.ShouldBeFalse();
        (await clinic.ColourAsync(wang)).ShouldBe(Colour.None);
        (await clinic.MeasureAsync(measure)).State.ShouldBe(MeasureState.Lifted);

        // Nothing comes back to life.
        clinic.Clock.Advance(TimeSpan.FromMinutes(1));
        (await clinic.DecideAsync(await ProtocolAsync(Clinic.Edition, clinic.Doctor))).IsFailure.ShouldBeFalse();
        (await clinic.ColourAsync(wang)).ShouldBe(Colour.Green);
        (await clinic.Town.App.CallAsync((AskProtocol a) => a.ExecuteAsync(Clinic.Edition, "again", clinic.Doctor, Town.Ct))).Error.Code.ShouldBe("protocols.in-force");
        (await clinic.Town.App.CallAsync((AskProtocol a) => a.ExecuteAsync("NO-SUCH", "x", clinic.Doctor, Town.Ct))).Error.Code.ShouldBe("protocols.edition-unknown");
        (await clinic.Town.App.CallAsync((AskProtocol a) => a.ExecuteAsync(null, "x", clinic.Person(Roles.Office), Town.Ct))).Error.Code.ShouldBe("restrictions.no-right");

        async Task<Guid> ProtocolAsync(string? edition, Actor by) => (await clinic.Town.App.CallAsync((AskProtocol a) => a.ExecuteAsync(edition, "指挥部第 3 次会议", by, Town.Ct))).Value;
    }

    [Theory, BothProviders]
    public async Task Form_PostedByWhoeverIsNoDoctor_IsRefusedWithAnAlarm(Provider provider)
    {
        await using var clinic = await Clinic.BuildAsync(provider);
        foreach (var role in new[] { Roles.Administrator, Roles.DutyLeader, Roles.Office })
        {
            using var visitor = await clinic.Town.App.SignInAsAsync(role);
            using var form = new FormUrlEncodedContent([new("Form.Kind", "CaseIsolation")]);
            using var answer = await visitor.Http.PostAsync(new Uri("/access/measures/new", UriKind.Relative), form, Town.Ct);
            answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        }
        (await clinic.AlarmsAsync()).Count(a => a.Kind == AlarmKind.NoRight).ShouldBe(3);
    }

    [Fact]
    public async Task Product_HasNoDoorThatTakesAColourOrAListOfPeople()
    {
        await using var clinic = await Clinic.BuildAsync(Provider.Sqlite);

        var doors = TestRoute.AllOf(clinic.Town.App).Where(r => r.Method is not ("GET" or "HEAD")).Select(r => r.Pattern.ToLowerInvariant()).ToList();

        doors.ShouldNotContain(p => p.Contains("colour") || p.Contains("color") || (p.Contains("measures") && p.Contains("import")));
        // A measure, an evidence, an appeal: none has a colour to write.
        var columns = await clinic.Town.App.ReadAsync(db => Task.FromResult(db.Model.GetEntityTypes().Where(e => e.GetProperties().Any(p => p.ClrType == typeof(Colour))).Select(e => e.ClrType).ToList()));
        columns.ShouldNotContain(typeof(Measure));
        columns.ShouldNotContain(typeof(Evidence));
    }

    [Theory, BothProviders]
    public async Task Counts_AreForEverybodyAndHideSmallFigures(Provider provider)
    {
        await using var clinic = await Clinic.BuildAsync(provider);
        foreach (var person in await clinic.CrowdAsync(6)) await clinic.ImposeAsync(person, MeasureKind.Monitoring);
        var measure = await clinic.ImposeAsync(clinic.Town.Wang.Id);
        await clinic.LiftAsync(measure);

        var counts = await clinic.Town.App.CallAsync((CountByDay c) => c.ReadAsync(Town.Ct));
        counts.ShouldContain(new DayCount(Town.Today, Clinic.Edition, MeasureKind.Monitoring, 6, 0, 0, 6));
        counts.ShouldContain(new DayCount(Town.Today, Clinic.Edition, MeasureKind.HomeObservation, 1, 1, 0, 0));
        using var anybody = clinic.Town.App.Anonymous();
        var page = await anybody.OpenAsync("/access/counts");
        page.Status.ShouldBe(HttpStatusCode.OK);
        page.Text.ShouldContain("<5");
        page.Text.ShouldNotContain("王小明");
    }
}
