using Microsoft.EntityFrameworkCore;
using Tongxin.Access.Returns.Data;
using Tongxin.Core.Common;
using Tongxin.Core.Returns;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Access.Returns;

/// <summary>What everybody may know of a season.</summary>
internal sealed record PublicSeason(Guid Id, string Code, string Title, DateOnly FirstDay, DateOnly LastDay, string GateName, bool IsOpen, int LookBackDays);

/// <summary>
/// Declarations by the public address, and on behalf. To the public the answer is the same whether the register knows the declarant and
/// whether there is a declaration already: a code. It leads to the own page of whoever made the declaration, or leads nowhere.
/// </summary>
internal sealed class DeclareReturn(
    TongxinDb db, FindBelonging belonging, ChangeReturn change, ReturnRules rules, ReturnMoves moves, ReturnLinks links, Seats seats, ReturnSight sight, SecretBox box, TimeProvider clock)
{
    public async Task<PublicSeason?> FindAsync(string code, CancellationToken ct) => await SeasonAsync(code, ct) is { } season ? await PublicAsync(season, ct) : null;

    public async Task<PublicSeason> PublicAsync(ReturnSeason season, CancellationToken ct)
    {
        var edition = (await rules.OfAsync(season.EditionId, null, ct)).Edition;
        var lookBack = edition is null || edition.Returns.Count == 0 ? 0 : edition.Returns.Max(r => r.LookBackDays);
        return new PublicSeason(season.Id, season.Code, season.Title, season.FirstDay, season.LastDay, season.GateName, season.IsOpen(clock.GetUtcNow()), lookBack);
    }

    /// <summary>Reads what was typed; the errors name their fields.</summary>
    public async Task<(Declarant Who, ReturnJourney? Journey, IReadOnlyList<ReturnFieldError> Errors)> ReadAsync(string code, TypedReturn typed, CancellationToken ct)
    {
        var (who, errors) = ReadDeclaration.Who(typed);
        if (await SeasonAsync(code, ct) is not { } season) return (who, null, [new("", ReturnErrors.SeasonNotFound)]);
        var (journey, more) = ReadDeclaration.Journey(typed, season, (await PublicAsync(season, ct)).LookBackDays, CampusCalendar.DayOf(clock.GetUtcNow()));
        return (who, journey, [.. errors, .. more]);
    }

    /// <summary>By the person: the answer is a code.</summary>
    public async Task<Result<string>> ExecuteAsync(string code, Declarant who, ReturnJourney journey, CancellationToken ct)
    {
        if (await SeasonAsync(code, ct) is not { } season) return ReturnErrors.SeasonNotFound;
        if (!season.IsOpen(clock.GetUtcNow())) return ReturnErrors.Closed;
        var own = ReturnLinks.NewCode();
        var stored = await StoreAsync(season, who, await belonging.OfAsync(who, ct), journey, ReturnChannel.Self, ReturnDoer.Self, (record, isFresh) =>
        {
            if (!isFresh && !record.PhoneIndex.AsSpan().SequenceEqual(ReturnRecord.PhoneKey(who.Phone, box)))
            {
                // Name and number are on many lists; the phone is not. Somebody else's word changes nothing, but is not forgotten.
                record.Doubt(true);
                moves.Note(record, "doubted", ReturnDoer.Self);
                return false;
            }
            if (record.Times >= ChangeReturn.MostTimes) return false;
            record.GiveCode(links.CodeIndex(own));
            return true;
        }, ct);
        return stored.IsFailure && stored.Error.Kind != ErrorKind.Conflict ? stored.Error : ReturnLinks.Show(own);
    }

    /// <summary>On behalf: by somebody whose unit the declarant belongs to. Answers with the record.</summary>
    public async Task<Result<Guid>> OnBehalfAsync(Guid seasonId, Declarant who, Guid? person, ReturnJourney journey, Actor actor, CancellationToken ct)
    {
        if (await sight.SeasonAsync(seasonId, actor, ReturnPermissions.Declare, ct) is not { } season) return ReturnErrors.SeasonNotFound;
        if (!season.IsOpen(clock.GetUtcNow())) return ReturnErrors.Closed;
        var belongs = person is { } known ? await belonging.OfPersonAsync(known, ct) : await belonging.OfAsync(who, ct);
        var reach = await sight.ReachAsync(actor, ReturnPermissions.Declare, ct);
        var mine = reach.Everything || (belongs.UnitId is { } unit && reach.Units.Contains(unit)) || (season.PlaceId is { } place && reach.Places.Contains(place));
        if (!mine) return ReturnErrors.UnitOutside;
        return await StoreAsync(season, who, belongs, journey, ReturnChannel.Behalf, ReturnDoer.Of(actor), (record, _) =>
        {
            record.Doubt(false);
            return true;
        }, ct);
    }

    private async Task<Result<Guid>> StoreAsync(
        ReturnSeason season, Declarant who, Belonging belongs, ReturnJourney journey, ReturnChannel channel, ReturnDoer doer, Func<ReturnRecord, bool, bool> accept, CancellationToken ct)
    {
        for (var turn = 1; ; turn++)
        {
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            await seats.HoldAsync(season.Id, ct);
            var key = ReturnRecord.KeyOf(who, box);
            var known = await db.Set<ReturnRecord>().Where(r => r.SeasonId == season.Id && (r.Key == key || (belongs.PersonId != null && r.PersonId == belongs.PersonId))).OrderBy(r => r.CreatedAt).FirstOrDefaultAsync(ct);
            var record = known ?? ReturnRecord.Declare(season.Id, who, belongs, channel, journey, box, clock.GetUtcNow());
            if (known is null)
            {
                db.Add(record);
                moves.Begin(record, doer);
            }
            if (accept(record, known is null))
            {
                if (known is null) await rules.RuleAsync(record, await rules.OfAsync(season, ct), ct);
                else if (await change.TakeAsync(record, season, who.Phone, journey, doer, ct) is { IsFailure: true } refused)
                {
                    db.Forget();
                    return refused.Error;
                }
            }
            db.Record(doer.ForJournal, known is null ? "access.return.declared" : "access.return.declared-again", "return", record.Id, details: new { season = season.Id, channel });
            try
            {
                await db.CommitAsync(ct);
                await transaction.CommitAsync(ct);
                return record.Id;
            }
            catch (DbUpdateException failure) when (turn < 4 && (failure is DbUpdateConcurrencyException || db.Dialect.IsUniqueViolation(failure)))
            {
                // Pressed twice at once: look again.
                db.Forget();
            }
        }
    }

    private async Task<ReturnSeason?> SeasonAsync(string code, CancellationToken ct)
    {
        var folded = ReturnLinks.Fold(code);
        return await db.Set<ReturnSeason>().AsNoTracking().SingleOrDefaultAsync(s => s.Code == folded, ct);
    }
}
