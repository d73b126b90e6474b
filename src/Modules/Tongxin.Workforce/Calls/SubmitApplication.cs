using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Core.Text;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Workforce.Data;

namespace Tongxin.Workforce.Calls;

/// <summary>What everybody may know of a call.</summary>
internal sealed record PublicCall(Guid Id, string Code, string Title, string Purpose, IReadOnlyList<Contracts.CampusDuty> Duties, IReadOnlyList<Contracts.Skill> Skills, DateTimeOffset ClosesAt, bool IsOpen);

/// <summary>A decision as the holder of the code sees it.</summary>
internal sealed record OwnDecision(string NameMasked, Verdict Verdict, string? Reason, DateTimeOffset SentAt, DateTimeOffset? DecidedAt);

/// <summary>
/// Applications by the public address. The answer is the same whether the register knows the applicant, whether there was an
/// earlier application, and whether that one is decided: nobody learns of anybody else.
/// </summary>
internal sealed class SubmitApplication(TongxinDb db, IPersons persons, SecretBox box, TimeProvider clock)
{
    private const int MostTimes = 20;
    private const int CodeLength = 10;

    public async Task<PublicCall?> FindAsync(string code, CancellationToken ct)
    {
        var folded = Fold(code);
        var call = await db.Set<Call>().AsNoTracking().SingleOrDefaultAsync(c => c.Code == folded, ct);
        return call is null ? null : new PublicCall(call.Id, call.Code, call.Title, call.Purpose, call.Duties, call.Skills, call.ClosesAt, call.IsOpen(clock.GetUtcNow()));
    }

    /// <summary>Stores the application; the answer is the code that will show the decision.</summary>
    public async Task<Result<string>> ExecuteAsync(string code, ApplicantFacts facts, CancellationToken ct)
    {
        var call = await FindAsync(code, ct);
        if (call is null) return CallErrors.NotFound;
        if (!call.IsOpen) return CallErrors.Closed;
        var person = (await persons.MatchAsync([new PersonClue(facts.Name, facts.Number, null, facts.Phone)], ct))[0];
        var own = KeepCalls.NewCode(CodeLength);
        for (var turn = 0; ; turn++)
        {
            var known = await KnownAsync(call.Id, facts, person, ct);
            // Decided: it stands, and the code given before goes on to show it.
            if (known is { Verdict: not Verdict.Waiting }) return Shown(own);
            if (known?.Times >= MostTimes) return CallErrors.TooOften;
            var application = known ?? Application.Send(call.Id, facts, person, box, clock.GetUtcNow());
            if (known is null) db.Add(application);
            else known.Take(facts, person, box, clock.GetUtcNow());
            application.GiveCode(CodeIndex(own));
            db.Record(Actor.System, known is null ? "workforce.application.sent" : "workforce.application.sent-again", "application", application.Id, details: new { call = call.Id });
            try
            {
                await db.CommitAsync(ct);
                return Shown(own);
            }
            catch (DbUpdateException failure) when (turn < 3 && (failure is DbUpdateConcurrencyException || db.Dialect.IsUniqueViolation(failure)))
            {
                // Pressed twice, or decided at this moment: look again.
                db.Forget();
            }
        }
    }

    /// <summary>The decision for a code. A wrong code, one of another call and one given after the decision are refused alike.</summary>
    public async Task<Result<OwnDecision>> ResultAsync(string call, string? own, CancellationToken ct)
    {
        var index = CodeIndex(Fold(own));
        var folded = Fold(call);
        var found = await (
            from a in db.Set<Application>().AsNoTracking()
            join c in db.Set<Call>() on a.CallId equals c.Id
            where a.CodeIndex == index && c.Code == folded
            select a).SingleOrDefaultAsync(ct);
        return found is null ? CallErrors.CodeUnknown : new OwnDecision(Mask.Name(found.Name), found.Verdict, found.Reason, found.ChangedAt, found.DecidedAt);
    }

    private async Task<Application?> KnownAsync(Guid call, ApplicantFacts facts, Guid? person, CancellationToken ct)
    {
        var (key, phone, name, number) = (Application.KeyOf(facts, box), Application.PhoneKey(facts.Phone, box), TextFold.ForSearch(facts.Name), facts.Number);
        return await db.Set<Application>()
            .Where(a => a.CallId == call && (a.Key == key
                || (person != null && a.PersonId == person)
                || (phone != null && a.PhoneIndex == phone && a.NameFolded == name && (a.Number == null || number == null || a.Number == number))))
            .OrderBy(a => a.CreatedAt).FirstOrDefaultAsync(ct);
    }

    private byte[]? CodeIndex(string code) => box.Index("workforce.applicant.code", code);

    private static string Shown(string code) => $"{code[..5]}-{code[5..]}";

    private static string Fold(string? typed) => TextFold.Clean(typed).Replace("-", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
}
