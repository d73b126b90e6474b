using System.Globalization;
using System.Text.Json;
using Tongxin.Core.Common;
using Tongxin.Core.Sampling.Pools;
using Tongxin.Core.Text;
using Tongxin.Grid.Contracts;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Approvals;
using Tongxin.Platform.Data;

namespace Tongxin.Screening.Tubes;

/// <summary>What is asked to be put right in a closed tube.</summary>
internal enum TubeCorrection
{
    /// <summary>Somebody is not in it.</summary>
    TakeOut,

    /// <summary>Somebody is in it who was not recorded.</summary>
    PutIn,

    /// <summary>The count at closing was wrong.</summary>
    Restate,

    /// <summary>Leaked, broken or lost.</summary>
    Void,

    /// <summary>An opening did not happen there: settles a collision that was a slip.</summary>
    NotOpened,
}

/// <summary>The correction as it waits for the second name.</summary>
/// <param name="Fact">TakeOut, NotOpened: the fact that never happened.</param>
/// <param name="By">The first name: whoever asked.</param>
/// <param name="At">PutIn: when the person was sampled, as far as is known: when the tube was closed.</param>
internal sealed record CorrectionAsked(Guid Round, string Code, TubeCorrection Kind, Guid? Fact, Guid? Person, int? Members, Guid By, string Why, DateTimeOffset? At = null);

/// <summary>
/// Corrections of closed tubes: one asks, another of a different unit agrees, and the compensating fact carries both names. Nothing that
/// was recorded changes.
/// </summary>
internal sealed class CorrectTube(TongxinDb db, ReadTubes read, TubeWriter writer, FindOnRoll roll, IRounds rounds, IApprovals approvals, TimeProvider clock) : IHandle<ApprovalDecided>
{
    public const string Kind = "screening.tube-correction";
    public const int LongestWhy = 200;

    /// <summary>A correction that is kept with one of these changes nothing: then nobody should read that it was approved.</summary>
    private static readonly TubeFlagKind[] Vain =
    [
        TubeFlagKind.AgainstRules, TubeFlagKind.CorrectsUnknown, TubeFlagKind.CannotWithdraw, TubeFlagKind.SecondNameMissing, TubeFlagKind.NotOpened,
        TubeFlagKind.OtherRound, TubeFlagKind.AfterClosing, TubeFlagKind.OverFull, TubeFlagKind.OtherHousehold, TubeFlagKind.SamePersonAgain,
    ];

    /// <summary>Asks for it. Commits.</summary>
    /// <param name="who">PutIn: somebody of the round's roll, by number or name, with the room before it where several are called so.</param>
    public async Task<Result> AskAsync(string code, TubeCorrection kind, Guid? fact, string? who, int? members, string? why, Actor actor, CancellationToken ct)
    {
        if (await read.FindAsync(code, actor, ct) is not { } view) return TubeErrors.NotFound;
        if (string.IsNullOrWhiteSpace(why) || why.Trim().Length > LongestWhy) return TubeErrors.WhyMissing;
        var named = await NamedAsync(view, kind, fact, who, members, actor, ct);
        if (named.IsFailure) return named.Error;

        var (meant, person) = named.Value;
        var asked = meant with { By = actor.PersonId ?? actor.AccountId, Why = why.Trim() };
        var request = approvals.Request(Kind, new ApprovalTitle("tubes.approval." + kind, view.Row.Code, Said(asked, person)), asked.Round, asked, asked.Why, actor);
        if (request.IsFailure) return request.Error;
        db.Record(actor, "screening.correction.asked", "round", asked.Round, asked.Why, new { tube = asked.Code, kind = kind.ToString(), approval = request.Value });
        await db.CommitAsync(ct);
        return Result.Ok;
    }

