using Tongxin.Access.Gates;
using Tongxin.Access.Permits.Data;
using Tongxin.Core.Common;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Access.Permits;

/// <summary>Grants, refuses, revokes; sees to papers that came after the patient.</summary>
internal sealed class DecidePermit(TongxinDb db, PermitSight sight, SecretBox box, TimeProvider clock)
{
    public const int LongestWhy = 200;

    public Task<Result> GrantAsync(Guid id, Actor actor, CancellationToken ct) => GrantAsync(id, actor, PermitPermissions.Grant, own: false, ct);

    /// <summary>Whoever invited says that this is the guest who was meant. Nothing else is granted by those who only ask.</summary>
    public Task<Result> ConfirmAsync(Guid id, Actor actor, CancellationToken ct) => GrantAsync(id, actor, PermitPermissions.Ask, own: true, ct);

    public async Task<Result> RefuseAsync(Guid id, string? why, Actor actor, CancellationToken ct)
    {
        if (await sight.FindAsync(id, actor, PermitPermissions.Grant, ct) is not { } permit) return PermitErrors.NotFound;
        if (!IsReason(why)) return PermitErrors.WhyMissing;
        var now = clock.GetUtcNow();
        if (permit.StandingAt(now) != PermitStanding.Asked) return PermitErrors.NotAsked;
        permit.Refuse(actor.AccountId, now, why!.Trim());
        db.Record(actor, "access.permit.refused", "permit", id);
        return await CommitAsync(ct);
    }

    public async Task<Result> RevokeAsync(Guid id, string? why, Actor actor, CancellationToken ct)
    {
        if (await sight.FindAsync(id, actor, PermitPermissions.Grant, ct) is not { } permit) return PermitErrors.NotFound;
        if (!IsReason(why)) return PermitErrors.WhyMissing;
        var now = clock.GetUtcNow();
        if (permit.StandingAt(now) is not (PermitStanding.Granted or PermitStanding.Asked)) return PermitErrors.NotInForce;
        permit.Revoke(actor.AccountId, now, why!.Trim());
        db.Record(actor, "access.permit.revoked", "permit", id);
        return await CommitAsync(ct);
    }

    /// <summary>手续补齐: who it was, which papers, what follows after the return.</summary>
    public async Task<Result> CompleteAsync(Guid id, PaperworkFacts facts, Actor actor, CancellationToken ct)
    {
        if (await sight.FindAsync(id, actor, PermitPermissions.Grant, ct) is not { } permit) return PermitErrors.NotFound;
        if (permit.Paperwork != Paperwork.Open) return PermitErrors.NoPaperwork;
        if (string.IsNullOrWhiteSpace(facts.Papers)) return PermitErrors.PapersMissing;
        if (new[] { facts.Papers, facts.Name, facts.Hospital, facts.AfterReturn }.Any(t => t?.Trim().Length > AskPermit.LongestText)) return PermitErrors.TooLongText;
        var detail = PermitDetail.Unseal(permit.Detail, box);
        var name = Or(facts.Name, detail.Name);
        if (name is null) return PermitErrors.NameMissing;
        permit.Say(detail with
        {
            Name = name,
            Hospital = Or(facts.Hospital, detail.Hospital),
            Severity = facts.Severity ?? detail.Severity,
            AfterReturn = Or(facts.AfterReturn, detail.AfterReturn),
            Papers = facts.Papers.Trim(),
        }, box);
        permit.ClosePaperwork(actor.AccountId, clock.GetUtcNow());
        db.Record(actor, "access.permit.papers", "permit", id);
        return await CommitAsync(ct);
    }

    private async Task<Result> GrantAsync(Guid id, Actor actor, string permission, bool own, CancellationToken ct)
    {
        if (await sight.FindAsync(id, actor, permission, ct) is not { } permit) return PermitErrors.NotFound;
        if (own && (permit.AskedBy != actor.AccountId || permit.SecretIndex is null)) return PermitErrors.NotFound;
        var now = clock.GetUtcNow();
        if (permit.StandingAt(now) != PermitStanding.Asked) return PermitErrors.NotAsked;
        if (permit.SecretIndex is not null && permit.FilledAt is null) return PermitErrors.NotFilled;
        permit.Grant(actor.AccountId, now, why: null);
        db.Record(actor, "access.permit.granted", "permit", id, details: new { permit.Kind });
        return await CommitAsync(ct);
    }

    private Task<Result> CommitAsync(CancellationToken ct) => db.TryCommitAsync(PermitErrors.Changed, PermitErrors.Changed, ct);

    private static bool IsReason(string? why) => !string.IsNullOrWhiteSpace(why) && why.Trim().Length <= LongestWhy;

    private static string? Or(string? said, string? known) => string.IsNullOrWhiteSpace(said) ? known : said.Trim();
}

/// <summary>What is known once the papers are there.</summary>
internal sealed record PaperworkFacts(string? Papers, string? Name = null, string? Hospital = null, Severity? Severity = null, string? AfterReturn = null);
