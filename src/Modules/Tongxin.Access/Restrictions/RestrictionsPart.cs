using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Tongxin.Access.Contracts;
using Tongxin.Access.Data;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Approvals;
using Tongxin.Platform.Data;
using Tongxin.Platform.Modules;
using Tongxin.Platform.Outbox;

namespace Tongxin.Access.Restrictions;

/// <summary>Measures imposed on persons, their approvals, appeals, counts and alarms; protocol editions in force.</summary>
internal sealed class RestrictionsPart : ModulePart
{
    public override IReadOnlyList<Permission> Permissions => RestrictionPermissions.All;

    public override IReadOnlyDictionary<string, Type> ErrorTexts => new Dictionary<string, Type>(StringComparer.Ordinal)
    {
        ["restrictions"] = typeof(RestrictionsText),
        ["appeals"] = typeof(RestrictionsText),
        ["protocols"] = typeof(RestrictionsText),
    };

    public override IReadOnlyList<MenuItem> Menu =>
    [
        new(Face.Office, "menu.access", "menu.measures", "shield", "/access/measures", RestrictionPermissions.Read, 420),
        new(Face.Office, "menu.access", "menu.appeals", "message-report", "/access/appeals", RestrictionPermissions.ReadAppeals, 422,
            (services, actor, ct) => services.GetRequiredService<AppealDesk>().WaitingAsync(actor, ct)),
        new(Face.Office, "menu.access", "menu.alarms", "alert-triangle", "/access/alarms", RestrictionPermissions.ReadAlarms, 424,
            (services, _, ct) => services.GetRequiredService<AlarmDesk>().UnseenAsync(ct)),
        new(Face.Office, "menu.access", "menu.protocols", "file-text", "/access/protocols", RestrictionPermissions.ReadProtocols, 426),
    ];

    public override void AddModel(ModelBuilder model) => RestrictionsModel.Configure(model);

    public override void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.Configure<AccessSettings>(configuration.GetSection("Tongxin:Access"));
        services.AddScoped<IRestrictions, Restrictions>();
        services.AddScoped<IProtocolsInForce, ProtocolsInForce>();
        services.AddScoped<ProtocolsInForce>();
        services.AddScoped<IAccessDesk, AccessDesk>();
        services.AddScoped<PersonSight>();
        services.AddScoped<AskRestrictions>();
        services.AddScoped<LiftRestriction>();
        services.AddScoped<ReadMeasures>();
        services.AddScoped<MeasureDesk>();
        services.AddScoped<MeasureSteps>();
        services.AddScoped<RecordEvidence>();
        services.AddScoped<IEvidence>(s => s.GetRequiredService<RecordEvidence>());
        services.AddScoped<AskProtocol>();
        services.AddScoped<SubmitAppeal>();
        services.AddScoped<HandleAppeals>();
        services.AddScoped<AppealDesk>();
        services.AddScoped<ReadNotices>();
        services.AddScoped<CountByDay>();
        services.AddScoped<AlarmDesk>();
        services.AddScoped<RestrictionDeed>();
        services.AddSingleton<Alarms>();
        services.AddScoped<IRefusalWatch, RefusedAttempts>();
        services.AddScoped<NoticeSender>();
        services.AddScoped<IRestrictionNotices, NoteOnPass>();
        services.AddScoped<IOutboxHandler, TellPersons>();
        services.AddScoped<IOutboxHandler, TellAppellants>();
        services.AddScoped<IOutboxHandler, WatchAttributes>();
        services.AddScoped<IHandle<ApprovalDecided>, DecideRestrictions>();
        services.AddScoped<IHandle<ApprovalDecided>, DecideProtocol>();
        services.AddScoped<IHandle<PersonMerged>, FollowMerged>();
        services.AddScoped<IAccessChime, EndMeasures>();
        services.AddScoped<IAccessChime, AppealClock>();
        services.AddHostedService<AccessClock>();
        services.AddApprovalKind(AskRestrictions.Kind, Roles.DutyLeader, Roles.LeadingGroup);
        services.AddApprovalKind(AskRestrictions.KindOfMany, Roles.LeadingGroup);
        services.AddApprovalKind(AskProtocol.Kind, Roles.DutyLeader, Roles.LeadingGroup);
    }

    public override void MapRoutes(IEndpointRouteBuilder routes) => RestrictionRoutes.Map(routes);
}

/// <summary>Marker of the texts of measures, appeals, alarms and protocols.</summary>
public sealed class RestrictionsText;
