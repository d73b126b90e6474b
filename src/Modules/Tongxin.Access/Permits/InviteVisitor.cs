using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Tongxin.Access.Gates;
using Tongxin.Access.Permits.Data;
using Tongxin.Core.Common;
using Tongxin.Core.Text;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Access.Permits;

/// <summary>Whom, when and how many somebody invites.</summary>
internal sealed record Invitation(Guid PlaceId, Guid? HostId, DateTimeOffset From, DateTimeOffset Until, int Companions, string? Purpose);

/// <summary>What a visitor writes.</summary>
internal sealed record VisitorFacts(string? Name, string? Phone, string? Plate, DateTimeOffset? Arrives, int Companions, string? Purpose);

/// <summary>What the page behind an invitation shows: nothing of the host but that there is one.</summary>
/// <param name="Code">Once it is granted.</param>
internal sealed record OpenInvitation(Guid Id, string Place, DateTimeOffset From, DateTimeOffset Until, int Companions, bool IsFilled, PermitStanding Standing, string? Code, bool IsOver);

/// <summary>A visitor who has filled the form, as the host is told.</summary>
internal sealed record HostedVisit(Guid Id, string ShortName, DateTimeOffset FilledAt, DateTimeOffset From, PermitStanding Standing);

/// <summary>访客邀请: the host invites by a link of 192 bits, the visitor fills in without an account, the host says that it is the one meant.</summary>
internal sealed class InviteVisitor(TongxinDb db, PermitSight sight, IGateDirectory directory, People.Contracts.IPlaces places, SecretBox box, TimeProvider clock)
{
    public const int MostOpen = 10;
    private const string Purpose = "access.visit";

    /// <summary>The link is to be used within three days, whenever the visit is.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromDays(3);

    /// <summary>The secret of the link: shown once, kept nowhere.</summary>
    public async Task<Result<string>> ExecuteAsync(Invitation invitation, Actor actor, CancellationToken ct)
    {
        if ((await sight.PlacesAsync(actor, PermitPermissions.Ask, ct)).All(p => p.Id != invitation.PlaceId)) return PermitErrors.Place;
        if ((await directory.AtAsync(invitation.PlaceId, ct)).Count == 0) return PermitErrors.Gates;
        if (invitation.HostId is { } host && await sight.PersonAsync(host, actor, ct) is null) return PermitErrors.PersonUnknown;
        var now = clock.GetUtcNow();
        if (AskPermit.TimesRefusal(PermitKind.Visitor, invitation.From, invitation.Until, now) is { } times) return times;
        if (invitation.Companions < 0 || invitation.Companions > PermitLimits.MostCompanions(PermitKind.Visitor)) return PermitErrors.Companions(PermitLimits.MostCompanions(PermitKind.Visitor));
        if (invitation.Purpose?.Trim().Length > AskPermit.LongestText) return PermitErrors.TooLongText;
        var open = await db.Set<Permit>().CountAsync(p => p.AskedBy == actor.AccountId && p.SecretIndex != null && p.State == PermitState.Asked && p.EndsAt > now, ct);
        if (open >= MostOpen) return PermitErrors.TooManyInvitations;

        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
        var permit = Permit.Invite(new PermitFacts
        {
            Kind = PermitKind.Visitor,
            PlaceId = invitation.PlaceId,
            HostId = invitation.HostId,
            From = invitation.From,
            Until = invitation.Until,
            Passages = 1,
            Companions = invitation.Companions,
            Detail = new PermitDetail { Purpose = string.IsNullOrWhiteSpace(invitation.Purpose) ? null : invitation.Purpose.Trim() },
        }, IndexOf(secret), box, actor.AccountId, now);
        db.Add(permit);
        db.Record(actor, "access.visit.invited", "permit", permit.Id);
        var done = await db.TryCommitAsync(PermitErrors.Changed, PermitErrors.Changed, ct);
        return done.IsFailure ? done.Error : secret;
    }

