namespace Tongxin.Grid.Data;

/// <summary>A second person allowed the ledger in the clear: one round, one account, one day.</summary>
internal sealed class LedgerExport
{
    public static readonly TimeSpan Life = TimeSpan.FromHours(24);

    private LedgerExport() { }

    /// <summary>The approval's own id.</summary>
    public Guid Id { get; private set; }
    public Guid RoundId { get; private set; }
    public Guid AccountId { get; private set; }
    public string Purpose { get; private set; } = "";
    public DateTimeOffset ExpiresAt { get; private set; }

    public static LedgerExport Allow(Guid approval, Guid round, Guid account, string purpose, DateTimeOffset at) => new()
    {
        Id = approval,
        RoundId = round,
        AccountId = account,
        Purpose = purpose,
        ExpiresAt = at + Life,
    };
}
