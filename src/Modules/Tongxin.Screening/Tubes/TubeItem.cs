using Tongxin.Core.Common;
using Tongxin.Core.Sampling.Pools;
using Tongxin.Platform.Access;

namespace Tongxin.Screening.Tubes;

/// <summary>One fact as it arrives.</summary>
/// <param name="Fact">The fact; what the round froze about the person is filled in by the writer.</param>
/// <param name="IsAsked">The table waits for the answer before it goes on: whatever the rules forbid is refused. False: it has happened, and is kept.</param>
/// <param name="IsVouched">The server itself says it, after two people agreed or a laboratory's file was checked: neither the reach nor the second name is asked for again.</param>
internal sealed record TubeItem(TubeFact Fact, bool IsAsked = false, bool IsVouched = false);

/// <summary>What one sender brings.</summary>
internal sealed record TubePost(IReadOnlyList<TubeItem> Items, Actor Sender);

/// <summary>What became of a fact.</summary>
internal enum TubeVerdict
{
    /// <summary>Stored now.</summary>
    Recorded,

    /// <summary>Was stored before; changed nothing.</summary>
    Duplicate,

    /// <summary>Not stored; the error says why.</summary>
    Refused,
}

/// <summary>The answer to one fact.</summary>
/// <param name="Error">Why it was refused.</param>
/// <param name="Warnings">What is odd about a fact that was kept.</param>
internal sealed record TubeAnswer(Guid Id, TubeVerdict Verdict, Error? Error, IReadOnlyList<Error> Warnings)
{
    public static TubeAnswer Refuse(Guid id, Error error) => new(id, TubeVerdict.Refused, error, []);
}

/// <summary>The answers in the order of the facts, and where the tubes stand now.</summary>
internal sealed record TubesWritten(IReadOnlyList<TubeAnswer> Answers, IReadOnlyList<TubeState> Tubes);
