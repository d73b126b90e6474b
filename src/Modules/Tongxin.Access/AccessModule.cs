using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Tongxin.Access.FieldPack;
using Tongxin.Access.Gates;
using Tongxin.Access.Passes;
using Tongxin.Access.Permits;
using Tongxin.Access.Restrictions;
using Tongxin.Access.Returns;
using Tongxin.Access.Scans;
using Tongxin.Platform.Modules;

namespace Tongxin.Access;

/// <summary>Restrictions and why they stand, the pass that shows them, gates and their scans, permits, return registration.</summary>
public sealed class AccessModule : IModule
{
    private static readonly IReadOnlyList<AccessPart> Parts =
        [new RestrictionsPart(), new PassesPart(), new GatesPart(), new PermitsPart(), new ScansPart(), new ReturnsPart(), new FieldPart()];

    /// <inheritdoc />
    public string Name => "access";

    /// <inheritdoc />
    public Type Texts => typeof(AccessText);

    /// <inheritdoc />
    public IReadOnlyDictionary<string, Type> ErrorTexts =>
        Parts.SelectMany(p => p.ErrorTexts).Append(new(Name, Texts)).ToDictionary(StringComparer.Ordinal);

    /// <inheritdoc />
    public IReadOnlyList<Permission> Permissions => [.. Parts.SelectMany(p => p.Permissions)];

    /// <inheritdoc />
    public IReadOnlyList<MenuItem> Menu => [.. Parts.SelectMany(p => p.Menu)];

    /// <inheritdoc />
    public void AddModel(ModelBuilder model)
    {
        foreach (var part in Parts) part.AddModel(model);
    }

    /// <inheritdoc />
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        foreach (var part in Parts) part.AddServices(services, configuration);
    }

    /// <inheritdoc />
    public void MapRoutes(IEndpointRouteBuilder routes)
    {
        foreach (var part in Parts) part.MapRoutes(routes);
    }
}

/// <summary>Marker of the module's texts.</summary>
public sealed class AccessText;
