namespace Tongxin.Screening.Contracts;

/// <summary>A way by which persons hear of their slots and tests (a message, a call list). The note on the own page is always there.</summary>
public interface ITestingNotices
{
    /// <summary>Sends some at once; may be called again for the same keys and then changes nothing. The outbox commits.</summary>
    Task SendAsync(IReadOnlyList<TestingNotice> notices, CancellationToken ct);
}

/// <summary>What a person is told. Never a result: the own page shows it to whoever may open it.</summary>
/// <param name="Key">Against telling twice.</param>
/// <param name="PersonId">Whom.</param>
/// <param name="RoundId">About which round.</param>
/// <param name="What">Key of the text: note.slot-published, note.slot-changed, note.slot-released, note.slot-promoted, note.slot-withdrawn, note.home-slot, note.test-news, note.test-again, note.sample-again, note.recheck-asked, note.recheck-urgent, note.pool-leader, and others of the module.</param>
/// <param name="Arg">Fills its place: an instant as round-trip text, or words.</param>
public sealed record TestingNotice(string Key, Guid PersonId, Guid RoundId, string What, string? Arg);
