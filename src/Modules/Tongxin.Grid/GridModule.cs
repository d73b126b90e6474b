using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Tongxin.Grid.CaptainList;
using Tongxin.Grid.Cells;
using Tongxin.Grid.Contracts;
using Tongxin.Grid.Data;
using Tongxin.Grid.RecordVisit;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Approvals;
using Tongxin.Platform.Data;
using Tongxin.Platform.Modules;

namespace Tongxin.Grid;

/// <summary>Which team answers for which household; rounds and gap lists; door-knock visits; the captain's list.</summary>
public sealed class GridModule : IModule
{
    /// <inheritdoc />
    public string Name => "grid";

    /// <inheritdoc />
    public Type Texts => typeof(GridText);

    /// <inheritdoc />
    public IReadOnlyList<Permission> Permissions =>
    [
        new(GridPermissions.ReadCells, Roles.Office, Roles.DutyLeader),
        new(GridPermissions.EditCells, Roles.Office),
        new(GridPermissions.ReadRounds, Roles.Office, Roles.DutyLeader),
        new(GridPermissions.OpenRounds, Roles.Office),
        new(GridPermissions.RecordVisits, Roles.Captain, Roles.Helper, Roles.Office) { OnDevices = true },
        new(GridPermissions.ReviewVisits, Roles.Captain, Roles.Office),
        new(GridPermissions.ReadLedger, Roles.Office, Roles.Captain),
        new(GridPermissions.ExportLedger, Roles.Office),
    ];

    /// <inheritdoc />
    public void AddModel(ModelBuilder model)
    {
        GridModel.Configure(model);
        RoundsModel.Configure(model);
    }

    /// <inheritdoc />
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        AddRounds(services);
        CellsParts.Add(services);
    }

    /// <inheritdoc />
    public IReadOnlyDictionary<string, Type> ErrorTexts => new Dictionary<string, Type>(StringComparer.Ordinal)
    {
        ["grid"] = typeof(GridText),
        ["rounds"] = typeof(GridText),
        ["cells"] = typeof(CellsText),
        ["teams"] = typeof(CellsText),
    };

    /// <inheritdoc />
    public IReadOnlyList<MenuItem> Menu =>
    [
        new(Face.Office, "menu.today", "menu.rounds", "layout-dashboard", "/rounds", GridPermissions.ReadRounds, 10),
        new(Face.Office, "menu.today", "menu.reviews", "checks", "/reviews", GridPermissions.ReviewVisits, 12),
        new(Face.Helper, "menu.today", "menu.doors", "list-check", "/doors", GridPermissions.RecordVisits, 10),
        new(Face.Helper, "menu.today", "menu.reviews", "checks", "/reviews", GridPermissions.ReviewVisits, 12),
        .. CellsParts.Menu,
    ];

    /// <inheritdoc />
    public void MapRoutes(IEndpointRouteBuilder routes)
    {
        DoorRoutes.Map(routes);
        CellsParts.Map(routes);
        GapList.GapFile.Map(routes);
        RoundBoard.BoardRoutes.Map(routes);
        ReviewVisits.ReviewRoutes.Map(routes);
        OutcomesApi.Map(routes);
        FieldPack.RoundPackRoute.Map(routes);
        SelfReport.ReportRoutes.Map(routes);
        Ledger.LedgerRoutes.Map(routes);
    }

    private static void AddRounds(IServiceCollection services)
    {
        services.AddScoped<IRoundDesk, OpenRound.RoundDesk>();
        services.AddScoped<VisitScope>();
        services.AddScoped<ResponsibleCells>();
        services.AddScoped<RoundBoard.RoundFigures>();
        services.AddScoped<GapList.GapList>();
        services.AddScoped<GapList.GapFile>();
        services.AddScoped<RoundBoard.Board>();
        services.AddScoped<RoundList.RoundList>();
        services.AddScoped<IRounds, RoundList.RoundRegister>();
        services.AddScoped<OpenRound.FreezeRound>();
        services.AddScoped<OutcomeWriter>();
        services.AddScoped<RecordOutcomes>();
        services.AddScoped<RecordDetails>();
        services.AddScoped<Tap>();
        services.AddScoped<Doors>();
        services.AddScoped<FieldPack.ReadRoundPack>();
        services.AddScoped<OpenRound.OpenRound>();
        services.AddScoped<ExcuseTarget.ExcuseTarget>();
        services.AddScoped<ReviewVisits.ReviewVisits>();
        services.AddScoped<ReviewVisits.Desk>();
        services.AddScoped<ReviewVisits.TargetHistory>();
        services.AddScoped<ReviewVisits.WhoSaw>();
        services.AddScoped<HouseholdStory.ReadStory>();
        services.AddHouseholdSection<HouseholdStory.HouseholdStory>();
        services.AddScoped<CloseRound.CloseRound>();
        services.AddScoped<SelfReport.SelfReport>();
        services.AddScoped<SelfReport.ReportLimits>();
        services.AddScoped<DoorSlips.DoorSlips>();
        services.AddScoped<Ledger.Ledger>();
        services.AddScoped<Ledger.LedgerExports>();
        services.AddScoped<Ledger.LedgerRoutes.Clerk>();
        services.AddScoped<IHandle<ApprovalDecided>, Ledger.LedgerExports>();
        services.AddApprovalKind(Ledger.LedgerExports.Kind, Roles.PrivacyOfficer, Roles.DutyLeader);
        services.AddScoped<IRoundRebuild, RebuildRounds.RebuildRounds>();
    }
}

/// <summary>Permissions of the grid and its rounds.</summary>
public static class GridPermissions
{
    /// <summary>See the grid and its coverage.</summary>
    public const string ReadCells = "grid.cells.read";

    /// <summary>Cut cells, give them to teams.</summary>
    public const string EditCells = "grid.cells.edit";

    /// <summary>See boards and gap lists.</summary>
    public const string ReadRounds = "grid.rounds.read";

    /// <summary>Open, excuse and close rounds.</summary>
    public const string OpenRounds = "grid.rounds.open";

    /// <summary>Record what was found at the doors of one's own cells.</summary>
    public const string RecordVisits = "grid.visits.record";

    /// <summary>队长审核: review refusals and conflicts of one's own cells.</summary>
    public const string ReviewVisits = "grid.visits.review";

    /// <summary>See and download the ledger, masked.</summary>
    public const string ReadLedger = "grid.ledger.read";

    /// <summary>Ask for the ledger in the clear; a second person decides.</summary>
    public const string ExportLedger = "grid.ledger.export";
}

/// <summary>Marker of the module's texts.</summary>
public sealed class GridText;
