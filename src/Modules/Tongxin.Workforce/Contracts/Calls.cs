namespace Tongxin.Workforce.Contracts;

/// <summary>Applications were decided: who serves from now on.</summary>
/// <param name="AcceptedIds">Persons accepted in this step.</param>
public sealed record ApplicationsDecided(Guid CallId, IReadOnlyList<Guid> AcceptedIds);

/// <summary>A way to tell an applicant that the decision is there (a message, a mail). Modules above bring theirs; must be idempotent by <paramref name="ApplicationId"/> and time.</summary>
/// <param name="PersonId">The person, once the register knows one.</param>
/// <param name="PhoneSealed">The phone as the applicant gave it, sealed.</param>
/// <param name="Address">Path of the page that shows the decision against the applicant's code; the notice itself says neither name nor decision.</param>
public sealed record DecisionNotice(Guid ApplicationId, DateTimeOffset DecidedAt, Guid? PersonId, byte[]? PhoneSealed, string CallTitle, string Address);

/// <summary>Sends notices of decisions. A note on the own page is always among them; whoever is not in the register reads the decision with the code.</summary>
public interface IDecisionNotices
{
    /// <summary>Sends one, at least once.</summary>
    Task SendAsync(DecisionNotice notice, CancellationToken ct);
}
