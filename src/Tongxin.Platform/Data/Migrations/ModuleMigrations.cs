using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Tongxin.Platform.Modules;

namespace Tongxin.Platform.Data.Migrations;

/// <summary>Gathers the migrations of all modules into one set, ordered by their ids (<c>M20261121_010_People</c>).</summary>
public sealed class ModuleMigrations(ICurrentDbContext current, IDbContextOptions options) : IMigrationsAssembly
{
    private readonly SortedDictionary<string, TypeInfo> _migrations = new(
        (options.FindExtension<CoreOptionsExtension>()?.ApplicationServiceProvider
            ?? throw new InvalidOperationException("TongxinDb is registered with AddDbContext."))
        .GetServices<IModule>()
        .SelectMany(m => m.Assembly.DefinedTypes)
        .Distinct()
        .Where(t => !t.IsAbstract && t.IsSubclassOf(typeof(TongxinMigration)))
        .ToDictionary(t => t.GetCustomAttribute<MigrationAttribute>()?.Id
            ?? throw new InvalidOperationException($"{t.Name} has no [Migration]."), t => t),
        StringComparer.Ordinal);

    /// <inheritdoc />
    public IReadOnlyDictionary<string, TypeInfo> Migrations => _migrations;

    /// <summary>None: the drift tests compare database and model instead.</summary>
    public ModelSnapshot? ModelSnapshot => null;

    /// <inheritdoc />
    public Assembly Assembly => current.Context.GetType().Assembly;

    /// <inheritdoc />
    public string? FindMigrationId(string nameOrId) =>
        _migrations.Keys.FirstOrDefault(id => id.Equals(nameOrId, StringComparison.OrdinalIgnoreCase));

    /// <inheritdoc />
    public Migration CreateMigration(TypeInfo migrationClass, string activeProvider)
    {
        var migration = (Migration)(Activator.CreateInstance(migrationClass.AsType())
            ?? throw new InvalidOperationException(migrationClass.Name));
        migration.ActiveProvider = activeProvider;
        return migration;
    }
}
