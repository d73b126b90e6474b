using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Tongxin.Platform.Access;
using Tongxin.Platform.Modules;

namespace Tongxin.__Module__;

/// <summary>Say in one line what this module is for.</summary>
public sealed class __Module__Module : IModule
{
    /// <inheritdoc />
    public string Name => "__module__";

    /// <inheritdoc />
    public Type Texts => typeof(__Module__Text);

    /// <inheritdoc />
    public IReadOnlyList<Permission> Permissions =>
    [
        new(__Module__Permissions.Use, Roles.Office),
    ];

    /// <inheritdoc />
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
    }
}

/// <summary>Permissions of this module.</summary>
public static class __Module__Permissions
{
    /// <summary>Use the module.</summary>
    public const string Use = "__module__.pages.use";
}

/// <summary>Marker of the module's texts.</summary>
public sealed class __Module__Text;
