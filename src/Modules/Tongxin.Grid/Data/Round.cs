using Tongxin.Core.Common;
using Tongxin.Core.Rounds;
using Tongxin.Grid.Contracts;
using Tongxin.Platform;
using Tongxin.Platform.Data;

namespace Tongxin.Grid.Data;

/// <summary>A round over a frozen set of targets, with the rules it was opened under.</summary>
internal sealed class Round : IVersioned
{
    private RoundPolicy? _rules;

    private Round() { }

    public Guid Id { get; private set; }

    /// <summary>As people say it: "R-2022-007".</summary>
    public string Number { get; private set; } = "";
    public RoundKind Kind { get; private set; }
    public string Title { get; private set; } = "";
    public DateTimeOffset OpenedAt { get; private set; }

    /// <summary>The account that opened it.</summary>
    public Guid OpenedBy { get; private set; }
    public DateTimeOffset DueAt { get; private set; }
    public DateTimeOffset? ClosedAt { get; private set; }
    public Guid? ClosedBy { get; private set; }

    /// <summary>Why it was closed with targets outstanding.</summary>
    public string? CloseReason { get; private set; }

    /// <summary>The policy as JSON, frozen with the round.</summary>
    public string Policy { get; private set; } = "";
    public int Version { get; private set; }

    public RoundPolicy Rules => _rules ??= PolicyText.Read(Policy);

    public bool IsOpen => ClosedAt is null;

    public static Round Open(string number, RoundKind kind, string title, RoundPolicy policy, DateTimeOffset dueAt, Guid by, DateTimeOffset at) => new()
    {
        Id = Ids.New(),
        Number = number,
        Kind = kind,
        Title = title,
        Policy = PolicyText.Write(policy),
        DueAt = dueAt,
        OpenedAt = at,
        OpenedBy = by,
    };

    public Result Close(int outstanding, string? reason, Guid by, DateTimeOffset at)
    {
        if (!IsOpen) return GridErrors.RoundClosed(Number);
        if (outstanding > 0 && string.IsNullOrWhiteSpace(reason)) return GridErrors.RoundOutstanding(outstanding);
        (ClosedAt, ClosedBy, CloseReason) = (at, by, outstanding > 0 ? reason?.Trim() : null);
        return Result.Ok;
    }
}
