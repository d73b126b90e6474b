using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Tongxin.People.Contracts;

/// <summary>
/// A part of the household's page that another module brings: who answers for it, what it asked for. Household first means that
/// everything about a door stands on one page, while People knows none of the modules above it.
/// </summary>
/// <param name="Component">Has a parameter <c>Household</c> of type <see cref="Guid"/>. Renders nothing for who may not see it.</param>
public sealed record HouseholdSection(Type Component);

/// <summary>Registers sections.</summary>
public static class HouseholdSections
{
    /// <summary>Adds a section; sections stand in the order of the modules.</summary>
    public static IServiceCollection AddHouseholdSection<TComponent>(this IServiceCollection services) where TComponent : IComponent =>
        services.AddSingleton(new HouseholdSection(typeof(TComponent)));
}
