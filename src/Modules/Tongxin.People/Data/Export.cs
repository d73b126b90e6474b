using Tongxin.Platform;
using Tongxin.Platform.Data;

namespace Tongxin.People.Data;

/// <summary>Where an export is.</summary>
internal enum ExportState
{
    /// <summary>Waits for the second person.</summary>
    Waiting,

    /// <summary>May be taken away by its requester until it expires.</summary>
    Approved,

    /// <summary>Refused by the second person.</summary>
    Refused,
}

/// <summary>A part of the register on its way out: asked for a purpose, let go by a second person, for a day. The list itself is made when it is taken.</summary>
internal sealed class Export : IVersioned
{
    public static readonly TimeSpan Life = TimeSpan.FromHours(24);

    private Export() { }

    public Guid Id { get; private set; }
    public Guid RequestedBy { get; private set; }
    public DateTimeOffset RequestedAt { get; private set; }

    /// <summary>The address of the list, without the page.</summary>
    public string Query { get; private set; } = "";
    public string Purpose { get; private set; } = "";
    public int Rows { get; private set; }
    public ExportState State { get; private set; }
    public DateTimeOffset? ExpiresAt { get; private set; }
    public int Version { get; private set; }

    public static Export Ask(Guid account, string query, string purpose, int rows, DateTimeOffset at) => new()
    {
        Id = Ids.New(),
        RequestedBy = account,
        RequestedAt = at,
        Query = query,
        Purpose = purpose,
        Rows = rows,
    };

    public void Decide(bool approved, DateTimeOffset at) =>
        (State, ExpiresAt) = (approved ? ExportState.Approved : ExportState.Refused, approved ? at + Life : null);

    public bool MayBeTaken(DateTimeOffset at) => State == ExportState.Approved && at < ExpiresAt;
}
