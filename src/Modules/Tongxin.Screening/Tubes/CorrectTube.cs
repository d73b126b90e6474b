using System.Text.Json;
using Tongxin.Core.Common;
using Tongxin.Core.Sampling.Pools;
using Tongxin.People.Contracts;
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
internal sealed record CorrectionAsked(Guid Round, string Code, TubeCorrection Kind, Guid? Fact, Guid? Person, int? Members, Guid By, string Why);

/// <summary>
/// Corrections of closed tubes: one asks, another of a different unit agrees, and the compensating fact carries both names. Nothing that
/// was recorded changes.
/// </summary>
internal sealed class CorrectTube(TongxinDb db, ReadTubes read, TubeWriter writer, IPersons persons, IApprovals approvals, TimeProvider clock) : IHandle<ApprovalDecided>
{
    public const string Kind = "screening.tube-correction";
    public const int LongestWhy = 200;

    /// <summary>Asks for it. Commits.</summary>
    /// <param name="who">PutIn: a person's number, or a name that only one has.</param>
    public async Task<Result> AskAsync(string code, TubeCorrection kind, Guid? fact, string? who, int? members, string? why, Actor actor, CancellationToken ct)
    {
        if (await read.FindAsync(code, actor, ct) is not { } view) return TubeErrors.NotFound;
        if (string.IsNullOrWhiteSpace(why) || why.Trim().Length > LongestWhy) return TubeErrors.WhyMissing;
        var named = await NamedAsync(view, kind, fact, who, members, ct);
        if (named.IsFailure) return named.Error;

        var asked = named.Value with { By = actor.PersonId ?? actor.AccountId, Why = why.Trim() };
        var request = approvals.Request(Kind, new ApprovalTitle("tubes.approval." + kind, view.Row.Code), asked.Round, asked, asked.Why, actor);
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
        await writer.EnterAsync([new TubeItem(FactOf(asked, witness), IsVouched: true)], happened.DecidedBy, ct);
    }

    private TubeFact FactOf(CorrectionAsked asked, Guid witness)
    {
        var now = clock.GetUtcNow();
        var kind = asked.Kind switch
        {
            TubeCorrection.PutIn => TubeFactKind.Sampled,
            TubeCorrection.Restate => TubeFactKind.Closed,
            TubeCorrection.Void => TubeFactKind.Voided,
            _ => TubeFactKind.Withdrawn,
        };
        return new TubeFact(Ids.New(), asked.Round, asked.Code, kind, now, now)
        {
            By = asked.By,
            Witness = witness,
            Corrects = kind == TubeFactKind.Withdrawn ? asked.Fact : null,
            PersonId = asked.Person,
            Members = asked.Members,
            Reason = asked.Why,
        };
    }

    private async Task<Result<CorrectionAsked>> NamedAsync(TubeView view, TubeCorrection kind, Guid? fact, string? who, int? members, CancellationToken ct)
    {
        var round = view.Row.RoundId ?? view.Facts[0].RoundId;
        var plain = new CorrectionAsked(round, view.Row.Code, kind, null, null, null, Guid.Empty, "");
        switch (kind)
        {
            case TubeCorrection.TakeOut:
                return view.Facts.FirstOrDefault(f => f.Id == fact && f.Kind == TubeFactKind.Sampled) is { } sample ? plain with { Round = sample.RoundId, Fact = sample.Id } : TubeErrors.NotInTube;
            case TubeCorrection.NotOpened:
                return view.Facts.FirstOrDefault(f => f.Id == fact && f.Kind == TubeFactKind.Opened) is { } opened ? plain with { Round = opened.RoundId, Fact = opened.Id } : TubeErrors.NotInTube;
            case TubeCorrection.PutIn:
                if (string.IsNullOrWhiteSpace(who)) return TubeErrors.Person;
                var found = await persons.SearchAsync(who.Trim(), 2, ct);
                if (found.Count != 1) return TubeErrors.Person;
                return view.State.Members.Any(m => m.PersonId == found[0].Id) ? PoolErrors.AlreadyIn(view.Row.Code) : plain with { Person = found[0].Id };
            case TubeCorrection.Restate:
                return members is >= 0 and <= PoolSize.Largest ? plain with { Members = members } : TubeErrors.Field("members");
            default:
                return plain;
        }
    }
}
