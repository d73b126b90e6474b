namespace Tongxin.Screening.FieldPack;

/// <summary>What a phone carries to a sampling table: own sites, the rounds they work for, and who is called there. Nothing of other sites.</summary>
/// <param name="Now">The server's clock.</param>
/// <param name="Account">Whose device it is.</param>
/// <param name="Salt">Base64; what the keys of people were made with.</param>
internal sealed record TablePack(DateTimeOffset Now, string Account, string Salt, IReadOnlyList<PackSite> Sites, IReadOnlyList<PackTesting> Rounds);

internal sealed record PackSite(Guid Id, string Name, string? Spot, IReadOnlyList<PackTable> Tables);

/// <param name="Lane">Normal, Green or Apart.</param>
/// <param name="Rate">People an hour as planned.</param>
internal sealed record PackTable(Guid Id, int Number, string Lane, int Rate);

/// <summary>A round that is open around now.</summary>
/// <param name="Started">Sampling was let begin.</param>
/// <param name="Size">k of its tubes.</param>
/// <param name="Sites">Those of the own sites that work for it.</param>
/// <param name="IsCut">More people are called than a phone carries: the rest is typed on a paper slip.</param>
/// <param name="Tubes">What the system knows of tubes opened at the own sites.</param>
internal sealed record PackTesting(
    Guid Id, string Number, string Title, DateTimeOffset From, DateTimeOffset Until, bool Started, int Size, IReadOnlyList<Guid> Sites,
    IReadOnlyList<PackMember> People, bool IsCut, IReadOnlyList<PackTube> Tubes);

/// <summary>Somebody to be sampled, and no more than a table must know.</summary>
/// <param name="Name">In short form.</param>
/// <param name="Most">The most people in a tube that may hold this person; 1 with <paramref name="Sealed"/> means a tube of the household.</param>
/// <param name="Sealed">A sealed household: one tube for it and nobody else in it.</param>
/// <param name="Household">Null: has no room here.</param>
/// <param name="Done">The system has a sample that counts.</param>
/// <param name="Recheck">The tube that asks for a recheck, alone.</param>
/// <param name="HomeTube">The tube that others of the household are in, where the household fits into one; null: none.</param>
/// <param name="Keys">By what the person is recognised; see <c>DeviceKeys</c>.</param>
internal sealed record PackMember(
    Guid Id, string Name, string Room, string Lane, int Most, bool Sealed, Guid? Household, bool Done, string? Recheck, string? HomeTube, IReadOnlyList<string> Keys);

/// <param name="Quarantined">Opened at two places: apart from the others, not into a box.</param>
internal sealed record PackTube(string Code, Guid? Table, string Stage, int Members, bool Quarantined);
