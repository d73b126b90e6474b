using Tongxin.Access.Contracts;
using Tongxin.Platform;

namespace Tongxin.Access.Data;

/// <summary>An evidence with its document, entered by a medical role about one person.</summary>
internal sealed class Evidence
{
    private Evidence() { }

    public Guid Id { get; private set; }
    public Guid PersonId { get; private set; }
    public EvidenceKind Kind { get; private set; }

    /// <summary>Number on the document.</summary>
    public string Reference { get; private set; } = "";
    public Guid FileId { get; private set; }

    /// <summary>Keyed hash of the document.</summary>
    public string ContentHash { get; private set; } = "";
    public DateTimeOffset RecordedAt { get; private set; }
    public Guid RecordedBy { get; private set; }

    public static Evidence Record(Guid person, EvidenceKind kind, string reference, Guid file, string hash, Guid by, DateTimeOffset at) => new()
    {
        Id = Ids.New(),
        PersonId = person,
        Kind = kind,
        Reference = reference,
        FileId = file,
        ContentHash = hash,
        RecordedBy = by,
        RecordedAt = at,
    };

    public void Follow(Guid kept) => PersonId = kept;
}
