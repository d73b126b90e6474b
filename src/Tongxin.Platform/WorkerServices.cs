using Microsoft.Extensions.DependencyInjection;
using Tongxin.Platform.Approvals;
using Tongxin.Platform.Data;
using Tongxin.Platform.Files;
using Tongxin.Platform.Jobs;
using Tongxin.Platform.Journal;
using Tongxin.Platform.Outbox;

namespace Tongxin.Platform;

/// <summary>What works beside the requests: the sealer, the outbox, jobs, files. Sub-commands have the parts, not the workers.</summary>
internal static class WorkerServices
{
    public static void AddWorkers(this IServiceCollection services)
    {
        services.AddSingleton<CommitSignal>();

        services.AddSingleton<JournalAnchors>();
        services.AddSingleton<JournalSealer>();
        services.AddScoped<JournalVerifier>();
        services.AddScoped<IJournalReader, JournalReader>();
        services.AddHostedService<JournalSealerService>();

        services.AddSingleton(new OutboxSettings());
        services.AddScoped<OutboxStore>();
        services.AddSingleton<OutboxWorker>();
        services.AddSingleton<WorkerPulse>();
        services.AddHostedService<OutboxService>();

        services.AddSingleton<JobBoard>();
        services.AddScoped<IJobs, JobDesk>();
        services.AddScoped<IOutboxHandler, JobRunner>();

        services.AddScoped<IApprovals, ApprovalDesk>();

        services.AddScoped<FileStore>();
        services.AddScoped<IFiles>(p => p.GetRequiredService<FileStore>());
        services.AddHostedService<FileSweeper>();
        services.AddHostedService<PlatformMeters>();
    }
}
