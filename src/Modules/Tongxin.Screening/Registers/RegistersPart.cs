using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Tongxin.Platform.Access;
using Tongxin.Platform.Approvals;
using Tongxin.Platform.Data;
using Tongxin.Platform.Modules;
using Tongxin.Screening.Registers.Data;

namespace Tongxin.Screening.Registers;

/// <summary>The sheets of a round in the wording of the paper forms: page, print, workbook; in the clear by two people.</summary>
internal sealed class RegistersPart : ModulePart
{
    public override IReadOnlyList<Permission> Permissions => SheetPermissions.All;

    public override IReadOnlyDictionary<string, Type> ErrorTexts => new Dictionary<string, Type>(StringComparer.Ordinal) { ["sheets"] = typeof(SheetText) };

    public override void AddModel(ModelBuilder model) => SheetLeave.Configure(model);

    public override void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<ITestingSheet, SampleSheet>();
        services.AddScoped<AllSheets>();
        services.AddScoped<SheetLeaves>();
        services.AddScoped<SheetRoutes.Clerk>();
        services.AddScoped<IHandle<ApprovalDecided>, SheetLeaves>();
        services.AddApprovalKind(SheetLeaves.Kind, Roles.PrivacyOfficer, Roles.DutyLeader);
    }

    public override void MapRoutes(IEndpointRouteBuilder routes) => SheetRoutes.Map(routes);
}

/// <summary>Marker of the texts of sheets.</summary>
public sealed class SheetText;
