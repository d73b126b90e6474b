using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Workforce.Contracts;
using Tongxin.Workforce.Data;
using Tongxin.Workforce.Duties;

namespace Tongxin.Workforce.Service;

/// <summary>Minutes and turns of a duty code on a certificate.</summary>
internal sealed record CertifiedDuty(DutyCode Code, int Turns, int Minutes);

/// <summary>A certificate as it is printed and checked.</summary>
/// <param name="Check">Proves that number and figures belong together.</param>
internal sealed record CertificateView(ServiceCertificate Certificate, string Name, IReadOnlyList<CertifiedDuty> Duties, string Check);

/// <summary>
/// 服务证明, on the person's own request: figures as counted on the day of issue, with a number and a check code by which anybody who
/// holds the paper can see that it is genuine.
/// </summary>
internal sealed class Certificates(TongxinDb db, ServiceBook service, DutyBook book, SecretBox box, TimeProvider clock)
{
    public async Task<Result<string>> IssueAsync(DateOnly? first, DateOnly? last, Actor actor, CancellationToken ct)
    {
        if (actor.PersonId is not { } person) return DutyErrors.TurnNotFound;
        if (first is not { } from || last is not { } through || through < from) return DutyErrors.Days;
        var lines = (await service.OfAsync(person, from, through, ct)).Where(l => l.Minutes > 0).ToList();
        if (lines.Count == 0) return DutyErrors.NothingServed;
        var now = clock.GetUtcNow();
        var sum = ServiceSum.Of(lines);
        var byCode = ServiceBook.ByCode(lines).Select(c => new CertifiedDuty(c.Code, c.Sum.Turns, c.Sum.Minutes)).ToList();
        var number = $"FW{CampusCalendar.DayOf(now).ToString("yyyyMMdd", CultureInfo.InvariantCulture)}-{Ids.New().ToString("N")[24..].ToUpperInvariant()}";
        var certificate = ServiceCertificate.Issue(number, person, from, through, sum.Turns, sum.Minutes, RosterJson.Write(byCode), actor.AccountId, now);
        db.Add(certificate);
        db.Record(actor, "workforce.certificate.issued", "certificate", certificate.Id, details: new { from, through, turns = sum.Turns });
        var saved = await db.TryCommitAsync(ct);
        return saved.IsFailure ? saved.Error : number;
    }

    /// <summary>For its holder, and for whoever may read all service.</summary>
    public async Task<CertificateView?> FindAsync(string number, Actor actor, CancellationToken ct)
    {
        var found = await db.Set<ServiceCertificate>().AsNoTracking().SingleOrDefaultAsync(c => c.Number == number, ct);
        var may = found is not null && (found.PersonId == actor.PersonId || actor.ScopeOf(DutyPermissions.ReadService).Everything);
        return may ? await ViewAsync(found!, ct) : null; // may is false without a row
    }

    public async Task<IReadOnlyList<ServiceCertificate>> OfAsync(Guid person, CancellationToken ct) =>
        await db.Set<ServiceCertificate>().AsNoTracking().Where(c => c.PersonId == person).OrderByDescending(c => c.IssuedAt).Take(20).ToListAsync(ct);

    /// <summary>For whoever holds the paper; null when number and code do not belong together.</summary>
    public async Task<CertificateView?> CheckAsync(string? number, string? check, CancellationToken ct)
    {
        var asked = number?.Trim().ToUpperInvariant();
        if (await db.Set<ServiceCertificate>().AsNoTracking().SingleOrDefaultAsync(c => c.Number == asked, ct) is not { } found) return null;
        var typed = (check ?? "").Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToUpperInvariant();
        return typed == CodeOf(found) ? await ViewAsync(found, ct) : null;
    }

    private async Task<CertificateView> ViewAsync(ServiceCertificate c, CancellationToken ct) =>
        new(c, (await book.NamesAsync([c.PersonId], ct)).GetValueOrDefault(c.PersonId) ?? "", RosterJson.Read<List<CertifiedDuty>>(c.ByCodeText), CodeOf(c));

    private string CodeOf(ServiceCertificate c) => Convert.ToHexString((box.Index("workforce.certificate", string.Create(
        CultureInfo.InvariantCulture, $"{c.Number}|{c.From:yyyy-MM-dd}|{c.Through:yyyy-MM-dd}|{c.Turns}|{c.Minutes}|{c.ByCodeText}")) ?? []).AsSpan(0, 8));
}
