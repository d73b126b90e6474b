using Microsoft.EntityFrameworkCore;
using Tongxin.Access.Contracts;
using Tongxin.Core.Common;
using Tongxin.Core.Protocols;
using Tongxin.Platform.Access;
using Tongxin.Platform.Approvals;
using Tongxin.Platform.Data;

namespace Tongxin.Host.Demo;

/// <summary>A protocol in force and a handful of measures, entered by the doctor and agreed to by the leader like any others; one is appealed against.</summary>
internal sealed class DemoPasses(TongxinDb db, IRestrictions restrictions, IAccessDesk desk, IApprovals approvals, PermissionCatalogue catalogue, TimeProvider clock)
{
    private const string Edition = "ANY-1";
    private const string Basis = "传染病防治法第三十九条";
    private static readonly byte[] Paper = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj 3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]>>endobj\ntrailer<</Root 1 0 R>>\n"u8.ToArray();

    /// <summary>After the accounts are there.</summary>
    public async Task SeedAsync(Func<int, Guid> personOf, CancellationToken ct)
    {
        var doctor = await ActorAsync("doctor", Roles.Doctor, ct);
        var leader = await ActorAsync("leader", Roles.DutyLeader, ct);
        await AgreeAsync(Expect(await desk.AskProtocolAsync(Edition, "校疫情防控指挥部第 3 次会议", doctor, ct)), leader, ct);

        await ImposeAsync(personOf(41), MeasureKind.CaseIsolation, EvidenceKind.LabResult, "检-2026-1107", 7, doctor, leader, ct);
        var appealed = await ImposeAsync(personOf(57), MeasureKind.HomeObservation, EvidenceKind.ContactOrder, "密-2026-031", 5, doctor, leader, ct);
        await ImposeAsync(personOf(83), MeasureKind.HomeObservation, EvidenceKind.ContactOrder, "密-2026-032", 5, doctor, leader, ct);
        await ImposeAsync(personOf(102), MeasureKind.Monitoring, EvidenceKind.ContactOrder, "密-2026-033", 3, doctor, leader, ct);
        var lifted = await ImposeAsync(personOf(119), MeasureKind.Monitoring, EvidenceKind.ContactOrder, "密-2026-034", 3, doctor, leader, ct);
        if ((await restrictions.LiftAsync(lifted, "复核后排除接触", doctor, ct)).IsFailure) throw new InvalidOperationException("The demo's measure was not lifted.");
        Expect(await desk.AppealAsync(personOf(57), appealed, "那天我在外地出差,不在现场,有车票。", Actor.System, ct));
    }

    private async Task<Guid> ImposeAsync(Guid person, MeasureKind kind, EvidenceKind evidence, string reference, int days, Actor doctor, Actor leader, CancellationToken ct)
    {
        using var paper = new MemoryStream(Paper);
        var recorded = Expect(await desk.RecordEvidenceAsync(person, evidence, reference, paper, "evidence.pdf", doctor, ct));
        var asked = Expect(await restrictions.RestrictAsync(
            new RestrictionRequest("access", kind, [new RestrictedPerson(person, recorded)], clock.GetUtcNow().AddDays(days), Basis, "更轻的措施不足以保护同住的高龄老人"), doctor, ct));
        await AgreeAsync(asked.ApprovalId, leader, ct);
        return asked.RestrictionIds[0];
    }

    private async Task AgreeAsync(Guid approval, Actor leader, CancellationToken ct)
    {
        var decided = await approvals.DecideAsync(approval, approve: true, "材料齐全", leader, ct);
        if (decided.IsFailure) throw new InvalidOperationException(decided.Error.Code);
    }

    private async Task<Actor> ActorAsync(string name, string role, CancellationToken ct)
    {
        var account = await db.Users.AsNoTracking().SingleAsync(a => a.UserName == name, ct);
        return new Actor(account.Id, account.PersonId, account.DisplayName, account.UnitId, [new ActorGrant(role, ScopeKind.Everything, null, catalogue.Of(role))]);
    }

    private static T Expect<T>(Result<T> result) => result.IsFailure ? throw new InvalidOperationException(result.Error.Code) : result.Value;
}
