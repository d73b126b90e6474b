using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Tongxin.Access.Contracts;
using Tongxin.Access.Data;
using Tongxin.Access.FieldPack;
using Tongxin.Access.Restrictions;
using Tongxin.People.Contracts;
using Tongxin.Platform.Data;
using Tongxin.Platform.Modules;

namespace Tongxin.Access.Passes;

/// <summary>Signing keys, issuing, the trust list and withdrawn passes, the page of whoever holds one.</summary>
internal sealed class PassesPart : ModulePart
{
    public override IReadOnlyList<Permission> Permissions => PassPermissions.All;

    public override IReadOnlyDictionary<string, Type> ErrorTexts => new Dictionary<string, Type>(StringComparer.Ordinal) { ["passes"] = typeof(PassesText) };

    public override IReadOnlyList<MenuItem> Menu =>
    [
        new(Face.Office, "menu.access", "menu.passes", "qrcode", "/access/passes", PassPermissions.Carry, 410),
        new(Face.Helper, "menu.access", "menu.passes", "qrcode", "/access/passes", PassPermissions.Carry, 40),
        new(Face.Resident, "menu.access", "menu.my-pass", "qrcode", "/my-pass", PassPermissions.Own, 10),
        new(Face.Office, "menu.access", "menu.pass-keys", "key", "/access/keys", PassPermissions.Keys, 428),
    ];

    public override void AddModel(ModelBuilder model) => PassesModel.Configure(model);

    public override void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<ReadColours>();
        services.AddScoped<IssuePass>();
        services.AddScoped<ReadOwnPass>();
        services.AddScoped<CarryPasses>();
        services.AddScoped<PassLinks>();
        services.AddScoped<KeyRing>();
        services.AddScoped<IAccessChime, KeyRing>();
        services.AddScoped<IAccessChime, ForgetPasses>();
        services.AddScoped<WithdrawPasses>();
        services.AddScoped<IHandle<RestrictionsChanged>, WithdrawPasses>();
        services.AddScoped<IHandle<PersonMerged>, WithdrawPasses>();
        services.AddScoped<IPassBook, PassBook>();
        services.AddScoped<IPassMatters, MattersOfPasses>();
        services.AddScoped<PassDeed>();
        services.AddSingleton<Signers>();
        services.AddSingleton<SignedLists>();
        services.AddSingleton<PassGuessing>();
    }

    public override void MapRoutes(IEndpointRouteBuilder routes) => PassRoutes.Map(routes);
}

/// <summary>Marker of the texts of passes.</summary>
public sealed class PassesText;
