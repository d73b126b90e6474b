using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tongxin.People.Data;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Platform.Jobs;
using Tongxin.Samples;
using Tongxin.TestKit.Processes;
using Tongxin.TestKit.Web;

namespace Tongxin.Journeys.Harness;

/// <summary>
/// What the demonstration has not got by itself, made through the product's own forms, and the addresses that no link leads
/// to: long work is shown to whoever started it, the code of a report stands on a paper at the door.
/// </summary>
public sealed record DayOfWork(IReadOnlyList<string> ForEverybody, IReadOnlyList<string> ForOffice)
{
    /// <summary>The card of a job that has not ended.</summary>
    private const string Working = ".progress-box[hx-get]";

    /// <summary>The account that did the work.</summary>
    public Guid Office { get; private init; }

    /// <summary>People whose turn is on now, each with the pages that are theirs alone.</summary>
    public IReadOnlyList<Walk> OnDuty { get; private init; } = [];

    public static async Task<DayOfWork> ArrangeAsync(TongxinApp app)
    {
        using var office = await app.SignInAsAccountAsync("office");
        await UploadAsync(office);
        await (await office.OpenAsync("/people/export")).SubmitAsync("main form", ("Form.Purpose", "核对名册"));
        await EnterTwiceAsync(app);
        var decide = await CallWork.ArrangeAsync(app, office);
        var done = await ProposeAsync(office);
        var waiting = await WaitAsync(app, office);
        var failed = await FailAsync(app, office);
        var code = await app.ReadAsync(db => db.Set<Grid.Data.Target>().OrderBy(t => t.SortKey).Select(t => t.Code).FirstAsync());
        var (onDuty, screen) = await NightWork.ArrangeAsync(app, office);
        var visit = await GateWork.ArrangeAsync(app, office);
        var (papers, carried) = await PassWork.ArrangeAsync(app);
        var tested = await TestingWork.ArrangeAsync(app, office);
        return new DayOfWork([$"/report/{code}", $"/report/{code}?done=1", screen, visit, .. papers], [done, waiting, failed, decide, carried, .. tested]) { Office = office.AccountId, OnDuty = onDuty };
    }

    /// <summary>A workbook on the import desk.</summary>
    private static async Task UploadAsync(Visitor office)
    {
        using var workbook = new MemoryStream();
        MessyWorkbook.Write(workbook, Samples.DemoEstate.Qinyuan(), households: 20);
        await office.SubmitAsync((await office.OpenAsync("/people/import")).Form("form[enctype]").Attach("file", "messy.xlsx", workbook.ToArray()));
    }

    private static Task EnterTwiceAsync(TongxinApp app)
    {
        var box = app.Services.GetRequiredService<SecretBox>();
        Person Twice() => Person.Create(Ids.New(), new PersonFacts { Name = "重名一", Phone = "19900009999" }, box, app.Clock.Now);
        return app.AddAsync(Twice(), Twice());
    }

    /// <summary>A proposal of teams, worked out; the address of the job that did it.</summary>
    private static async Task<string> ProposeAsync(Visitor office)
    {
        var form = (await office.OpenAsync("/grid/propose")).Form();
        var job = await office.SubmitAsync(form);
        job = await Glance.UntilWithoutAsync(office, job.Address.AbsolutePath, Working);
        job.One(".progress-box a.btn-primary");
        return job.Address.AbsolutePath;
    }

    /// <summary>A job that has not begun: the page that shows progress.</summary>
    private static async Task<string> WaitAsync(TongxinApp app, Visitor office)
    {
        var address = await StartAsync(app, office, (db, jobs, owner) => LongWork.Wait(db, jobs, "划分网格和组队", owner));
        (await office.OpenAsync(address)).One(Working);
        return address;
    }

    /// <summary>A job that did not come to its end: the page that says why.</summary>
    private static async Task<string> FailAsync(TongxinApp app, Visitor office)
    {
        var address = await StartAsync(app, office, (_, jobs, owner) => LongWork.Fail(jobs, "划分网格和组队", owner));
        await Glance.UntilWithoutAsync(office, address, Working);
        return address;
    }

    private static Task<string> StartAsync(TongxinApp app, Visitor office, Func<TongxinDb, IJobs, Actor, Guid> start) => app.InScopeAsync(async services =>
    {
        var db = services.GetRequiredService<TongxinDb>();
        var job = start(db, services.GetRequiredService<IJobs>(), app.ActorOf(Roles.Office) with { AccountId = office.AccountId });
        await db.CommitAsync(CancellationToken.None);
        return $"/jobs/{job}";
    });
}
