using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Core.Rounds;
using Tongxin.Core.Text;
using Tongxin.Grid.Data;
using Tongxin.Grid.RecordVisit;
using Tongxin.People.Contracts;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Grid.SelfReport;

/// <summary>What a resident who knows the code and a phone tail may see of the own household.</summary>
internal sealed record OwnHousehold(string Ticket, string Title, string Label, string HeadMasked, int Registered, HousingUse Use, OutcomeKind? Standing, string? Responsible, string? ResponsiblePhone, VisitDetail? Detail);

/// <summary>What a resident reports.</summary>
internal sealed record OwnReport(bool LivesHere, int? Residents, HousingUse? Use, IReadOnlyList<VisitNeed> Needs, LastTest? LastTest, string? LastTestReason, string? Note);

/// <summary>线上自报: the second channel. Code from the door slip, last four digits of a phone on record, no account.</summary>
internal sealed class SelfReport(
    TongxinDb db, IPersons persons, IHouseholds households, ResponsibleCells responsible, OutcomeWriter writer, ReportLimits limits,
    IDataProtectionProvider protection, SecretBox box, TimeProvider clock)
{
    private static readonly TimeSpan TicketLife = TimeSpan.FromMinutes(20);
    private readonly IDataProtector _protector = protection.CreateProtector("Tongxin.Grid.SelfReport");

    /// <summary>One refusal for everything: a wrong code, a wrong tail, no phone on record, a closed round, too many tries.</summary>
    public async Task<Result<OwnHousehold>> UnlockAsync(string code, string? tail, string address, CancellationToken ct)
    {
        var folded = code.Trim().ToUpperInvariant();
        var isAllowed = await limits.TakeAsync(folded, address, ct);
        var target = await db.Set<Target>().AsNoTracking().SingleOrDefaultAsync(t => t.Code == folded, ct);
        var digits = TextFold.Clean(tail);
        // Asked for a household that does not exist too, so that the answer takes as long.
        var matches = await persons.PhoneTailMatchesAsync(target?.TargetId ?? Guid.Empty, digits, ct);
        var round = target is null ? null : await db.Doors().AsNoTracking().SingleOrDefaultAsync(r => r.Id == target.RoundId, ct);
        if (!isAllowed || !matches || target is null || round is not { IsOpen: true }) return GridErrors.ReportLocked();

        await limits.ForgiveAsync(folded, ct);
        return await ShowAsync(round, target, ct);
    }

    /// <summary>Stores the report. The ticket is what <see cref="UnlockAsync"/> gave; it ends after 20 minutes.</summary>
    public async Task<Result> ReportAsync(string ticket, Guid id, OwnReport report, CancellationToken ct)
    {
        if (Open(ticket) is not { } target) return GridErrors.ReportExpired();
        if (report.Residents is < 0 or > 99) return GridErrors.FieldInvalid("residents");
        if (report.Note?.Length > 500 || report.LastTestReason?.Length > 500) return GridErrors.FieldInvalid("note");
        var detail = new VisitDetail
        {
            Residents = report.LivesHere ? report.Residents : 0,
            Use = report.Use,
            Needs = report.Needs.Count == 0 ? null : [.. report.Needs.Distinct()],
            LastTest = report.LastTest,
            LastTestReason = report.LastTest == LastTest.Missed ? report.LastTestReason : null,
            Note = string.IsNullOrWhiteSpace(report.Note) ? null : report.Note.Trim(),
        };
        var item = new OutcomeItem(id, target.Round, target.Household, report.LivesHere ? OutcomeKind.Done : OutcomeKind.Vacant, Channel.Online, Detail: detail);
        var answers = await writer.WriteAsync([item], _ => true, Actor.System, ct);
        return answers[0].Error is { } error ? error : Result.Ok;
    }

    private async Task<OwnHousehold> ShowAsync(Round round, Target target, CancellationToken ct)
    {
        var home = await households.FindAsync([target.TargetId], ct) is [var found, ..] ? found : null;
        var cell = (await responsible.ReadAsync(ct))[target.CellId];
        var phone = cell.CaptainId is { } captain ? await persons.RevealPhoneAsync(captain, "responsible member, shown to the household", Actor.System, ct) : default;
        var own = await db.Set<OutcomeFact>().AsNoTracking()
            .Where(o => o.RoundId == round.Id && o.TargetId == target.TargetId && o.Channel == Channel.Online)
            .OrderByDescending(o => o.ReceivedAt).FirstOrDefaultAsync(ct);
        var expires = (clock.GetUtcNow() + TicketLife).UtcTicks.ToString(CultureInfo.InvariantCulture);
        return new OwnHousehold(
            _protector.Protect($"{round.Id}|{target.TargetId}|{expires}"), round.Title, target.Label, Mask.Name(home?.HeadName), home?.Residents ?? 0,
            home?.Use ?? HousingUse.Unknown, target.Result, cell.Captain, cell.CaptainId is null || phone.IsFailure ? null : phone.Value, VisitDetail.Unseal(own?.Detail, box));
    }

    private (Guid Round, Guid Household)? Open(string ticket)
    {
        try
        {
            var parts = _protector.Unprotect(ticket).Split('|');
            return long.Parse(parts[2], CultureInfo.InvariantCulture) > clock.GetUtcNow().UtcTicks ? (Guid.Parse(parts[0]), Guid.Parse(parts[1])) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
