using System.Reflection;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Tongxin.Platform.Modules;

/// <summary>One module of the product: its class is the module's table of contents.</summary>
public interface IModule
{
    /// <summary>Short name in lower case: the prefix of its tables, permissions and error codes ("grid").</summary>
    string Name { get; }

    /// <summary>The marker class of its texts (<c>GridText</c> beside <c>GridText.resx</c>).</summary>
    Type Texts { get; }

    /// <summary>Where the words of its refusals are, by the first part of their code.</summary>
    IReadOnlyDictionary<string, Type> ErrorTexts => new Dictionary<string, Type>(StringComparer.Ordinal) { [Name] = Texts };

    /// <summary>Holds its pages, its migrations and its resources.</summary>
    Assembly Assembly => GetType().Assembly;

    /// <summary>What may be done in it and which roles may do it.</summary>
    IReadOnlyList<Permission> Permissions => [];

    /// <summary>Its entries in the menus of the four faces.</summary>
    IReadOnlyList<MenuItem> Menu => [];

    /// <summary>Registers its slices and its implementations of contracts.</summary>
    void AddServices(IServiceCollection services, IConfiguration configuration) { }

    /// <summary>Adds its entities to the one model.</summary>
    void AddModel(ModelBuilder model) { }

    /// <summary>Maps its routes beside the pages.</summary>
    void MapRoutes(IEndpointRouteBuilder routes) { }
}

/// <summary>Something that may be done, and the roles (see <c>Roles</c>) that carry the right to do it.</summary>
/// <param name="Code">Stable code, "module.noun.verb": also the name of the authorization policy.</param>
/// <param name="Roles">Codes of the roles that hold it. Everybody else is denied.</param>
public sealed record Permission(string Code, params string[] Roles)
{
    /// <summary>Also from an enrolled phone or reader of the account. Everything else needs its holder's own session.</summary>
    public bool OnDevices { get; init; }
}

/// <summary>Who a page is made for; each face has its own layout.</summary>
public enum Face
{
    /// <summary>Boards, ledgers and plans on a desk.</summary>
    Office,

    /// <summary>One list on a phone: what I do today.</summary>
    Helper,

    /// <summary>One page: my pass, what is asked of me, my requests.</summary>
    Resident,

    /// <summary>One screen at a gate or a table.</summary>
    Post,
}

/// <summary>An entry in a face's menu. Shown only to those who hold <paramref name="Permission"/>.</summary>
/// <param name="Face">The face whose menu it is in.</param>
/// <param name="Group">Resource key of the group's title, in the module's texts.</param>
/// <param name="Title">Resource key of the entry, in the module's texts.</param>
/// <param name="Icon">Name of a Tabler outline icon in the sprite.</param>
/// <param name="Href">Address of the page.</param>
/// <param name="Permission">The permission that the page asks for.</param>
/// <param name="Order">Position among all entries of the face.</param>
/// <param name="Count">The badge: how many things wait there. Null for none.</param>
public sealed record MenuItem(
    Face Face,
    string Group,
    string Title,
    string Icon,
    string Href,
    string Permission,
    int Order,
    Func<IServiceProvider, Access.Actor, CancellationToken, Task<int>>? Count = null);
