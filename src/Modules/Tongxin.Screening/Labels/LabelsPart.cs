using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Tongxin.Core.Common;
using Tongxin.Platform.Access;
using Tongxin.Platform.Http;
using Tongxin.Platform.Modules;
using Tongxin.Platform.Ui;
using Tongxin.Screening.Labels.Data;

namespace Tongxin.Screening.Labels;

/// <summary>Permissions of labels.</summary>
internal static class LabelPermissions
{
    /// <summary>Print labels of tubes and boxes, and slips for tubes kept on paper.</summary>
    public const string Print = "screening.labels.print";
}

/// <summary>Labels of tubes and boxes as printable sheets.</summary>
internal sealed class LabelsPart : ModulePart
{
    public override IReadOnlyList<Permission> Permissions => [new(LabelPermissions.Print, Roles.Office, Roles.DutyLeader)];

    public override IReadOnlyDictionary<string, Type> ErrorTexts => new Dictionary<string, Type>(StringComparer.Ordinal) { ["labels"] = typeof(LabelsText) };

    public override void AddModel(ModelBuilder model) => LabelsModel.Configure(model);

    public override void AddServices(IServiceCollection services, IConfiguration configuration) => services.AddScoped<MakeLabels>();

    public override void MapRoutes(IEndpointRouteBuilder routes) =>
        routes.MapPost("/testing/{id:guid}/labels", MakeAsync).Needs(LabelPermissions.Print).ExcludeFromDescription();

    private static async Task<Results<RedirectHttpResult, NotFound>> MakeAsync(
        Guid id, [FromForm] string? kind, [FromForm] int? count, MakeLabels make, ICurrentActor current, IFlash flash, ErrorCatalogue errors, IStringLocalizer<LabelsText> t, CancellationToken ct)
    {
        var read = Enum.TryParse<LabelKind>(kind, out var known) && Enum.IsDefined(known) ? known : LabelKind.Tube;
        var made = await make.ExecuteAsync(id, read, count ?? 0, await current.RequireAsync(ct), ct);
        if (made.IsFailure && made.Error.Kind == ErrorKind.NotFound) return TypedResults.NotFound();
        flash.Say(made.IsFailure ? FlashKind.Refused : FlashKind.Done, made.IsFailure ? errors.Say(made.Error) : t["made"]);
        return TypedResults.LocalRedirect(made.IsFailure ? $"/testing/{id}/labels" : $"/testing/{id}/labels?run={made.Value}");
    }
}

/// <summary>Marker of the texts of labels.</summary>
public sealed class LabelsText;
