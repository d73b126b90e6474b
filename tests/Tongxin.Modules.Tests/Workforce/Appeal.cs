using Microsoft.EntityFrameworkCore;
using Tongxin.Modules.Tests.People;
using Tongxin.People.Contracts;
using Tongxin.Platform.Outbox;
using Tongxin.TestKit.Databases;
using Tongxin.Workforce.Calls;
using Tongxin.Workforce.Contracts;
using Tongxin.Workforce.Data;

namespace Tongxin.Modules.Tests.Workforce;

/// <summary>A town with an open call.</summary>
internal sealed class Appeal : IAsyncDisposable
{
    private Appeal(Town town, Call call) => (Town, Call) = (town, call);

    public Town Town { get; }

    public Call Call { get; }

    public static async Task<Appeal> BuildAsync(Provider provider, int places = 33, Guid? unit = null)
    {
        // Jobs and notices run when a test says so.
        var town = await Town.BuildAsync(provider, services => services.Remove(services.Single(s => s.ImplementationType == typeof(OutboxService))));
        var opened = await town.App.CallAsync((KeepCalls k) => k.OpenAsync(Draft(town, places, unit), town.Office, Town.Ct));
        return new Appeal(town, await town.App.ReadAsync(db => db.Set<Call>().AsNoTracking().SingleAsync(c => c.Id == opened.Value, Town.Ct)));
    }

    public static CallDraft Draft(Town town, int places = 33, Guid? unit = null, string? title = "物资搬运小分队") => new(
        title, "周六早上在东门卸货", [CampusDuty.Supplies, CampusDuty.Meals], [Skill.Driving], places, town.App.Clock.Now.AddHours(8).DateTime.AddDays(2), unit);

    public static ApplicantFacts Facts(string name, string? number = null, string? phone = null) => new()
    {
        Name = name,
        Number = number,
        Phone = phone,
        Category = PersonCategory.Student,
        Duties = [CampusDuty.Supplies],
    };

    public async Task<string> ApplyAsync(ApplicantFacts facts) =>
        (await Town.App.CallAsync((SubmitApplication s) => s.ExecuteAsync(Call.Code, facts, Town.Ct))).Value;

    public Task<List<Application>> ApplicationsAsync() =>
        Town.App.ReadAsync(db => db.Set<Application>().AsNoTracking().Where(a => a.CallId == Call.Id).OrderBy(a => a.CreatedAt).ThenBy(a => a.Id).ToListAsync(Town.Ct));

    /// <summary>Applications of strangers, in order.</summary>
    public async Task<IReadOnlyList<Application>> CrowdAsync(int count)
    {
        var box = (Tongxin.Platform.Data.SecretBox)Town.App.Services.GetService(typeof(Tongxin.Platform.Data.SecretBox))!; // registered by the product
        var from = Town.App.Clock.Now;
        var all = Enumerable.Range(0, count).Select(i => Application.Send(Call.Id, Facts("张" + Digit(i), $"S{i:00000}"), null, box, from.AddSeconds(i))).ToList();
        await Town.App.AddAsync([.. all]);
        return all;
    }

    public Task<Tongxin.Core.Common.Result<Decided>> DecideAsync(IEnumerable<Guid> ids, Verdict verdict, string? reason = null) =>
        Town.App.CallAsync((DecideApplications d) => d.ManyAsync(Call.Id, [.. ids], verdict, reason, Town.Office, Town.Ct));

    /// <summary>Does the jobs and sends the notices that are due.</summary>
    public Task WorkAsync() => ((OutboxWorker)Town.App.Services.GetService(typeof(OutboxWorker))!).RunDueAsync(Town.Ct); // registered by the product

    public ValueTask DisposeAsync() => Town.DisposeAsync();

    public static string Digit(int number) => string.Concat(number.ToString(System.Globalization.CultureInfo.InvariantCulture).Select(c => "零一二三四五六七八九"[c - '0']));
}
