using Microsoft.EntityFrameworkCore;
using Tongxin.Platform.Access;
using Tongxin.TestKit.Web;
using Tongxin.Workforce.Data;
using Tongxin.Workforce.Duties;
using Tongxin.Workforce.DutyDesk;

namespace Tongxin.Journeys.Harness;

/// <summary>
/// A turn that is on right now, and people who have it: one to check in, one to hand over, one who served in the morning and asked for a
/// certificate; a screen at the post; a roster that asks for wishes.
/// </summary>
internal static class NightWork
{
    public static async Task<(IReadOnlyList<Walk> OnDuty, string Screen)> ArrangeAsync(TongxinApp app, Visitor office)
    {
        var now = app.Clock.Now;
        var turns = await app.InScopeAsync(services => ((DutyBook)services.GetService(typeof(DutyBook))!).Turns.AsNoTracking() // registered by the module
            .Where(x => !x.Turn.IsReserve).OrderBy(x => x.Duty.Starts).ThenBy(x => x.Turn.Id).ToListAsync());
        var here = turns.Where(x => x.Duty.Starts <= now && now < x.Duty.Ends).GroupBy(x => x.Duty.Id).First(g => g.Count() > 1).ToList();
        var morning = turns.First(x => x.Duty.Ends <= now && here.All(h => h.Turn.PersonId != x.Turn.PersonId));

        var made = await (await office.OpenAsync($"/desk/posts/{here[0].Post.Id}/screen")).SubmitAsync("#screen form");
        var screen = new Uri(made.One("#screen a.btn").GetAttribute("href") ?? "").AbsolutePath;
        var leaving = await SignInAsync(app, here[0]);
        using (var wall = app.Anonymous())
        {
            var code = (await wall.OpenAsync(screen)).One(".post-digits").TextContent;
            await (await leaving.OpenAsync($"/duties/{here[0].Turn.Id}/check-in")).SubmitAsync("main form", ("code", code));
        }

        var coming = await SignInAsync(app, here[1]);
        var served = await ServeAsync(app, morning);
        var certificate = await (await served.OpenAsync("/duties/service")).SubmitAsync("#certificate form");
        await AskWishesAsync(office);
        return
        (
            [
                new Walk(leaving, [$"/duties/{here[0].Turn.Id}/handover"]),
                new Walk(coming, [$"/duties/{here[1].Turn.Id}/check-in", "/duties/wishes", "/duties"]),
                new Walk(served, [certificate.Address.AbsolutePath]),
            ],
            screen
        );
    }

    private static Task<Visitor> SignInAsync(TongxinApp app, OnDuty on) => app.SignInAsAsync(null, ScopeKind.Everything, null, on.Turn.PersonId);

    /// <summary>The demonstration begins today: nobody can have come and gone yet by the forms alone.</summary>
    private static async Task<Visitor> ServeAsync(TongxinApp app, OnDuty morning)
    {
        var visitor = await SignInAsync(app, morning);
        Attendance At(AttendanceKind kind, AttendanceSource source, DateTimeOffset at) =>
            Attendance.Of(Platform.Ids.New(), morning.Turn, morning.Duty, kind, source, at, visitor.AccountId);
        await app.AddAsync(At(AttendanceKind.In, AttendanceSource.Code, morning.Duty.Starts), At(AttendanceKind.Out, AttendanceSource.Handover, morning.Duty.Ends));
        return visitor;
    }

    private static async Task AskWishesAsync(Visitor office)
    {
        var roster = await (await office.OpenAsync("/rosters/new")).SubmitAsync("main form[method=post]", ("Form.Days", "3"));
        await (await office.OpenAsync($"{roster.Address.AbsolutePath}/wishes")).SubmitAsync("#window form");
    }
}
