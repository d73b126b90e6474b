using Tongxin.Platform;
using Tongxin.Platform.Data;

namespace Tongxin.Grid.Data;

/// <summary>Where a proposal of teams is.</summary>
internal enum ProposalState
{
    /// <summary>The job works on it.</summary>
    Solving,

    /// <summary>To be looked at and changed by hand.</summary>
    Draft,

    /// <summary>Its cells and teams exist.</summary>
    Accepted,

    /// <summary>Laid aside.</summary>
    Discarded,

    /// <summary>The job ended without an answer.</summary>
    Failed,
}

/// <summary>A proposal of cells and teams, until somebody accepts or discards it.</summary>
internal sealed class TeamProposal : IVersioned
{
    private TeamProposal() { }

    public Guid Id { get; private set; }
    public ProposalState State { get; private set; }

    /// <summary>What was asked for, as JSON.</summary>
    public string Request { get; private set; } = "";

    /// <summary>The proposal with the changes made by hand, as JSON; null while it is worked on.</summary>
    public string? Answer { get; private set; }

    /// <summary>Of the register and the grid it was made from: an older proposal is not put on a newer register.</summary>
    public string? Fingerprint { get; private set; }
    public Guid? JobId { get; private set; }
    public Guid CreatedBy { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }
    public DateTimeOffset? DecidedAt { get; private set; }
    public Guid? DecidedBy { get; private set; }
    public int Version { get; private set; }

    public static TeamProposal Ask(string request, Guid by, DateTimeOffset at) => new()
    {
        Id = Ids.New(),
        State = ProposalState.Solving,
        Request = request,
        CreatedBy = by,
        CreatedAt = at,
    };

    public void WorkedOnBy(Guid job) => JobId = job;

    public void Propose(string answer, string fingerprint) => (State, Answer, Fingerprint) = (ProposalState.Draft, answer, fingerprint);

    public void Adjust(string answer) => Answer = answer;

    public void Fail() => State = ProposalState.Failed;

    public void Decide(ProposalState state, Guid by, DateTimeOffset at) => (State, DecidedBy, DecidedAt) = (state, by, at);
}
