using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Approvals;
using Tongxin.Platform.Data;
using Tongxin.Platform.Jobs;
using Tongxin.Platform.Modules;
using Tongxin.Workforce.Contracts;
using Tongxin.Workforce.Posts;
using Tongxin.Workforce.Rosters;

namespace Tongxin.Workforce;

/// <summary>What the module's table of contents says of posts and rosters.</summary>
internal static class RosterParts
{
    public static IReadOnlyList<Permission> Permissions =>
    [
        new(RosterPermissions.ReadPosts, Roles.Office, Roles.DutyLeader),
        new(RosterPermissions.EditPosts, Roles.Office),
        new(RosterPermissions.ReadRosters, Roles.Office, Roles.DutyLeader),
        new(RosterPermissions.EditRosters, Roles.Office),
        new(RosterPermissions.PublishRosters, Roles.Office, Roles.DutyLeader),
    ];

    public static IReadOnlyList<MenuItem> Menu =>
    [
        new(Face.Office, "menu.duty", "menu.rosters", "calendar", "/rosters", RosterPermissions.ReadRosters, 200),
        new(Face.Office, "menu.duty", "menu.posts", "map-pin", "/posts", RosterPermissions.ReadPosts, 210),
    ];

    public static void Add(IServiceCollection services)
    {
        services.AddScoped<PostSight>();
        services.AddScoped<RosterReply>();
        services.AddScoped<KeepPosts>();
        services.AddScoped<IStaffNeeds, FeedPosts>();
        services.AddScoped<RosterWords>();
        services.AddScoped<ReadHistory>();
        services.AddScoped<ReadGround>();
        services.AddScoped<FindPool>();
        services.AddScoped<ReadRosters>();
        services.AddScoped<MakeRoster>();
        services.AddScoped<ChangePool>();
        services.AddScoped<SolveRoster>();
        services.AddScoped<IJobHandler, SolveRosterJob>();
        services.AddScoped<ChangeTurns>();
        services.AddScoped<BoardTargets>();
        services.AddScoped<PublishRoster>();
        services.AddScoped<IRosterDesk, RosterDeskOfHouse>();
        services.AddScoped<EndRoster>();
        services.AddScoped<AskOverride>();
        services.AddScoped<IHandle<ApprovalDecided>, AskOverride>();
        services.AddApprovalKind(AskOverride.Kind, Roles.DutyLeader, Roles.Office);
        services.AddScoped<IHandle<PersonMerged>, FollowMergedTurns>();
        services.AddScoped<IHandle<TurnChangedHands>, FollowSwappedTurn>();
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        PostRoutes.Map(routes);
        RosterRoutes.Map(routes);
    }
}

/// <summary>Permissions of posts and rosters.</summary>
public static class RosterPermissions
{
    /// <summary>See posts.</summary>
    public const string ReadPosts = "workforce.posts.read";

    /// <summary>Make and change posts and their shifts.</summary>
    public const string EditPosts = "workforce.posts.edit";

    /// <summary>See rosters, print them.</summary>
    public const string ReadRosters = "workforce.rosters.read";

    /// <summary>Make drafts, solve, change by hand.</summary>
    public const string EditRosters = "workforce.rosters.edit";

    /// <summary>Publish and withdraw.</summary>
    public const string PublishRosters = "workforce.rosters.publish";
}

/// <summary>Marker of the texts of posts and rosters.</summary>
public sealed class RosterText;