    public async Task HandleAsync(ApprovalDecided happened, CancellationToken ct)
    {
        if (happened.Kind != Kind || !happened.Approved) return;
        if (JsonSerializer.Deserialize<CorrectionAsked>(happened.Payload, JsonSerializerOptions.Web) is not { } asked) return;
        var witness = happened.DecidedBy.PersonId ?? happened.DecidedBy.AccountId;
        var written = await writer.EnterAsync([new TubeItem(FactOf(asked, witness), IsVouched: true)], happened.DecidedBy, ct);
        if (written.Answers[0] is { Verdict: TubeVerdict.Refused, Error: { } refused }) throw new ApprovalRefusedException(refused);
        var vain = Vain.Select(TubeErrors.Flag).FirstOrDefault(f => written.Answers[0].Warnings.Any(w => w.Code == f.Code));
        if (vain is not null) throw new ApprovalRefusedException(vain);
    }

    /// <summary>What of it the second person reads besides the tube: who goes in or out, masked and with the room, or the count.</summary>
    private static string Said(CorrectionAsked asked, OnRoll? person) =>
        person is not null ? $"{Mask.Name(person.Name)} {person.Room}".TrimEnd() : asked.Members?.ToString(CultureInfo.InvariantCulture) ?? "";

    private TubeFact FactOf(CorrectionAsked asked, Guid witness)
    {
        var now = clock.GetUtcNow();
        var at = asked.At ?? now;
        var kind = asked.Kind switch
        {
            TubeCorrection.PutIn => TubeFactKind.Sampled,
            TubeCorrection.Restate => TubeFactKind.Closed,
            TubeCorrection.Void => TubeFactKind.Voided,
            _ => TubeFactKind.Withdrawn,
        };
        return new TubeFact(Ids.New(), asked.Round, asked.Code, kind, at, now)
        {
            By = asked.By,
            Witness = witness,
            Corrects = kind == TubeFactKind.Withdrawn ? asked.Fact : null,
            PersonId = asked.Person,
            Members = asked.Members,
            Reason = asked.Why,
        };
    }

    private async Task<Result<(CorrectionAsked Asked, OnRoll? Person)>> NamedAsync(TubeView view, TubeCorrection kind, Guid? fact, string? who, int? members, Actor actor, CancellationToken ct)
    {
        var round = view.Row.RoundId ?? view.Facts[0].RoundId;
        var plain = new CorrectionAsked(round, view.Row.Code, kind, null, null, null, Guid.Empty, "");
        switch (kind)
        {
            case TubeCorrection.TakeOut:
                if (view.Facts.FirstOrDefault(f => f.Id == fact && f.Kind == TubeFactKind.Sampled) is not { } sample) return TubeErrors.NotInTube;
                return (plain with { Round = sample.RoundId, Fact = sample.Id }, await WhoAsync(view, sample, ct));
            case TubeCorrection.NotOpened:
                return view.Facts.FirstOrDefault(f => f.Id == fact && f.Kind == TubeFactKind.Opened) is { } opened ? (plain with { Round = opened.RoundId, Fact = opened.Id }, (OnRoll?)null) : TubeErrors.NotInTube;
            case TubeCorrection.PutIn:
                var found = await roll.FindAsync(round, who, actor, TubePermissions.Correct, ct);
                if (found.IsFailure) return found.Error;
                if (view.State.Members.Any(m => m.PersonId == found.Value.Id)) return PoolErrors.AlreadyIn(view.Row.Code);
                // The swab went in before the tube was closed, not when somebody remembers it: a recheck that came after still answers.
                return (plain with { Person = found.Value.Id, At = view.State.ClosedAt?.AddMilliseconds(1) }, found.Value);
            case TubeCorrection.Restate:
                return members is >= 0 and <= PoolSize.Largest ? (plain with { Members = members }, (OnRoll?)null) : TubeErrors.Field("members");
            default:
                return (plain, (OnRoll?)null);
        }
    }

    private async Task<OnRoll?> WhoAsync(TubeView view, TubeFact sample, CancellationToken ct)
    {
        if (sample.PersonId is not { } person) return null;
        var room = (await rounds.StatesAsync(sample.RoundId, [person], ct)).GetValueOrDefault(person)?.Label;
        return new OnRoll(person, view.Names.GetValueOrDefault(person) ?? "", room ?? "");
    }
}
