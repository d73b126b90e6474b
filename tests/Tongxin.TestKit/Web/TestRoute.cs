using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;
using Tongxin.Platform.Access;

namespace Tongxin.TestKit.Web;

/// <summary>One route of the running product with one method, as its endpoint list tells it: a new route is in every generated test at once.</summary>
public sealed record TestRoute(RouteEndpoint Endpoint, string Method)
{
    public string Pattern => "/" + Endpoint.RoutePattern.RawText?.TrimStart('/');

    /// <summary>The permission it asks for; null when it asks for none or for any account.</summary>
    public string? Permission => Endpoint.Metadata.GetMetadata<NeedsAttribute>()?.Permission;

    public bool IsSignedIn => Permission is null && Endpoint.Metadata.GetMetadata<SignedInAttribute>() is not null;

    public bool IsAnonymous => Endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null;

    public bool IsPage => Endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null;

    public IReadOnlyList<RoutePatternParameterPart> Parameters => Endpoint.RoutePattern.Parameters;

    /// <summary>An address with a value in every place: the given one, or one of the right kind that stands for nothing.</summary>
    public string ToPath(Func<RoutePatternParameterPart, string?>? value = null) => "/" + string.Join('/',
        Endpoint.RoutePattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
        {
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternSeparatorPart separator => separator.Content,
            RoutePatternParameterPart place => Uri.EscapeDataString(value?.Invoke(place) ?? Nothing(place)),
            _ => "",
        }))));

    public override string ToString() => $"{Method} {Pattern}";

    /// <summary>Every route of ours: not the files of wwwroot, nor what the framework maps for itself.</summary>
    public static IReadOnlyList<TestRoute> AllOf(TongxinApp app) =>
    [
        .. from endpoint in app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
           where endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is null
           where endpoint.RoutePattern.RawText is { } pattern && pattern != "{**path:file}" && !pattern.TrimStart('/').StartsWith("_framework/", StringComparison.Ordinal)
           from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]
           select new TestRoute(endpoint, method),
    ];

    private static string Nothing(RoutePatternParameterPart place) =>
        place.ParameterPolicies.Select(p => p.Content).FirstOrDefault() switch
        {
            "guid" => "0190a000-0000-7000-8000-000000000000",
            "int" or "long" => "1",
            "datetime" => "2022-04-06",
            "bool" => "true",
            // regex(^(csv|xlsx)$): the first choice.
            { } rule when rule.StartsWith("regex(", StringComparison.Ordinal) => rule["regex(".Length..].TrimStart('^', '(').Split('|', ')')[0],
            _ => place.Name.EndsWith("Id", StringComparison.OrdinalIgnoreCase) ? "0190a000-0000-7000-8000-000000000000" : 1.ToString(CultureInfo.InvariantCulture),
        };
}
