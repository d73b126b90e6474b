using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Tongxin.Platform.Modules;

namespace Tongxin.Screening.FieldPack;

/// <summary>What an enrolled phone carries to a sampling table.</summary>
internal sealed class TablePackPart : ModulePart
{
    public override void AddServices(IServiceCollection services, IConfiguration configuration) => services.AddScoped<ReadTablePack>();

    public override void MapRoutes(IEndpointRouteBuilder routes) => TablePackRoute.Map(routes);
}
