using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Tongxin.Core.Common;
using Tongxin.Platform.Access;
using Tongxin.Platform.Modules;
using Tongxin.Screening.Rounds;

namespace Tongxin.Screening.Symptoms;

/// <summary>Permissions about symptoms.</summary>
internal static class SymptomPermissions
{
    /// <summary>Say of somebody of the own cells or places that there are symptoms; take back what one said oneself.</summary>
    public const string Mark = "screening.symptoms.mark";

    /// <summary>See who said it, and take back what anybody said.</summary>
    public const string Read = "screening.symptoms.read";
}

/// <summary>Refusals about symptoms; the code is the key of the text in SymptomsText.</summary>
internal static class SymptomErrors
{
    public static readonly Error NotFound = Error.NotFound("symptoms.not-found");
    public static readonly Error Closed = Error.Conflict("symptoms.closed");
    public static readonly Error Sampled = Error.Conflict("symptoms.sampled");
    public static readonly Error NotMarked = Error.Conflict("symptoms.not-marked");
}

/// <summary>有症状: sampled apart for one round. Everybody else reads the lane and no reason.</summary>
internal sealed class SymptomsPart : ModulePart
{
    public override IReadOnlyList<Permission> Permissions =>
    [
        new(SymptomPermissions.Mark, Roles.Doctor, Roles.Captain, Roles.Helper),
        new(SymptomPermissions.Read, Roles.Doctor),
    ];

    public override IReadOnlyDictionary<string, Type> ErrorTexts => new Dictionary<string, Type>(StringComparer.Ordinal) { ["symptoms"] = typeof(SymptomsText) };

    public override void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<MarkSymptoms>();
        services.AddScoped<ReadSymptoms>();
    }

    public override void MapRoutes(IEndpointRouteBuilder routes)
    {
        var one = routes.MapGroup("/testing/{round:guid}/people/{person:guid}/symptoms").Needs(SymptomPermissions.Mark).ExcludeFromDescription();
        one.MapPost("/", (Guid round, Guid person, MarkSymptoms mark, TestingDeed deed, IStringLocalizer<SymptomsText> t, CancellationToken ct) =>
            deed.DoAsync(actor => mark.MarkAsync(round, person, actor, ct), t["marked"], Page(round, person), ct));
        one.MapPost("/end", (Guid round, Guid person, MarkSymptoms mark, TestingDeed deed, IStringLocalizer<SymptomsText> t, CancellationToken ct) =>
            deed.DoAsync(actor => mark.TakeBackAsync(round, person, actor, ct), t["unmarked"], Page(round, person), ct));

        var own = routes.MapGroup("/my-tests/{round:guid}/{person:guid}/symptoms").SignedIn().ExcludeFromDescription();
        own.MapPost("/", (Guid round, Guid person, MarkSymptoms mark, TestingDeed deed, IStringLocalizer<SymptomsText> t, CancellationToken ct) =>
            deed.DoAsync(actor => mark.MarkOwnAsync(round, person, actor, ct), t["marked.own"], "/my-tests", ct));
        own.MapPost("/end", (Guid round, Guid person, MarkSymptoms mark, TestingDeed deed, IStringLocalizer<SymptomsText> t, CancellationToken ct) =>
            deed.DoAsync(actor => mark.TakeBackOwnAsync(round, person, actor, ct), t["unmarked"], "/my-tests", ct));
    }

    private static string Page(Guid round, Guid person) => $"/testing/{round}/people/{person}/lane";
}

/// <summary>Marker of the texts about symptoms.</summary>
public sealed class SymptomsText;