    /// <summary>What stands behind the link; null when it is none.</summary>
    public async Task<OpenInvitation?> FindAsync(string secret, CancellationToken ct)
    {
        if (await PermitAsync(secret, ct) is not { } permit) return null;
        var now = clock.GetUtcNow();
        var place = (await places.ListAsync(ct)).FirstOrDefault(p => p.Id == permit.PlaceId)?.Name ?? "";
        var standing = permit.StandingAt(now);
        return new OpenInvitation(
            permit.Id, place, permit.StartsAt, permit.EndsAt, permit.Companions, permit.FilledAt is not null, standing,
            standing == PermitStanding.Granted ? permit.Code : null, permit.FilledAt is null && IsOver(permit, now));
    }

    /// <summary>The visitor fills in, once; until the host has decided it may be sent again.</summary>
    public async Task<Result> FillAsync(string secret, VisitorFacts facts, CancellationToken ct)
    {
        if (await PermitAsync(secret, ct) is not { } permit) return PermitErrors.NotFound;
        var now = clock.GetUtcNow();
        if (permit.State != PermitState.Asked || IsOver(permit, now)) return PermitErrors.InvitationOver;
        var name = TextFold.Clean(facts.Name);
        if (name.Length is 0 or > 40) return PermitErrors.NameMissing;
        if (string.IsNullOrWhiteSpace(facts.Phone)) return PermitErrors.PhoneMissing;
        var (phone, plate) = (AskPermit.ReadPhone(facts.Phone), AskPermit.ReadPlate(facts.Plate));
        if (phone.IsFailure) return phone.Error;
        if (plate.IsFailure) return plate.Error;
        if (facts.Companions < 0 || facts.Companions > PermitLimits.MostCompanions(PermitKind.Visitor)) return PermitErrors.Companions(PermitLimits.MostCompanions(PermitKind.Visitor));
        if (facts.Purpose?.Trim().Length > AskPermit.LongestText) return PermitErrors.TooLongText;
        if (facts.Arrives is { } arrives && (arrives < permit.StartsAt || arrives >= permit.EndsAt)) return PermitErrors.Times;
        permit.Fill(new PermitFacts
        {
            Kind = PermitKind.Visitor,
            PlaceId = permit.PlaceId,
            Gates = permit.Gates,
            HostId = permit.HostId,
            Plate = plate.Value,
            From = permit.StartsAt,
            Until = permit.EndsAt,
            Passages = permit.Passages,
            Companions = Math.Min(facts.Companions, permit.Companions),
            Detail = PermitDetail.Unseal(permit.Detail, box) with { Name = name, Phone = phone.Value, Vehicle = Arrival(facts.Arrives), Purpose = string.IsNullOrWhiteSpace(facts.Purpose) ? null : facts.Purpose.Trim() },
        }, box);
        permit.FilledIn(now);
        db.Record(Actor.System, "access.visit.filled", "permit", permit.Id);
        return await db.TryCommitAsync(PermitErrors.Changed, PermitErrors.Changed, ct);
    }

    /// <summary>Visits to come, or going on, that somebody has filled in: of this person as host, and of whoever the account invited.</summary>
    public async Task<IReadOnlyList<HostedVisit>> OfHostAsync(Guid? person, Actor? actor, CancellationToken ct)
    {
        var (now, account) = (clock.GetUtcNow(), actor?.PersonId == person ? actor?.AccountId : null);
        var rows = await db.Set<Permit>().AsNoTracking()
            .Where(p => p.SecretIndex != null && p.FilledAt != null && p.EndsAt > now && ((person != null && p.HostId == person) || (account != null && p.AskedBy == account)))
            .OrderByDescending(p => p.FilledAt).Take(MostOpen).ToListAsync(ct);
        return [.. rows.Select(p => new HostedVisit(p.Id, p.ShortName, p.FilledAt ?? p.AskedAt, p.StartsAt, p.StandingAt(now)))];
    }

    private static string? Arrival(DateTimeOffset? at) => at is { } known ? CampusCalendar.Local(known).ToString("MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture) : null;

    private static bool IsOver(Permit permit, DateTimeOffset now) => now >= permit.EndsAt || now >= permit.AskedAt + Life;

    private Task<Permit?> PermitAsync(string secret, CancellationToken ct)
    {
        var index = IndexOf(secret);
        return db.Set<Permit>().SingleOrDefaultAsync(p => p.SecretIndex == index, ct);
    }

    private byte[] IndexOf(string secret) => box.Index(Purpose, secret) ?? [];
}
