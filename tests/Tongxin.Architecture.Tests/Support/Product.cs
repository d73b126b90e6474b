using Mono.Cecil;
using Mono.Cecil.Rocks;

namespace Tongxin.Architecture.Tests.Support;

/// <summary>The compiled product, read as metadata and code, never run.</summary>
public static class Product
{
    private static readonly DefaultAssemblyResolver Resolver = MakeResolver();

    /// <summary>One entry per project under src/, by name.</summary>
    public static IReadOnlyDictionary<string, AssemblyDefinition> Assemblies { get; } = Repository.Files
        .Where(f => f.Path.StartsWith("src/", StringComparison.Ordinal) && f.Path.EndsWith(".csproj", StringComparison.Ordinal))
        .Select(f => System.IO.Path.GetFileNameWithoutExtension(f.Path))
        .ToDictionary(name => name, Load);

    /// <summary>The modules: projects under src/Modules.</summary>
    public static IReadOnlyList<string> Modules { get; } = [.. Repository.Files
        .Where(f => f.Path.StartsWith("src/Modules/", StringComparison.Ordinal) && f.Path.EndsWith(".csproj", StringComparison.Ordinal))
        .Select(f => System.IO.Path.GetFileNameWithoutExtension(f.Path))];

    public static IEnumerable<TypeDefinition> AllTypes => Assemblies.Values.SelectMany(TypesOf);

    public static IEnumerable<TypeDefinition> TypesOf(AssemblyDefinition assembly) => assembly.MainModule.GetAllTypes();

    /// <summary>A type of this test project with the types nested in it: the bad samples.</summary>
    public static IReadOnlyList<TypeDefinition> Sample(Type sample)
    {
        var all = TypesOf(Load(typeof(Product).Assembly.GetName().Name ?? "")).ToList();
        return [.. all.Where(t => t.FullName == sample.FullName?.Replace('+', '/') || t.FullName.StartsWith(sample.FullName?.Replace('+', '/') + "/", StringComparison.Ordinal))];
    }

    public static bool IsComponent(TypeDefinition type)
    {
        for (var t = type; t is not null; t = t.BaseType is null ? null : TryResolve(t.BaseType))
        {
            if (t.Interfaces.Any(i => i.InterfaceType.FullName == "Microsoft.AspNetCore.Components.IComponent")) return true;
        }

        return false;
    }

    public static TypeDefinition? TryResolve(TypeReference reference)
    {
        try
        {
            return reference.Resolve();
        }
        catch (AssemblyResolutionException)
        {
            return null;
        }
    }

    public static bool Has(ICustomAttributeProvider provider, string attribute) =>
        provider.HasCustomAttributes && provider.CustomAttributes.Any(a => a.AttributeType.Name == attribute);

    /// <summary>Written by the compiler or a source generator, so no person is to blame.</summary>
    public static bool IsGenerated(TypeDefinition type) =>
        type.Name.Contains('<', StringComparison.Ordinal)
        || Has(type, "CompilerGeneratedAttribute")
        || Has(type, "GeneratedCodeAttribute")
        || (type.DeclaringType is not null && IsGenerated(type.DeclaringType));

    private static AssemblyDefinition Load(string name) => AssemblyDefinition.ReadAssembly(
        System.IO.Path.Combine(AppContext.BaseDirectory, name + ".dll"),
        new ReaderParameters { AssemblyResolver = Resolver });

    private static DefaultAssemblyResolver MakeResolver()
    {
        var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(AppContext.BaseDirectory);
        resolver.AddSearchDirectory(System.IO.Path.GetDirectoryName(typeof(object).Assembly.Location));
        resolver.AddSearchDirectory(System.IO.Path.GetDirectoryName(typeof(Microsoft.AspNetCore.Components.ComponentBase).Assembly.Location));
        return resolver;
    }
}
