using System.Text.Json;
using Tongxin.Core.Protocols;
using Tongxin.Core.Returns;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Access.Returns.Data;

/// <summary>Who moved a record.</summary>
internal enum ReturnBy
{
    /// <summary>The person, by the own page.</summary>
    Self,

    /// <summary>Somebody with an account.</summary>
    Account,

    /// <summary>The rules.</summary>
    Rules,

    /// <summary>The clock.</summary>
    Clock,
}

/// <summary>What happened to a record: a fact, written once.</summary>
internal sealed class ReturnEvent
{
    private ReturnEvent() { }

    public Guid Id { get; private set; }
    public Guid ReturnId { get; private set; }
    public DateTimeOffset At { get; private set; }
    public ReturnStep? Step { get; private set; }

    /// <summary>What happened beside the chain: "doubted", "told", "waits", "code"; null for a step.</summary>
    public string? Note { get; private set; }
    public ReturnState From { get; private set; }
    public ReturnState To { get; private set; }
    public ReturnBy By { get; private set; }
    public Guid? AccountId { get; private set; }
    public string? Who { get; private set; }
    public string? Device { get; private set; }

    /// <summary>Reason or what exactly, as typed or as a day; no names of third persons.</summary>
    public string? Why { get; private set; }

    public static ReturnEvent Of(ReturnRecord record, ReturnStep? step, string? note, ReturnState from, ReturnBy by, Actor? actor, string? why, string? device, DateTimeOffset at) => new()
    {
        Id = Ids.New(),
        ReturnId = record.Id,
        At = at,
        Step = step,
        Note = note,
        From = from,
        To = record.State,
        By = by,
        AccountId = actor is { IsSystem: false } ? actor.AccountId : null,
        Who = actor is { IsSystem: false } ? actor.Name : null,
        Device = device,
        Why = why,
    };
}

/// <summary>A line of a ruling's explanation as it lies sealed.</summary>
internal sealed record RulingLine(string Place, DateOnly From, DateOnly To, StayVerdict Verdict, string? Area, RiskLevel? Level, DateOnly? AreaFrom, DateOnly? AreaUntil, DateOnly? LastDay, DateOnly? Until);

/// <summary>A decision of the rules: what they were, what they said and why. Written once; a later one takes its place and leaves it as it is.</summary>
internal sealed class ReturnRuling
{
    private ReturnRuling() { }

    public Guid Id { get; private set; }
    public Guid ReturnId { get; private set; }
    public DateTimeOffset At { get; private set; }
    public string? EditionId { get; private set; }
    public string? EditionHash { get; private set; }
    public Guid? RiskListId { get; private set; }
    public ReturnOutcome Outcome { get; private set; }
    public MeasureKind? Regime { get; private set; }
    public string ReasonCode { get; private set; } = "";
    public string? Citation { get; private set; }
    public DateOnly? Until { get; private set; }
    public int Tests { get; private set; }
    public string TestDays { get; private set; } = "";
    public byte[]? LinesSealed { get; private set; }

    public static ReturnRuling Of(Guid record, ReturnJourney journey, ReturnDecision decision, string? editionHash, Guid? riskList, SecretBox box, DateTimeOffset at) => new()
    {
        Id = Ids.New(),
        ReturnId = record,
        At = at,
        EditionId = decision.EditionId,
        EditionHash = editionHash,
        RiskListId = riskList,
        Outcome = decision.Outcome,
        Regime = decision.Regime,
        ReasonCode = decision.ReasonCode,
        Citation = decision.Citation,
        Until = decision.Until,
        Tests = decision.Tests,
        TestDays = string.Join(',', decision.TestDays.Select(d => d.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture))),
        LinesSealed = box.Seal(JsonSerializer.Serialize(decision.Findings.Select(f =>
        {
            var stay = journey.Stays[f.Stay];
            return new RulingLine(stay.Place.Name, stay.From, stay.To, f.Verdict, f.Area?.Place.Name, f.Level, f.Area?.From, f.Area?.Until, f.LastDay, f.Until);
        }), JsonSerializerOptions.Web)),
    };

    public IReadOnlyList<RulingLine> Lines(SecretBox box) =>
        LinesSealed is null ? [] : JsonSerializer.Deserialize<List<RulingLine>>(box.Unseal(LinesSealed) ?? "[]", JsonSerializerOptions.Web) ?? [];
}

/// <summary>What a person is told, on the own page; other ways send it besides.</summary>
internal sealed class ReturnNote
{
    private ReturnNote() { }

    public Guid Id { get; private set; }
    public Guid ReturnId { get; private set; }
    public string Key { get; private set; } = "";

    /// <summary>Key of its text, and what fills its place.</summary>
    public string What { get; private set; } = "";
    public string? Arg { get; private set; }
    public DateTimeOffset At { get; private set; }

    public static ReturnNote Of(Guid record, string key, string what, string? arg, DateTimeOffset at) => new() { Id = Ids.New(), ReturnId = record, Key = key, What = what, Arg = arg, At = at };
}
