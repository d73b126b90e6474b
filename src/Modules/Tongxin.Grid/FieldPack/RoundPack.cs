namespace Tongxin.Grid.FieldPack;

/// <summary>The open rounds of the account's own cells, for a phone that loses the network at the first stair.</summary>
/// <param name="Now">The server's clock.</param>
internal sealed record RoundPack(DateTimeOffset Now, IReadOnlyList<PackRound> Rounds);

internal sealed record PackRound(Guid Id, string Number, string Title, DateTimeOffset DueAt, IReadOnlyList<PackDoor> Doors);

/// <summary>What the captain's list shows of a door, and no more.</summary>
/// <param name="Head">Masked.</param>
/// <param name="Open">To be knocked on now.</param>
/// <param name="Result">The last outcome.</param>
/// <param name="DecidedBy">The fact that an undo takes back.</param>
internal sealed record PackDoor(
    Guid Id, string Label, string? Head, int People, string? Responsible, IReadOnlyList<PackCare> Care, bool Open,
    string? Result, Guid? DecidedBy, DateTimeOffset? SeenAt, int Attempts, bool Escalated, DateTimeOffset? Next);

/// <param name="Label">In the words of whoever asked.</param>
internal sealed record PackCare(string Kind, string Label);
