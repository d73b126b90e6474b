using Microsoft.EntityFrameworkCore;
using Shouldly;
using Tongxin.Access.Contracts;
using Tongxin.Access.Data;
using Tongxin.Access.Restrictions;
using Tongxin.Core.Common;
using Tongxin.Core.Protocols;
using Tongxin.Modules.Tests.People;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.TestKit.Databases;
using Xunit;

namespace Tongxin.Modules.Tests.Restrictions;

/// <summary>提交 > 受理 > 核查 > 维持 | 更正 > 复查 > 结束, never by those who set it.</summary>
public sealed class AppealTests
{
    [Theory, BothProviders]
    public async Task Appeal_UpheldThenReviewed_TheCorrectionLiftsAtOnce(Provider provider)
    {
        await using var clinic = await Clinic.BuildAsync(provider);
        var wang = clinic.Town.Wang.Id;
        var measure = await clinic.ImposeAsync(wang);
        var id = (await SubmitAsync(clinic, wang, measure)).Value;

        await StepsAsync(clinic, id, clinic.Privacy);
        (await AnswerAsync(clinic, id, clinic.Privacy, correct: false)).IsFailure.ShouldBeFalse();
        (await clinic.ColourAsync(wang)).ShouldBe(Colour.Red);
        (await clinic.Town.App.CallAsync((SubmitAppeal s) => s.AskReviewAsync(wang, id, "仍不同意", null, Town.Ct))).IsFailure.ShouldBeFalse();
        (await AnswerAsync(clinic, id, clinic.Privacy, correct: true)).Error.Code.ShouldBe("appeals.same-reviewer");
        (await AnswerAsync(clinic, id, clinic.Chief, correct: true)).IsFailure.ShouldBeFalse();

        (await clinic.ColourAsync(wang)).ShouldBe(Colour.Green);
        (await clinic.MeasureAsync(measure)).State.ShouldBe(MeasureState.Lifted);
        var steps = await clinic.Town.App.ReadAsync(db => db.Set<AppealEvent>().AsNoTracking().Where(e => e.AppealId == id).OrderBy(e => e.Id).Select(e => e.State).ToListAsync(Town.Ct));
        steps.ShouldBe([AppealState.Submitted, AppealState.Accepted, AppealState.Checking, AppealState.Upheld, AppealState.Review, AppealState.Closed]);
        await clinic.WorkAsync();
        (await clinic.NoticesAsync(wang)).ShouldContain(n => n.Step == RestrictionStep.Lifted);
    }

    [Theory, BothProviders]
    public async Task Answer_OfAnAppealAndOfItsReview_IsANoticeOfItsOwn(Provider provider)
    {
        await using var clinic = await Clinic.BuildAsync(provider);
        var wang = clinic.Town.Wang.Id;
        var id = (await SubmitAsync(clinic, wang, await clinic.ImposeAsync(wang))).Value;
        clinic.Clock.Advance(TimeSpan.FromHours(1));
        await StepsAsync(clinic, id, clinic.Privacy);
        await AnswerAsync(clinic, id, clinic.Privacy, correct: false);
        await clinic.WorkAsync();

        var upheld = (await clinic.NoticesAsync(wang)).Single(n => n.Step == RestrictionStep.AppealUpheld);
        upheld.Reason.ShouldBe("核查了当天的进出记录");
        clinic.Clock.Advance(TimeSpan.FromHours(1));
        await clinic.Town.App.CallAsync((SubmitAppeal s) => s.AskReviewAsync(wang, id, "仍不同意", null, Town.Ct));
        await AnswerAsync(clinic, id, clinic.Chief, correct: false);
        await clinic.WorkAsync();
        await clinic.WorkAsync();

        (await clinic.NoticesAsync(wang)).Select(n => n.Step).ShouldBe([RestrictionStep.ReviewUpheld, RestrictionStep.AppealUpheld, RestrictionStep.Imposed]);
        (await clinic.ColourAsync(wang)).ShouldBe(Colour.Red);
    }

    [Theory, BothProviders]
    public async Task Appeal_HandledByThoseWhoSetOrApproved_IsRefused(Provider provider)
    {
        await using var clinic = await Clinic.BuildAsync(provider);
        var wang = clinic.Town.Wang.Id;
        var id = (await SubmitAsync(clinic, wang, await clinic.ImposeAsync(wang))).Value;

        (await AcceptAsync(clinic.Doctor)).ShouldBe("appeals.own");
        (await AcceptAsync(clinic.Leader)).ShouldBe("appeals.own");
        (await AcceptAsync(clinic.Town.App.ActorOf(Roles.PrivacyOfficer, personId: clinic.Doctor.PersonId, unitId: Ids.New()))).ShouldBe("appeals.own");
        (await AcceptAsync(clinic.Person(Roles.PrivacyOfficer, clinic.Doctor.UnitId))).ShouldBe("appeals.same-unit");
        (await AcceptAsync(clinic.Person(Roles.PrivacyOfficer, clinic.Leader.UnitId))).ShouldBe("appeals.same-unit");
        (await AcceptAsync(clinic.Privacy with { UnitId = null })).ShouldBe("appeals.unit-unknown");
        (await AcceptAsync(clinic.Privacy with { PersonId = wang })).ShouldBe("appeals.own");
        (await AcceptAsync(clinic.Person(Roles.Auditor))).ShouldBe("appeals.not-found");
        (await AcceptAsync(clinic.Town.App.ActorOf(Roles.Doctor, ScopeKind.Place, clinic.Town.West.Id, Ids.New(), Ids.New()))).ShouldBe("appeals.not-found");
        (await AnswerAsync(clinic, id, clinic.Privacy, correct: true)).Error.Code.ShouldBe("appeals.changed");
        (await AcceptAsync(clinic.Privacy)).ShouldBeNull();
        (await AcceptAsync(clinic.Privacy)).ShouldBe("appeals.changed");

        async Task<string?> AcceptAsync(Actor by) => await clinic.Town.App.CallAsync((HandleAppeals h) => h.AcceptAsync(id, by, Town.Ct)) is { IsFailure: true } refused ? refused.Error.Code : null;
    }

