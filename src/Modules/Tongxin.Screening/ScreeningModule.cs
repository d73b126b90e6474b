using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Tongxin.Platform.Modules;
using Tongxin.Screening.Booking;
using Tongxin.Screening.Plans;
using Tongxin.Screening.Rounds;
using Tongxin.Screening.Sites;
using Tongxin.Screening.Tubes;

namespace Tongxin.Screening;

/// <summary>Mass testing: rounds over a frozen roll, sites and tables, slots, tubes, results.</summary>
public sealed class ScreeningModule : IModule
{
    private static readonly IReadOnlyList<ScreeningPart> Parts = [new RoundsPart(), new SitesPart(), new BookingPart(), new PlansPart(), new TubesPart()];

    /// <inheritdoc />
    public string Name => "screening";

    /// <inheritdoc />
    public Type Texts => typeof(ScreeningText);

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
public sealed class ScreeningText;
