using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Approvals;
using Tongxin.Platform.Data;
using Tongxin.Platform.Modules;
using Tongxin.Platform.Outbox;
using Tongxin.Workforce.Contracts;
using Tongxin.Workforce.Data;
using Tongxin.Workforce.DutyDesk;
using Tongxin.Workforce.Service;
using Tongxin.Workforce.Wishes;

namespace Tongxin.Workforce.Duties;

/// <summary>What duties, the duty desk and service bring into the module.</summary>
internal static class DutyParts
{
    public static IReadOnlyList<Permission> Permissions =>
    [
        new(DutyPermissions.Own, Roles.OnDuty),
        new(DutyPermissions.ReadDesk, Roles.Office, Roles.DutyLeader),
        new(DutyPermissions.RunDesk, Roles.Office, Roles.DutyLeader),
        new(DutyPermissions.ApproveSwaps, Roles.Office),
        new(DutyPermissions.ReadService, Roles.Office, Roles.DutyLeader),
    ];

    public static IReadOnlyList<MenuItem> Menu =>
    [
        new(Face.Helper, "menu.duty", "duties.menu", "calendar-event", "/duties", DutyPermissions.Own, 5, CountAsync),
        new(Face.Helper, "menu.duty", "swaps.menu", "switch-horizontal", "/duties/swaps", DutyPermissions.Own, 6),
        new(Face.Office, "menu.duty", "desk.menu", "map-pin", "/desk", DutyPermissions.ReadDesk, 190, MissingAsync),
        new(Face.Office, "menu.duty", "log.menu", "clipboard-list", "/desk/log", DutyPermissions.ReadDesk, 220),
        new(Face.Helper, "menu.duty", "service.menu", "certificate", "/duties/service", DutyPermissions.Own, 7),
        new(Face.Office, "menu.duty", "service.menu", "certificate", "/service", DutyPermissions.ReadService, 225),
        new(Face.Office, "menu.duty", "swaps.menu", "switch-horizontal", "/desk/swaps", DutyPermissions.ApproveSwaps, 215,
            async (services, actor, ct) => (await services.GetRequiredService<Swaps>().WaitingAsync(actor, ct)).Count),
    ];

    public static void Add(IServiceCollection services)
    {
        services.AddScoped<DutyBook>();
        services.AddScoped<TurnSteps>();
        services.AddScoped<DutyDeed>();
        services.AddScoped<MyDuties>();
        services.AddScoped<ConfirmTurn>();
        services.AddScoped<DutyFeeds>();
        services.AddScoped<DutyNotes>();
        services.AddScoped<DutyReminders>();
        services.AddScoped<DeskSight>();
        services.AddScoped<IPostsNow, PostsNow>();
        services.AddScoped<Fatigue>();
        services.AddScoped<LegalDesks>();
        services.AddScoped<Swaps>();
        services.AddScoped<Substitutes>();
        services.AddScoped<IDutyChime, ExpireChime>();
        services.AddScoped<PostScreens>();
        services.AddScoped<CodeLimits>();
        services.AddScoped<CheckIn>();
        services.AddScoped<Handovers>();
        services.AddScoped<Tonight>();
        services.AddScoped<DeskDeeds>();
        services.AddScoped<DutyLog>();
        services.AddScoped<LongDays>();
        services.AddScoped<IHandle<ApprovalDecided>, LongDays>();
        services.AddApprovalKind(LongDays.Kind, Roles.Office, Roles.DutyLeader);
        services.AddScoped<ServiceBook>();
        services.AddScoped<ServiceQueries>();
        services.AddScoped<Certificates>();
        services.AddScoped<IHandle<PersonMerged>, FollowMergedHelper>();
        services.AddScoped<IHandle<RosterPublished>, TellOfRosters>();
        services.AddScoped<IHandle<RosterWithdrawn>, TellOfRosters>();
        services.AddScoped<IOutboxHandler, SendDutyReminder>();
        services.AddScoped<IDutyChime, RemindChime>();
        services.AddScoped<IGrantSource, DutyGrants>();
        services.AddHostedService<DutyClock>();
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        DutyRoutes.Map(routes);
        DeskRoutes.Map(routes);
        ServiceRoutes.Map(routes);
    }

    private static Task<int> MissingAsync(IServiceProvider services, Actor actor, CancellationToken ct) => services.GetRequiredService<Tonight>().CountMissingAsync(actor, ct);

    // What waits for the helper's eyes.
    private static async Task<int> CountAsync(IServiceProvider services, Actor actor, CancellationToken ct)
    {
        if (actor.PersonId is not { } person) return 0;
        var (db, now) = (services.GetRequiredService<TongxinDb>(), services.GetRequiredService<TimeProvider>().GetUtcNow());
        var told = await db.Set<DutyNote>().CountAsync(n => n.PersonId == person && n.SeenAt == null, ct);
        return told + await MyWishes.Open(db, person, now).Select(x => x.Window.SeriesId).Distinct().CountAsync(s => !db.Set<DutyWish>().Any(w => w.SeriesId == s && w.PersonId == person), ct);
    }
}

/// <summary>Permissions of duties.</summary>
public static class DutyPermissions
{
    /// <summary>The own duties in the menu. The pages themselves ask only whose turn it is.</summary>
    public const string Own = "workforce.duties.own";

    /// <summary>Who is here and who is missing; the log.</summary>
    public const string ReadDesk = "workforce.desk.read";

    /// <summary>The duty desk at night: who is missing, reserve, hand-written check-ins, second signatures.</summary>
    public const string RunDesk = "workforce.desk.run";

    /// <summary>Decide about swaps: the roster's owner.</summary>
    public const string ApproveSwaps = "workforce.swaps.approve";

    /// <summary>Hours and turns at the own posts.</summary>
    public const string ReadService = "workforce.service.read";
}