    [Theory, BothProviders]
    public async Task Submit_TwiceEmptyOrOfAnother_IsRefused(Provider provider)
    {
        await using var clinic = await Clinic.BuildAsync(provider);
        var (wang, li) = (clinic.Town.Wang.Id, clinic.Town.Li.Id);
        var measure = await clinic.ImposeAsync(wang);

        (await SubmitAsync(clinic, wang, measure, " ")).Error.Code.ShouldBe("appeals.text-missing");
        (await SubmitAsync(clinic, wang, measure, new string('长', 1001))).Error.Code.ShouldBe("appeals.too-long");
        (await SubmitAsync(clinic, li, measure)).Error.Code.ShouldBe("appeals.not-found");
        var both = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => SubmitAsync(clinic, wang, measure))));
        both.Count(r => !r.IsFailure).ShouldBe(1);
        (await SubmitAsync(clinic, wang, measure)).Error.Code.ShouldBe("appeals.one-is-open");
    }

    [Theory, BothProviders]
    public async Task Clock_AfterADay_AlarmsOnceAndAfterAWeekCloses(Provider provider)
    {
        await using var clinic = await Clinic.BuildAsync(provider);
        var wang = clinic.Town.Wang.Id;
        var id = (await SubmitAsync(clinic, wang, await clinic.ImposeAsync(wang, days: 10))).Value;
        var due = clinic.Clock.Now.AddHours(24);

        clinic.Clock.Set(due.AddSeconds(-1));
        await clinic.RingAsync();
        (await clinic.AlarmsAsync()).ShouldBeEmpty();
        clinic.Clock.Set(due);
        await clinic.RingAsync();
        await clinic.RingAsync();
        (await clinic.AlarmsAsync()).ShouldHaveSingleItem().Kind.ShouldBe(AlarmKind.AppealLate);

        await StepsAsync(clinic, id, clinic.Privacy);
        await AnswerAsync(clinic, id, clinic.Privacy, correct: false);
        clinic.Clock.Advance(TimeSpan.FromDays(7));
        await clinic.RingAsync();
        (await clinic.Town.App.ReadAsync(db => db.Set<Appeal>().AsNoTracking().SingleAsync(a => a.Id == id, Town.Ct))).State.ShouldBe(AppealState.Closed);
        (await clinic.Town.App.CallAsync((SubmitAppeal s) => s.AskReviewAsync(wang, id, "还是不同意", null, Town.Ct))).Error.Code.ShouldBe("appeals.no-review");
    }

    [Theory, BothProviders]
    public async Task Answer_WithAnEarlierEnd_Shortens(Provider provider)
    {
        await using var clinic = await Clinic.BuildAsync(provider);
        var wang = clinic.Town.Wang.Id;
        var measure = await clinic.ImposeAsync(wang, days: 3);
        var id = (await SubmitAsync(clinic, wang, measure)).Value;
        await StepsAsync(clinic, id, clinic.Privacy);
        var end = clinic.Clock.Now.AddHours(5);

        (await AnswerAsync(clinic, id, clinic.Privacy, correct: true, clinic.Clock.Now.AddDays(4))).Error.Code.ShouldBe("restrictions.not-later");
        (await AnswerAsync(clinic, id, clinic.Privacy, correct: true, end)).IsFailure.ShouldBeFalse();

        clinic.Clock.Set(end.AddSeconds(-1));
        (await clinic.ColourAsync(wang)).ShouldBe(Colour.Red);
        clinic.Clock.Set(end);
        (await clinic.ColourAsync(wang)).ShouldBe(Colour.Green);
    }

    private static Task<Result<Guid>> SubmitAsync(Clinic clinic, Guid person, Guid measure, string text = "我当天不在场 <script>alert(1)</script>") =>
        clinic.Town.App.CallAsync((SubmitAppeal s) => s.ExecuteAsync(person, measure, text, AppealWay.Link, null, Town.Ct));

    private static async Task StepsAsync(Clinic clinic, Guid id, Actor by)
    {
        (await clinic.Town.App.CallAsync((HandleAppeals h) => h.AcceptAsync(id, by, Town.Ct))).IsFailure.ShouldBeFalse();
        (await clinic.Town.App.CallAsync((HandleAppeals h) => h.CheckAsync(id, by, Town.Ct))).IsFailure.ShouldBeFalse();
    }

    private static Task<Result> AnswerAsync(Clinic clinic, Guid id, Actor by, bool correct, DateTimeOffset? until = null) =>
        clinic.Town.App.CallAsync((HandleAppeals h) => h.AnswerAsync(id, correct, until, "核查了当天的进出记录", by, Town.Ct));
}
