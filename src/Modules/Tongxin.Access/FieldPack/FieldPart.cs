using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Tongxin.Platform.Modules;

namespace Tongxin.Access.FieldPack;

/// <summary>What an enrolled phone carries to a gate, and the paper that stands in for it.</summary>
internal sealed class FieldPart : ModulePart
{
    public override void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<ReadPack>();
        services.AddScoped<PaperList>();
    }

    public override void MapRoutes(IEndpointRouteBuilder routes) => PackRoutes.Map(routes);
}

/// <summary>Marker of the texts of the pack and the paper list.</summary>
public sealed class FieldText;
