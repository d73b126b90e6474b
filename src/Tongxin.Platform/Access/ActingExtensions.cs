namespace Tongxin.Platform.Access;

/// <summary>For pages and routes behind a policy.</summary>
public static class ActingExtensions
{
    /// <summary>The actor behind the request; the policy has made sure that there is one.</summary>
    public static async ValueTask<Actor> RequireAsync(this ICurrentActor current, CancellationToken ct) =>
        await current.GetAsync(ct) ?? throw new InvalidOperationException("The page or route has no policy.");
}
