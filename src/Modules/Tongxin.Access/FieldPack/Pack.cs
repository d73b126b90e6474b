namespace Tongxin.Access.FieldPack;

/// <summary>What a device carries: the own gates and what is needed to answer there without a network. Nothing of other gates.</summary>
/// <param name="Now">The server's clock, for the device's.</param>
/// <param name="IssuedAt">When it was put together.</param>
/// <param name="Account">Whose device it is, to be shown.</param>
/// <param name="Protocol">Null when none is in force: then nobody has a colour.</param>
/// <param name="Trust">The signed list of keys, base64; null before the first key.</param>
/// <param name="Revocations">The signed list of withdrawn passes, base64.</param>
internal sealed record Pack(
    DateTimeOffset Now, DateTimeOffset IssuedAt, string Account, IReadOnlyList<PackGate> Gates, PackProtocol? Protocol,
    IReadOnlyList<PackPermit> Permits, string? Trust, string? Revocations);

/// <param name="Sealed">Nobody passes but in an emergency.</param>
/// <param name="PassBackMinutes">Within so many minutes the same way twice is warned of; 0: nobody looks.</param>
internal sealed record PackGate(Guid Id, string Name, string Place, IReadOnlyList<string> Lanes, bool Sealed, int PassBackMinutes);

/// <param name="Acts">By colour: "pass", "lane", "ask" or "stop".</param>
internal sealed record PackProtocol(string Edition, string Title, IReadOnlyDictionary<string, string> Acts);

/// <param name="Label">The kind in words.</param>
/// <param name="Name">In short form.</param>
/// <param name="Gates">Empty: every gate.</param>
internal sealed record PackPermit(
    Guid Id, string Code, string Kind, string Label, string? Name, string? Plate, DateTimeOffset From, DateTimeOffset Until, int Companions, IReadOnlyList<Guid> Gates);
