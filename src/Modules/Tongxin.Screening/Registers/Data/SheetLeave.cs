using Microsoft.EntityFrameworkCore;
using Tongxin.Screening.Rounds.Data;

namespace Tongxin.Screening.Registers.Data;

/// <summary>A second person allowed a sheet in the clear: one round, one sheet, one account, one day.</summary>
internal sealed class SheetLeave
{
    public static readonly TimeSpan Life = TimeSpan.FromHours(24);

    private SheetLeave() { }

    /// <summary>The approval's own id.</summary>
    public Guid Id { get; private set; }
    public Guid RoundId { get; private set; }

    /// <summary>Key of the sheet.</summary>
    public string Sheet { get; private set; } = "";
    public Guid AccountId { get; private set; }
    public string Purpose { get; private set; } = "";
    public DateTimeOffset ExpiresAt { get; private set; }

    public static SheetLeave Allow(Guid approval, Guid round, string sheet, Guid account, string purpose, DateTimeOffset at) =>
        new() { Id = approval, RoundId = round, Sheet = sheet, AccountId = account, Purpose = purpose, ExpiresAt = at + Life };

    public static void Configure(ModelBuilder model) => model.Entity<SheetLeave>(e =>
    {
        e.ToTable("screening_sheet_leaves");
        e.Property(l => l.Id).ValueGeneratedNever();
        e.HasIndex(l => new { l.RoundId, l.AccountId });
        e.HasOne<TestingRound>().WithMany().HasForeignKey(l => l.RoundId).OnDelete(DeleteBehavior.Restrict);
    });
}
