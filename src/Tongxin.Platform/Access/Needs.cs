using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Options;

namespace Tongxin.Platform.Access;

/// <summary>The permission a page asks for. Every page has this, <see cref="SignedInAttribute"/> or AllowAnonymous.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class NeedsAttribute(string permission) : AuthorizeAttribute(permission)
{
    /// <summary>The permission's code.</summary>
    public string Permission { get; } = permission;
}

/// <summary>Whoever is signed in may see it: one's own pages.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class SignedInAttribute() : AuthorizeAttribute(PolicyName)
{
    /// <summary>Name of the policy.</summary>
    public const string PolicyName = "signed-in";
}

/// <summary>Says a route's policy where it is mapped.</summary>
public static class NeedsExtensions
{
    /// <summary>The permission that the route asks for.</summary>
    public static TBuilder Needs<TBuilder>(this TBuilder builder, string permission) where TBuilder : IEndpointConventionBuilder =>
        builder.RequireAuthorization(new NeedsAttribute(permission));

    /// <summary>Whoever is signed in.</summary>
    public static TBuilder SignedIn<TBuilder>(this TBuilder builder) where TBuilder : IEndpointConventionBuilder =>
        builder.RequireAuthorization(new SignedInAttribute());
}

/// <summary>A live actor that holds the permission; without one, a live actor.</summary>
internal sealed record PermissionRequirement(string? Permission) : IAuthorizationRequirement;

internal sealed class PermissionHandler(ICurrentActor current) : AuthorizationHandler<PermissionRequirement>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, PermissionRequirement requirement)
    {
        var actor = await current.GetAsync(CancellationToken.None);
        // One's own pages (password, sign-out) are for a person, not for whoever found the phone.
        if (actor is not null && (requirement.Permission is null ? actor.DeviceId is null : actor.Can(requirement.Permission)))
            context.Succeed(requirement);
    }
}

/// <summary>Every permission code is a policy; whatever names none is denied.</summary>
internal sealed class PermissionPolicies(IOptions<AuthorizationOptions> options) : DefaultAuthorizationPolicyProvider(options)
{
    public override Task<AuthorizationPolicy?> GetPolicyAsync(string policyName) =>
        Task.FromResult<AuthorizationPolicy?>(new AuthorizationPolicyBuilder()
            .AddRequirements(new PermissionRequirement(policyName == SignedInAttribute.PolicyName ? null : policyName))
            .Build());
}
