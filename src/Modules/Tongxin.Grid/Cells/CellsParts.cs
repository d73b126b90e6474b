using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tongxin.Grid.Contracts;
using Tongxin.Grid.Coverage;
using Tongxin.Grid.ProposeTeams;
using Tongxin.Grid.Responsibilities;
using Tongxin.People.Contracts;
using Tongxin.Platform.Data;
using Tongxin.Platform.Jobs;
using Tongxin.Platform.Modules;
using Tongxin.Workforce.Contracts;

namespace Tongxin.Grid.Cells;

/// <summary>What the module's table of contents says of cells, coverage, responsibilities and proposals.</summary>
internal static class CellsParts
{
    public static void Add(IServiceCollection services)
    {
        services.AddScoped<ICells, CellRegister>();
        services.AddScoped<IResponsible, ResponsibleRegister>();
        services.AddScoped<Reply>();
        services.AddScoped<ReadGrid>();
        services.AddScoped<EditGrid>();
        services.AddScoped<CutCell>();
        services.AddScoped<MoveHouseholds>();
        services.AddScoped<ChangeCell>();
        services.AddScoped<SettleConflict>();
        services.AddScoped<ReadConflicts>();
        services.AddScoped<TeamChoices>();
        services.AddScoped<ProposeTeams.ProposeTeams>();
        services.AddScoped<IJobHandler, ProposeTeamsJob>();
        services.AddScoped<ReadProposal>();
        services.AddScoped<AdjustProposal>();
        services.AddScoped<DecideProposal>();
        services.AddScoped<MapMarks>();
        services.AddScoped<ReadResponsibilityTable>();
        services.AddScoped<AssignResponsibility>();
        services.AddScoped<ReadResponsibilities>();
        services.AddScoped<IHandle<HouseholdsAdded>, PlaceNewHouseholds>();
        services.AddScoped<IHandle<HouseholdMoved>, FollowMovedHousehold>();
        services.AddScoped<IHandle<TeamEnded>, LeaveEndedTeam>();
        services.AddScoped<IHandle<PersonMerged>, FollowMergedPerson>();
    }

    public static IReadOnlyList<MenuItem> Menu =>
    [
        new(Face.Office, "menu.grid", "menu.cells", "grid-dots", "/grid/cells", GridPermissions.ReadCells, 40),
        new(Face.Office, "menu.grid", "menu.coverage", "map-2", "/grid/coverage", GridPermissions.ReadCells, 41),
        new(Face.Office, "menu.grid", "menu.propose", "users-group", "/grid/propose", GridPermissions.EditCells, 42),
    ];

    public static void Map(IEndpointRouteBuilder routes)
    {
        CellRoutes.Map(routes);
        CoverageRoutes.Map(routes);
        ProposalRoutes.Map(routes);
    }
}
