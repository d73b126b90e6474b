using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Platform.Modules;
using Tongxin.Workforce.Calls;
using Tongxin.Workforce.Contracts;
using Tongxin.Workforce.Data;
using Tongxin.Workforce.Duties;
using Tongxin.Workforce.Polls;
using Tongxin.Workforce.Teams;
using Tongxin.Workforce.Volunteers;
using Tongxin.Workforce.Wishes;

namespace Tongxin.Workforce;

/// <summary>Teams and who serves in them.</summary>
public sealed class WorkforceModule : IModule
{
    /// <inheritdoc />
    public string Name => "workforce";

    /// <inheritdoc />
    public Type Texts => typeof(WorkforceText);

    /// <inheritdoc />
    public IReadOnlyList<Permission> Permissions =>
    [
        new(WorkforcePermissions.Read, Roles.Office, Roles.DutyLeader),
        new(WorkforcePermissions.Edit, Roles.Office),
        .. DutyParts.Permissions,
        .. RosterParts.Permissions,
        .. CallPermissions.All,
        .. PollParts.Permissions,
    ];

    /// <inheritdoc />
    public IReadOnlyDictionary<string, Type> ErrorTexts => new Dictionary<string, Type>(StringComparer.Ordinal)
    {
        [Name] = Texts,
        ["calls"] = typeof(CallText),
        ["duties"] = typeof(DutyText),
        ["polls"] = typeof(CallText),
        ["posts"] = typeof(RosterText),
        ["rosters"] = typeof(RosterText),
        ["roster"] = typeof(RosterText),
    };

    /// <inheritdoc />
    public IReadOnlyList<MenuItem> Menu =>
    [
        new(Face.Office, "menu.workforce", "teams.title", "users-group", "/teams", WorkforcePermissions.Read, 300),
        new(Face.Office, "menu.workforce", "volunteers.title", "heart-handshake", "/volunteers", WorkforcePermissions.Read, 310),
        .. DutyParts.Menu,
        .. RosterParts.Menu,
        .. CallsParts.Menu,
        .. PollParts.Menu,
    ];

    /// <inheritdoc />
    public void AddModel(ModelBuilder model)
    {
        WorkforceModel.Configure(model);
        RosterModel.Configure(model);
        DutyModel.Configure(model);
        CallsModel.Configure(model);
        PollModel.Configure(model);
        WishModel.Configure(model);
    }

    /// <inheritdoc />
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        DutyParts.Add(services);
        services.AddScoped<ITeams, TeamRegister>();
        services.AddScoped<TeamSight>();
        services.AddScoped<IVolunteers, VolunteerRegister>();
        services.AddScoped<IGrantSource, TeamGrants>();
        services.AddScoped<KeepTeams>();
        services.AddScoped<KeepVolunteers>();
        services.AddScoped<FindPeople>();
        services.AddScoped<Deed>();
        services.AddScoped<IHandle<UnitClosed>, EndTeamsOfClosedUnit>();
        services.AddScoped<IDutyChime, EndTeamsChime>();
        services.AddScoped<IHandle<PersonMerged>, FollowMergedPerson>();
        RosterParts.Add(services);
        CallsParts.Add(services);
        PollParts.Add(services);
        WishParts.Add(services);
    }

    /// <inheritdoc />
    public void MapRoutes(IEndpointRouteBuilder routes)
    {
        TeamRoutes.Map(routes);
        DutyParts.Map(routes);
        RosterParts.Map(routes);
        CallsParts.Map(routes);
        PollParts.Map(routes);
        WishParts.Map(routes);
    }
}

/// <summary>Permissions of teams.</summary>
public static class WorkforcePermissions
{
    /// <summary>See teams and volunteers.</summary>
    public const string Read = "workforce.teams.read";

    /// <summary>Make teams, change members, keep volunteers.</summary>
    public const string Edit = "workforce.teams.edit";
}

/// <summary>Marker of the module's texts.</summary>
public sealed class WorkforceText;
