using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Tongxin.Platform.Data;
using Tongxin.Platform.Modules;
using Xunit;

namespace Tongxin.Architecture.Tests.Running;

/// <summary>A table says whose it is; an entity changes only through its own methods.</summary>
public sealed class ModelTests(ProductFixture product) : IClassFixture<ProductFixture>
{
    [Fact]
    public async Task Tables_Names_CarryTheirModulesPrefix()
    {
        var prefixes = product.App.Services.GetServices<IModule>().ToDictionary(m => m.Assembly, m => m.Name);
        var tables = await product.App.ReadAsync(db => Task.FromResult(Entities(db.Model)));

        tables.SelectMany(t => Misnamed(t.Entity.Assembly, t.Table, prefixes)).ShouldBeEmpty();
    }

    [Fact]
    public void BadSample_TableWithoutPrefix_IsFound() =>
        Misnamed(typeof(OpenEntity).Assembly, "visits", new Dictionary<Assembly, string> { [typeof(OpenEntity).Assembly] = "grid" }).ShouldHaveSingleItem();

    [Fact]
    public async Task Entities_Setters_AreNotPublic()
    {
        var ours = await product.App.ReadAsync(db => Task.FromResult(Entities(db.Model).Select(e => e.Entity)));

        // Identity's own account class is filled in by its framework.
        ours.Where(t => t.FullName?.StartsWith("Tongxin.", StringComparison.Ordinal) == true && t.Name != "Account").SelectMany(PublicSetters).ShouldBeEmpty();
    }

    [Fact]
    public void BadSample_PublicSetter_IsFound() => PublicSetters(typeof(OpenEntity)).ShouldBe(["OpenEntity.Name"]);

    private static List<(Type Entity, string Table)> Entities(IModel model) =>
        [.. model.GetEntityTypes().Where(e => e.GetTableName() is not null).Select(e => (e.ClrType, e.GetTableName() ?? ""))];

    private static IEnumerable<string> Misnamed(Assembly owner, string table, Dictionary<Assembly, string> prefixes)
    {
        // Identity's entities come from outside; the ground floor took them in.
        var prefix = prefixes.TryGetValue(owner, out var module) ? module : "platform";
        if (!table.StartsWith(prefix + "_", StringComparison.Ordinal)) yield return $"{table} does not start with {prefix}_";
    }

    private static IEnumerable<string> PublicSetters(Type entity) =>
        from property in entity.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)
        where property.SetMethod is { IsPublic: true } setter
            && !setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(System.Runtime.CompilerServices.IsExternalInit))
        select $"{entity.Name}.{property.Name}";
}

internal sealed class OpenEntity
{
    public int Id { get; private set; }

    public int Kept { get; init; }

    public string Name { get; set; } = "";
}
