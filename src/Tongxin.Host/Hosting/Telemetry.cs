using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using Tongxin.Platform;

namespace Tongxin.Host.Hosting;

/// <summary>Log lines as JSON without personal data, and metrics to a collector when one is named.</summary>
internal static class Telemetry
{
    private static readonly string[] Meters =
        [PlatformMeters.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.EntityFrameworkCore", "System.Runtime"];

    public static void AddJsonLogs(this ILoggingBuilder logging)
    {
        logging.ClearProviders();
        logging.AddJsonConsole(o =>
        {
            o.UseUtcTimestamp = true;
            o.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
            o.JsonWriterOptions = o.JsonWriterOptions with { Indented = false, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.Create(System.Text.Unicode.UnicodeRanges.All) };
        });
        // Addresses with their query, form values and parameters of statements may name a person: these writers are silent below warnings.
        foreach (var writer in (string[])["Microsoft.AspNetCore", "Microsoft.EntityFrameworkCore", "System.Net.Http"])
            logging.AddFilter(writer, LogLevel.Warning);
        // Asked for nothing, it makes no activity for each request: nobody reads them.
        logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        // A failed start is told in one line by the command; a worker that broke is critical and stays.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
    }

    /// <summary>Null when no collector is named: then nothing is gathered.</summary>
    public static void AddMetricsExport(this IServiceCollection services, IConfiguration configuration)
    {
        if ((configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] ?? configuration["Tongxin:Otlp"]) is not { Length: > 0 } endpoint) return;
        services.AddSingleton(_ => Sdk.CreateMeterProviderBuilder()
            .ConfigureResource(r => r.AddService("tongxin"))
            .AddMeter(Meters)
            .AddOtlpExporter(o =>
            {
                // The address is the collector's; over HTTP each kind of signal has a path of its own below it.
                var isHttp = configuration["OTEL_EXPORTER_OTLP_PROTOCOL"] == "http/protobuf";
                o.Protocol = isHttp ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;
                o.Endpoint = isHttp ? new Uri($"{endpoint.TrimEnd('/')}/v1/metrics") : new Uri(endpoint);
            })
            .Build());
        services.AddHostedService<Starter>();
    }

    /// <summary>The provider gathers from the moment it is made, and is disposed with the container.</summary>
    private sealed class Starter(MeterProvider provider) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken)
        {
            provider.ForceFlush(2000);
            return Task.CompletedTask;
        }
    }
}
