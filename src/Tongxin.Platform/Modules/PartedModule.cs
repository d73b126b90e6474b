using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Tongxin.Platform.Modules;

/// <summary>A module too large for one table of contents: each of its parts has its own, in its own folder.</summary>
public abstract class PartedModule(params ModulePart[] parts) : IModule
{
    /// <inheritdoc />
    public abstract string Name { get; }

    /// <inheritdoc />
    public abstract Type Texts { get; }

    /// <inheritdoc />
    public IReadOnlyDictionary<string, Type> ErrorTexts =>
        parts.SelectMany(p => p.ErrorTexts).Append(new(Name, Texts)).ToDictionary(StringComparer.Ordinal);

    /// <inheritdoc />
    public IReadOnlyList<Permission> Permissions => [.. parts.SelectMany(p => p.Permissions)];

    /// <inheritdoc />
    public IReadOnlyList<MenuItem> Menu => [.. parts.SelectMany(p => p.Menu)];

    /// <inheritdoc />
    public void AddModel(ModelBuilder model)
    {
        foreach (var part in parts) part.AddModel(model);
    }

    /// <inheritdoc />
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        foreach (var part in parts) part.AddServices(services, configuration);
    }

    /// <inheritdoc />
    public void MapRoutes(IEndpointRouteBuilder routes)
    {
        foreach (var part in parts) part.MapRoutes(routes);
    }
}

/// <summary>One part of a module: a folder with its own data, texts and rights.</summary>
public abstract class ModulePart
{
    /// <summary>What may be done in it and which roles may do it.</summary>
    public virtual IReadOnlyList<Permission> Permissions => [];

    /// <summary>Its entries in the menus of the four faces.</summary>
    public virtual IReadOnlyList<MenuItem> Menu => [];

    /// <summary>Where the words of its refusals are, by the first part of their code.</summary>
    public virtual IReadOnlyDictionary<string, Type> ErrorTexts => new Dictionary<string, Type>(StringComparer.Ordinal);

    /// <summary>Adds its entities to the one model.</summary>
    public virtual void AddModel(ModelBuilder model) { }

    /// <summary>Registers its slices and its implementations of contracts.</summary>
    public virtual void AddServices(IServiceCollection services, IConfiguration configuration) { }

    /// <summary>Maps its routes beside the pages.</summary>
    public virtual void MapRoutes(IEndpointRouteBuilder routes) { }
}
