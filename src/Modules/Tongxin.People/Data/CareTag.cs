using Tongxin.People.Contracts;
using Tongxin.Platform;

namespace Tongxin.People.Data;

/// <summary>A special need, kept for a purpose until a day; after it the tag is on no screen.</summary>
internal sealed class CareTag
{
    private CareTag() { }

    public Guid Id { get; private set; }
    public Guid PersonId { get; private set; }
    public CareKind Kind { get; private set; }

    /// <summary>Why this is kept: "接送透析", "上门采样".</summary>
    public string Purpose { get; private set; } = "";

    public DateOnly From { get; private set; }

    /// <summary>First day on which it is no longer shown.</summary>
    public DateOnly ExpiresOn { get; private set; }

    public Guid AddedBy { get; private set; }
    public DateTimeOffset AddedAt { get; private set; }

    public static CareTag Add(Guid person, CareKind kind, string purpose, DateOnly from, DateOnly expiresOn, Guid addedBy, DateTimeOffset at) => new()
    {
        Id = Ids.New(),
        PersonId = person,
        Kind = kind,
        Purpose = purpose,
        From = from,
        ExpiresOn = expiresOn,
        AddedBy = addedBy,
        AddedAt = at,
    };

    public bool IsShown(DateOnly day) => From <= day && day < ExpiresOn;

    public void Expire(DateOnly day)
    {
        if (day < ExpiresOn) ExpiresOn = day;
    }

    public void Prolong(DateOnly expiresOn) => ExpiresOn = expiresOn;

    public void Reassign(Guid person) => PersonId = person;
}
