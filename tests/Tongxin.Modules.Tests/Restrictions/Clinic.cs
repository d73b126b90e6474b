using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Tongxin.Access.Contracts;
using Tongxin.Access.Data;
using Tongxin.Access.Passes;
using Tongxin.Access.Restrictions;
using Tongxin.Core.Common;
using Tongxin.Core.Protocols;
using Tongxin.Modules.Tests.People;
using Tongxin.People.Contracts;
using Tongxin.People.Data;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Approvals;
using Tongxin.Platform.Data;
using Tongxin.Platform.Outbox;
using Tongxin.TestKit;
using Tongxin.TestKit.Databases;

namespace Tongxin.Modules.Tests.Restrictions;

/// <summary>A town with a protocol in force, a doctor, and those who decide, each of a unit of one's own.</summary>
internal sealed class Clinic : IAsyncDisposable
{
    public const string Edition = "ANY-1";
    public static readonly byte[] Paper = "%PDF-1.7 order"u8.ToArray();

    private Clinic(Town town)
    {
        Town = town;
        Doctor = Person(Roles.Doctor);
        SecondDoctor = Person(Roles.Doctor);
        Leader = Person(Roles.DutyLeader);
        Chief = Person(Roles.LeadingGroup);
        Privacy = Person(Roles.PrivacyOfficer);
    }

    public Town Town { get; }
    public Actor Doctor { get; }
    public Actor SecondDoctor { get; }
    public Actor Leader { get; }
    public Actor Chief { get; }
    public Actor Privacy { get; }
    public FakeTimeProvider Clock => Town.App.Clock;

    private static CancellationToken Ct => Town.Ct;

    public static async Task<Clinic> BuildAsync(Provider provider, bool withProtocol = true)
    {
        // The outbox works, and the clock rings, when a test says so.
        var town = await Town.BuildAsync(provider, services =>
        {
            services.Remove(services.Single(s => s.ImplementationType == typeof(OutboxService)));
            services.Remove(services.Single(s => s.ImplementationType == typeof(AccessClock)));
        });
        var clinic = new Clinic(town);
        if (withProtocol) await town.App.AddAsync(ProtocolPeriod.Start(Edition, town.App.Clock.Now.AddDays(-1), Ids.New(), Ids.New(), "test"));
        return clinic;
    }

    /// <summary>Somebody of a unit of one's own.</summary>
    public Actor Person(string role, Guid? unit = null) => Town.App.ActorOf(role, personId: Ids.New(), unitId: unit ?? Ids.New());

    public async Task<List<Guid>> CrowdAsync(int count)
    {
        var box = Town.App.Services.GetRequiredService<SecretBox>();
        var people = Enumerable.Range(0, count).Select(i => Tongxin.People.Data.Person.Create(Ids.New(), new PersonFacts { Name = "储户" + Workforce.Appeal.Digit(i), Category = PersonCategory.Resident }, box, Clock.Now)).ToList();
        await Town.App.AddAsync([.. people]);
        return people.ConvertAll(p => p.Id);
    }

    public async Task<Guid> EvidenceAsync(Guid person, Actor? by = null, byte[]? paper = null, string reference = "第7号") =>
        (await Town.App.CallAsync((RecordEvidence r) => r.ExecuteAsync(person, EvidenceKind.ContactOrder, reference, new MemoryStream(paper ?? Paper), "order.pdf", by ?? Doctor, Ct))).Value;

    public async Task<RestrictionRequest> RequestAsync(IEnumerable<Guid> persons, MeasureKind kind = MeasureKind.HomeObservation, double days = 3, Actor? by = null)
    {
        var items = new List<RestrictedPerson>();
        foreach (var person in persons) items.Add(new RestrictedPerson(person, await EvidenceAsync(person, by)));
        return new RestrictionRequest(RecordEvidence.ModuleName, kind, items, Clock.Now.AddDays(days), "传染病防治法第三十九条", "同住有高龄老人");
    }

    public Task<Result<RestrictionsAsked>> AskAsync(RestrictionRequest request, Actor? by = null) => Town.App.CallAsync((AskRestrictions a) => a.ExecuteAsync(request, by ?? Doctor, Ct));

    public async Task<RestrictionsAsked> AskAsync(Guid person, MeasureKind kind = MeasureKind.HomeObservation, double days = 3) => (await AskAsync(await RequestAsync([person], kind, days))).Value;

    public Task<Result> DecideAsync(Guid approval, bool approve = true, Actor? by = null) => Town.App.CallAsync((IApprovals a) => a.DecideAsync(approval, approve, "核对过材料", by ?? Leader, Ct));

    /// <summary>A measure in force.</summary>
    public async Task<Guid> ImposeAsync(Guid person, MeasureKind kind = MeasureKind.HomeObservation, double days = 3)
    {
        var asked = await AskAsync(person, kind, days);
        (await DecideAsync(asked.ApprovalId)).IsFailure.ShouldBeFalse();
        return asked.RestrictionIds[0];
    }

    public Task<Result> LiftAsync(Guid measure, Actor? by = null, string? reason = "误判") => Town.App.CallAsync((LiftRestriction l) => l.ExecuteAsync(measure, reason, by ?? Doctor, Ct));

    public Task<Colour> ColourAsync(Guid person) => Town.App.CallAsync(async (ReadColours r) => (await r.OfAsync([person], Ct))[person].Colour);

    public Task<Measure> MeasureAsync(Guid id) => Town.App.ReadAsync(db => db.Set<Measure>().AsNoTracking().SingleAsync(m => m.Id == id, Ct));

    public Task<List<MeasureEvent>> StepsAsync(Guid id) => Town.App.ReadAsync(db => db.Set<MeasureEvent>().AsNoTracking().Where(e => e.MeasureId == id).OrderBy(e => e.At).ThenBy(e => e.Id).ToListAsync(Ct));

    public Task<List<Alarm>> AlarmsAsync() => Town.App.ReadAsync(db => db.Set<Alarm>().AsNoTracking().OrderBy(a => a.At).ToListAsync(Ct));

    public Task<IReadOnlyList<RestrictionNotice>> NoticesAsync(Guid person) => Town.App.CallAsync((ReadNotices n) => n.OfAsync(person, Ct));

    /// <summary>Does the work of the outbox that is due.</summary>
    public Task WorkAsync() => Town.App.Services.GetRequiredService<OutboxWorker>().RunDueAsync(Ct);

    /// <summary>A minute of the clock.</summary>
    public async Task RingAsync()
    {
        await using var scope = Town.App.Services.CreateAsyncScope();
        foreach (var kind in scope.ServiceProvider.GetServices<IAccessChime>().Select(c => c.GetType()).ToList())
        {
            await using var own = Town.App.Services.CreateAsyncScope();
            await own.ServiceProvider.GetServices<IAccessChime>().First(c => c.GetType() == kind).RingAsync(Ct);
        }
    }

    public ValueTask DisposeAsync() => Town.DisposeAsync();
}
