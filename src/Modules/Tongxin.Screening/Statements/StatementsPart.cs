using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Tongxin.Platform.Access;
using Tongxin.Platform.Modules;
using Tongxin.Screening.Rounds;
using Tongxin.Screening.Statements.Data;

namespace Tongxin.Screening.Statements;

/// <summary>Statements of rounds: figures frozen with a name, and rebuilt from the facts whenever somebody asks.</summary>
internal sealed class StatementsPart : ModulePart
{
    public override IReadOnlyList<Permission> Permissions => StatementPermissions.All;

    public override IReadOnlyDictionary<string, Type> ErrorTexts => new Dictionary<string, Type>(StringComparer.Ordinal) { ["statements"] = typeof(StatementText) };

    public override void AddModel(ModelBuilder model) => Statement.Configure(model);

    public override void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<BuildStatement>();
        services.AddScoped<SignStatement>();
    }

    public override void MapRoutes(IEndpointRouteBuilder routes) =>
        routes.MapPost("/testing/{id:guid}/statement/sign", (Guid id, [FromForm] int? number, SignStatement sign, TestingDeed deed, IStringLocalizer<StatementText> t, CancellationToken ct) =>
            deed.DoAsync(actor => sign.ExecuteAsync(id, number ?? 0, actor, ct), t["sign.done"], $"/testing/{id}/statement", ct)).Needs(StatementPermissions.Sign).ExcludeFromDescription();
}

/// <summary>Marker of the texts of statements.</summary>
public sealed class StatementText;
