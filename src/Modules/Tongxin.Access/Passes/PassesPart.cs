using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Tongxin.Access.Passes;

/// <summary>Signing keys, issuing, the trust list and withdrawn passes, the page of whoever holds one.</summary>
internal sealed class PassesPart : AccessPart
{
    public override void AddServices(IServiceCollection services, IConfiguration configuration) => services.AddScoped<ReadColours>();
}
