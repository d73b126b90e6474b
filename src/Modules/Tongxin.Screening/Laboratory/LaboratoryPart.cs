using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Tongxin.Access.Contracts;
using Tongxin.People.Contracts;
using Tongxin.Platform.Data;
using Tongxin.Platform.Modules;
using Tongxin.Platform.Outbox;
using Tongxin.Screening.Contracts;
using Tongxin.Screening.Laboratory.Data;

namespace Tongxin.Screening.Laboratory;

/// <summary>Results: the laboratory's files, and who is to be rechecked because of them.</summary>
internal sealed class LaboratoryPart : ModulePart
{
    public override IReadOnlyList<Permission> Permissions => LaboratoryPermissions.All;

    public override IReadOnlyDictionary<string, Type> ErrorTexts => new Dictionary<string, Type>(StringComparer.Ordinal) { ["lab"] = typeof(LaboratoryText) };

    public override void AddModel(ModelBuilder model) => LaboratoryModel.Configure(model);

    public override void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.Configure<LaboratorySettings>(configuration.GetSection("Tongxin:Screening"));
        services.AddScoped<MatchRows>();
        services.AddScoped<LabFiles>();
        services.AddScoped<ContactLab>();
        services.AddScoped<PublishLabFile>();
        services.AddScoped<ReadLabFiles>();
        services.AddScoped<ILabDesk, LabDesk>();
        services.AddScoped<RecheckSight>();
        services.AddScoped<KeepRechecks>();
        services.AddScoped<ReadRechecks>();
        services.AddScoped<RingRechecks>();
        services.AddScoped<TellStaff>();
        services.AddScoped<FollowTests>();
        services.AddScoped<IHandle<TestsChanged>>(s => s.GetRequiredService<FollowTests>());
        services.AddScoped<IHandle<TubesChanged>>(s => s.GetRequiredService<FollowTests>());
        services.AddScoped<IHandle<PersonMerged>>(s => s.GetRequiredService<FollowTests>());
        services.AddScoped<IOutboxHandler, LiftFreed>();
        services.AddScoped<IHolderStates, TestProofs>();
        services.AddScoped<IEvidence, TestEvidence>();
        services.AddHostedService<RecheckClock>();
    }

    public override void MapRoutes(IEndpointRouteBuilder routes) => LaboratoryRoutes.Map(routes);
}

/// <summary>Marker of the texts of results and rechecks.</summary>
public sealed class LaboratoryText;
