using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Tongxin.Access.Contracts;
using Tongxin.Access.Gates.Data;
using Tongxin.Access.Permits;
using Tongxin.Access.Permits.Data;
using Tongxin.Core.Text;
using Tongxin.Platform.Data;
using Tongxin.Platform.Http;

namespace Tongxin.Access.Gates.Readings;

/// <summary>A passage in words, masked.</summary>
/// <param name="Who">姓名/证件类型: surname and stars, and what was shown.</param>
/// <param name="Reason">事由, or why the gate warned.</param>
internal sealed record PassageLine(Passage Passage, string Who, string Reason, string? Guard);

/// <summary>Says who passed and why, as far as a ledger may: names masked, no numbers, no word of health.</summary>
internal sealed class PassageWords(TongxinDb db, SecretBox box, IPassBook passBook, IStringLocalizer<GatesText> texts, IStringLocalizer<PermitsText> permitTexts, ErrorCatalogue errors)
{
    private const int Chunk = 1000;

    public async Task<IReadOnlyList<PassageLine>> FillAsync(IReadOnlyList<Passage> passages, CancellationToken ct)
    {
        var lines = new List<PassageLine>(passages.Count);
        foreach (var part in passages.Chunk(Chunk)) lines.AddRange(await PartAsync(part, ct));
        return lines;
    }

    private async Task<IEnumerable<PassageLine>> PartAsync(Passage[] passages, CancellationToken ct)
    {
        var ids = passages.Select(p => p.Id).ToList();
        var notes = await db.Set<GateNote>().AsNoTracking().Where(n => ids.Contains(n.Id)).ToDictionaryAsync(n => n.Id, ct);
        // An emergency's permit has the passage's own id.
        var permitIds = passages.Select(p => p.PermitId).OfType<Guid>().Concat(passages.Where(p => p.Kind == PassageKind.Emergency).Select(p => p.Id)).Distinct().ToList();
        var permits = await db.Set<Permit>().AsNoTracking().Where(p => permitIds.Contains(p.Id)).Select(p => new { p.Id, p.ShortName, p.Kind }).ToDictionaryAsync(p => p.Id, ct);
        var passes = await passBook.FindAsync([.. passages.Select(p => p.PassRef).OfType<Guid>().Distinct()], ct);
        var accounts = passages.Select(p => p.AccountId).OfType<Guid>().Distinct().ToList();
        var guards = await db.Users.Where(a => accounts.Contains(a.Id)).Select(a => new { a.Id, a.DisplayName }).ToDictionaryAsync(a => a.Id, a => a.DisplayName, ct);

        return passages.Select(p =>
        {
            var note = notes.GetValueOrDefault(p.Id);
            var permit = permits.GetValueOrDefault(p.PermitId ?? p.Id);
            var name = note?.NameSealed is { } box1 ? Mask.Name(box.Unseal(box1)) : permit?.ShortName ?? (p.PassRef is { } pass && passes.TryGetValue(pass, out var fact) ? Mask.Name(fact.Name) : "");
            var shown = note?.Document is { } document ? texts["DocumentKind." + document].Value : texts["subject." + p.Subject].Value;
            List<string?> reason =
            [
                permit is null ? null : permitTexts["PermitKind." + permit.Kind].Value,
                note?.ReasonSealed is { } sealedReason ? box.Unseal(sealedReason) : null,
                p.ReasonCode is { } code ? Say(code) : null,
            ];
            return new PassageLine(
                p, string.IsNullOrEmpty(name) ? shown : $"{name} {shown}", string.Join('；', reason.Where(r => !string.IsNullOrEmpty(r))),
                p.AccountId is { } account ? guards.GetValueOrDefault(account) : null);
        });
    }

    // A device's own code has no words here and is shown as it came.
    private string Say(string code) => errors.Say(code);
}
