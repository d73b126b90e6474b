using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Tongxin.Platform.Access;
using Tongxin.Platform.Http;

namespace Tongxin.Platform.Jobs;

/// <summary>The part that asks for itself each second, the same as JSON for programs, and the button that stops a job.</summary>
internal static class JobRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/jobs/{id:guid}/progress", ProgressAsync).SignedIn().ExcludeFromDescription();
        routes.MapGet("/api/jobs/{id:guid}", ReadAsync).SignedIn();
        routes.MapPost("/jobs/{id:guid}/cancel", CancelAsync).SignedIn().ExcludeFromDescription();
    }

    private static async Task<IResult> ProgressAsync(Guid id, IJobs jobs, ICurrentActor current, CancellationToken ct) =>
        await FindAsync(id, jobs, current, ct) is null ? TypedResults.NotFound() : new RazorComponentResult<JobCard>(new { Id = id });

    private static async Task<IResult> ReadAsync(Guid id, IJobs jobs, ICurrentActor current, CancellationToken ct) =>
        await FindAsync(id, jobs, current, ct) is { } job ? TypedResults.Ok(job) : TypedResults.NotFound();

    private static async Task<IResult> CancelAsync(Guid id, IFormCollection form, IJobs jobs, ICurrentActor current, CancellationToken ct)
    {
        // The form has no fields but its token, which binding it has checked.
        _ = form;
        if (await current.GetAsync(ct) is not { } actor) return TypedResults.NotFound();
        var result = await jobs.CancelAsync(id, actor, ct);
        return result.IsFailure ? result.ToHttp() : TypedResults.LocalRedirect($"/jobs/{id}");
    }

    private static async Task<JobView?> FindAsync(Guid id, IJobs jobs, ICurrentActor current, CancellationToken ct) =>
        await current.GetAsync(ct) is { } actor ? await jobs.FindAsync(id, actor, ct) : null;
}
