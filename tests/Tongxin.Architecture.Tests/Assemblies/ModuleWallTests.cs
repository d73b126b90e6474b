using Mono.Cecil;
using Shouldly;
using Tongxin.Architecture.Tests.Support;
using Xunit;

namespace Tongxin.Architecture.Tests.Assemblies;

/// <summary>In a module everything is internal and sealed except its class, its contracts, its permission codes, its texts and its Razor components.</summary>
public sealed class ModuleWallTests
{
    [Fact]
    public void Modules_PublicTypes_AreModuleContractsTextsAndComponents() =>
        Product.Modules.SelectMany(m => Exposed(Product.TypesOf(Product.Assemblies[m]))).ShouldBeEmpty();

    [Fact]
    public void BadSample_PublicSlice_IsFound() => Exposed(Product.Sample(typeof(PublicSlice))).Count.ShouldBe(1);

    [Fact]
    public void Modules_ClassesNobodyDerivesFrom_AreSealed() =>
        Product.Modules.SelectMany(m => Unsealed([.. Product.TypesOf(Product.Assemblies[m])])).ShouldBeEmpty();

    [Fact]
    public void BadSample_OpenClass_IsFound() => Unsealed(Product.Sample(typeof(OpenSlice))).Count.ShouldBe(1);

    [Fact]
    public void Modules_ComponentsOfOtherModules_AreNotUsed() =>
        Product.Modules.SelectMany(m => ForeignComponents(Product.TypesOf(Product.Assemblies[m]), m)).ShouldBeEmpty();

    [Fact]
    public void BadSample_ComponentOfAnotherModule_IsFound() =>
        // The sample's component lives in this assembly, which to "Tongxin.Grid" is another one.
        ForeignComponents(Product.Sample(typeof(BorrowsAComponent)), "Tongxin.Grid").Count.ShouldBe(1);

    private static List<string> Exposed(IEnumerable<TypeDefinition> types) =>
    [
        .. from t in types
           where t.IsPublic && !Product.IsGenerated(t)
           where !$"{t.Namespace}.".Contains(".Contracts.", StringComparison.Ordinal)
           where !t.Interfaces.Any(i => i.InterfaceType.Name == "IModule") && t.BaseType?.Name != "PartedModule" && !t.Name.EndsWith("Text", StringComparison.Ordinal)
           where !IsPermissionCodes(t)
           where !Product.IsComponent(t) && !t.Name.Equals("_Imports", StringComparison.Ordinal)
           select $"{t.FullName} is public",
    ];

    /// <summary>Constants alone: the pages of a higher module may ask for a permission of a lower one.</summary>
    private static bool IsPermissionCodes(TypeDefinition type) =>
        type.Name.EndsWith("Permissions", StringComparison.Ordinal) && type.Methods.Count == 0 && type.Fields.All(f => f.HasConstant);

    private static List<string> Unsealed(IReadOnlyCollection<TypeDefinition> types)
    {
        var bases = types.Where(t => t.BaseType is not null).Select(t => t.BaseType.GetElementType().FullName).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. from t in types
               where t.IsClass && !t.IsSealed && !t.IsAbstract && !t.IsValueType
               where !Product.IsGenerated(t) && !Product.IsComponent(t) && t.Name != "_Imports" && !bases.Contains(t.FullName)
               select $"{t.FullName} is not sealed",
        ];
    }

    private static List<string> ForeignComponents(IEnumerable<TypeDefinition> types, string module) =>
    [
        .. (from t in types
            from used in Calls.TypesUsedBy(t)
            where used.Scope.Name.Replace(".dll", "", StringComparison.Ordinal) != module
            let target = OursOrNull(used)
            where target is not null && Product.IsComponent(target) && !$"{target.Namespace}.".StartsWith("Tongxin.Platform.Ui.", StringComparison.Ordinal)
            select $"{t.FullName} uses {used.FullName}").Distinct(),
    ];

    private static TypeDefinition? OursOrNull(TypeReference type) =>
        type.FullName.StartsWith("Tongxin.", StringComparison.Ordinal) ? Product.TryResolve(type) : null;
}

public sealed class PublicSlice;

#pragma warning disable CA1852 // A bad sample that the test must find.
internal class OpenSlice;
#pragma warning restore CA1852

public sealed class ALocalComponent : Microsoft.AspNetCore.Components.ComponentBase;

internal sealed class BorrowsAComponent
{
    public static Type Component() => typeof(ALocalComponent);
}
