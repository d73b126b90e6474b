using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Tongxin.Platform.Modules;
using Tongxin.Screening.Absentees.Data;
using Tongxin.Screening.Registers;

namespace Tongxin.Screening.Absentees;

/// <summary>Who is missing: called, visited, arranged, excused; nobody is given up without a word.</summary>
internal sealed class AbsenteesPart : ModulePart
{
    public override IReadOnlyList<Permission> Permissions => AbsentPermissions.All;

    public override IReadOnlyDictionary<string, Type> ErrorTexts => new Dictionary<string, Type>(StringComparer.Ordinal) { ["absentees"] = typeof(AbsentText) };

    public override void AddModel(ModelBuilder model) => AbsentModel.Configure(model);

    public override void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<ChaseAbsentee>();
        services.AddScoped<ReadAbsentees>();
        services.AddScoped<ITestingSheet, AbsentSheet>();
    }

    public override void MapRoutes(IEndpointRouteBuilder routes) => AbsentRoutes.Map(routes);
}

/// <summary>Marker of the texts about who is missing.</summary>
public sealed class AbsentText;
