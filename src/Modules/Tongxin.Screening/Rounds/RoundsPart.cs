using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Tongxin.People.Contracts;
using Tongxin.Platform.Data;
using Tongxin.Platform.Modules;
using Tongxin.Screening.Contracts;
using Tongxin.Screening.Rounds.Data;

namespace Tongxin.Screening.Rounds;

/// <summary>Testing rounds: who is to be sampled, frozen; the board; start and close.</summary>
internal sealed class RoundsPart : ModulePart
{
    public override IReadOnlyList<Permission> Permissions => TestingPermissions.All;

    public override IReadOnlyList<MenuItem> Menu =>
    [
        new(Face.Office, "menu.screening", "menu.testing", "test-pipe", "/testing", TestingPermissions.Read, 300),
        new(Face.Helper, "menu.screening", "menu.testing", "test-pipe", "/testing", TestingPermissions.Read, 30),
    ];

    public override IReadOnlyDictionary<string, Type> ErrorTexts => new Dictionary<string, Type>(StringComparer.Ordinal) { ["testing"] = typeof(TestingText) };

    public override void AddModel(ModelBuilder model) => TestingModel.Configure(model);

    public override void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<ChooseMembers>();
        services.AddScoped<OpenTesting>();
        services.AddScoped<ReadTesting>();
        services.AddScoped<KeepTesting>();
        services.AddScoped<TestingDeed>();
        services.AddScoped<ReadWho>();
        services.AddScoped<ITestingDesk, TestingDesk>();
        services.AddScoped<IHandle<PersonMerged>, FollowMergedMember>();
    }

    public override void MapRoutes(IEndpointRouteBuilder routes) => TestingRoutes.Map(routes);
}

/// <summary>Marker of the texts of testing rounds.</summary>
public sealed class TestingText;
