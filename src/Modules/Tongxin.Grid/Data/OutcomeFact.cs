using Tongxin.Core.Rounds;

namespace Tongxin.Grid.Data;

/// <summary>An outcome as it was reported: inserted once, never changed. Its id was made by whoever saw it.</summary>
internal sealed class OutcomeFact
{
    private OutcomeFact() { }

    public Guid Id { get; private set; }
    public Guid RoundId { get; private set; }
    public Guid TargetId { get; private set; }
    public OutcomeKind Kind { get; private set; }
    public Channel Channel { get; private set; }
    public DateTimeOffset SeenAt { get; private set; }
    public DateTimeOffset ReceivedAt { get; private set; }

    /// <summary>The person who saw it; null for a resident's own report and for accounts without a person.</summary>
    public Guid? By { get; private set; }

    /// <summary>The account that sent it; null for a resident's own report.</summary>
    public Guid? AccountId { get; private set; }
    public Guid? Corrects { get; private set; }
    public string? Reason { get; private set; }

    /// <summary>Keyed fingerprint of the answers: tells that two channels differ, and nothing else.</summary>
    public string? AnswersDigest { get; private set; }

    /// <summary>The answers (<see cref="VisitDetail"/>), sealed: they speak of people and their needs.</summary>
    public byte[]? Detail { get; private set; }

    public static OutcomeFact Of(Guid round, Outcome outcome, Guid? account, byte[]? detail) => new()
    {
        Id = outcome.Id,
        RoundId = round,
        TargetId = outcome.TargetId,
        Kind = outcome.Kind,
        Channel = outcome.Channel,
        SeenAt = outcome.SeenAt,
        ReceivedAt = outcome.ReceivedAt,
        By = outcome.By,
        AccountId = account,
        Corrects = outcome.Corrects,
        Reason = outcome.Reason,
        AnswersDigest = outcome.AnswersDigest,
        Detail = detail,
    };

    public Outcome ToOutcome() => new(Id, TargetId, Kind, Channel, SeenAt, ReceivedAt, By, Corrects, Reason, AnswersDigest);
}
