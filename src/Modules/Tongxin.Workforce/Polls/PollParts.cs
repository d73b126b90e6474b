using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Platform.Modules;
using Tongxin.Workforce.Calls;

namespace Tongxin.Workforce.Polls;

/// <summary>What the module's table of contents says of polls.</summary>
internal static class PollParts
{
    public static void Add(IServiceCollection services)
    {
        services.AddScoped<KeepPolls>();
        services.AddSingleton<PollLinks>();
        services.AddScoped<AnswerPoll>();
        services.AddScoped<IHandle<PersonMerged>, FollowMergedPollPerson>();
    }

    public static IReadOnlyList<Permission> Permissions => [new(KeepPolls.Keep, Roles.Office)];

    public static IReadOnlyList<MenuItem> Menu => [new(Face.Office, "menu.workforce", "menu.polls", "list-check", "/polls", KeepPolls.Keep, 307)];

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/polls/{id:guid}/close", (Guid id, KeepPolls keep, CallDeed deed, CancellationToken ct) =>
            deed.DoAsync(actor => keep.CloseAsync(id, actor, ct), "poll.close.done", $"/polls/{id}", ct)).Needs(KeepPolls.Keep);
}
