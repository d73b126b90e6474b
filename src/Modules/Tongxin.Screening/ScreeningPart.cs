using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Tongxin.Platform.Modules;

namespace Tongxin.Screening;

/// <summary>One part of the module's table of contents; each folder with its own data, texts and rights has one.</summary>
internal abstract class ScreeningPart
{
    public virtual IReadOnlyList<Permission> Permissions => [];

    public virtual IReadOnlyList<MenuItem> Menu => [];

    /// <summary>Where the words of its refusals are, by the first part of their code.</summary>
    public virtual IReadOnlyDictionary<string, Type> ErrorTexts => new Dictionary<string, Type>(StringComparer.Ordinal);

    public virtual void AddModel(ModelBuilder model) { }

    public virtual void AddServices(IServiceCollection services, IConfiguration configuration) { }

    public virtual void MapRoutes(IEndpointRouteBuilder routes) { }
}
