using Microsoft.EntityFrameworkCore;

namespace Tongxin.Access.Data;

/// <summary>How passes, their keys and links lie in the database.</summary>
internal static class PassesModel
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<IssuedPass>(e =>
        {
            e.ToTable("access_passes");
            e.HasIndex(p => new { p.PersonId, p.ExpiresAt });
            e.HasIndex(p => p.ExpiresAt);
        });
        model.Entity<PassKey>(e =>
        {
            e.ToTable("access_pass_keys");
            e.HasIndex(k => k.KeyId).IsUnique();
        });
        model.Entity<PassLink>(e =>
        {
            e.ToTable("access_pass_links");
            e.HasIndex(l => l.SecretIndex).IsUnique();
            e.HasIndex(l => l.PersonId);
        });
    }
}
