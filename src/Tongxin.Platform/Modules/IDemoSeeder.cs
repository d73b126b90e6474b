namespace Tongxin.Platform.Modules;

/// <summary>Puts the demo places into an empty database, with the demo accounts (<c>IAccounts.EnsureDemoAsync</c>).</summary>
public interface IDemoSeeder
{
    /// <summary>Writes everything and commits. Called on a database without accounts only.</summary>
    Task SeedAsync(CancellationToken ct);
}
