using Mono.Cecil;
using Shouldly;
using Tongxin.Architecture.Tests.Support;
using Xunit;

namespace Tongxin.Architecture.Tests.Assemblies;

/// <summary>What comes from outside: Core stands on the base library alone, and only Host knows which database it is.</summary>
public sealed class OutsideReferenceTests
{
    private static readonly string[] Providers = ["Npgsql", "Microsoft.Data.Sqlite", "Microsoft.EntityFrameworkCore.Sqlite", "SQLitePCLRaw"];

    [Fact]
    public void Core_References_AreSystemOnly() =>
        NotSystem(References("Tongxin.Core")).ShouldBeEmpty();

    [Fact]
    public void BadSample_CoreOnEntityFramework_IsFound() =>
        NotSystem(["System.Runtime", "Microsoft.EntityFrameworkCore"]).ShouldBe(["Microsoft.EntityFrameworkCore"]);

    [Fact]
    public void Projects_OtherThanHost_NameNoDatabaseProvider() =>
        Product.Assemblies.Keys.Where(p => p != "Tongxin.Host").SelectMany(p => NamedProviders(p, References(p))).ShouldBeEmpty();

    [Fact]
    public void BadSample_ModuleOnNpgsql_IsFound() =>
        NamedProviders("Tongxin.Grid", ["System.Runtime", "Npgsql.EntityFrameworkCore.PostgreSQL"])
            .ShouldBe(["Tongxin.Grid names Npgsql.EntityFrameworkCore.PostgreSQL"]);

    private static IEnumerable<string> References(string project) => Product.Assemblies[project].MainModule.AssemblyReferences.Select(r => r.Name);

    private static List<string> NotSystem(IEnumerable<string> references) =>
        [.. references.Where(r => r != "System" && r != "netstandard" && !r.StartsWith("System.", StringComparison.Ordinal))];

    private static List<string> NamedProviders(string project, IEnumerable<string> references) =>
        [.. references.Where(r => Providers.Any(p => r.StartsWith(p, StringComparison.Ordinal))).Select(r => $"{project} names {r}")];
}
