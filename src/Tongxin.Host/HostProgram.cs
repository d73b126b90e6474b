using System.Globalization;
using System.IO.Compression;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Tongxin.Host.Databases;
using Tongxin.Host.Demo;
using Tongxin.Host.Hosting;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Platform.Http;
using Tongxin.Platform.Modules;
using Tongxin.Platform.Ui.Hosting;

namespace Tongxin.Host;

/// <summary>Builds the application; sub-commands share it with the web server.</summary>
internal static class HostProgram
{
    /// <param name="args">Settings of the command line.</param>
    /// <param name="adjust">What the tests put in place of the clock, the server and the like.</param>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? adjust = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            // Named, because the lists of static files are found by it: in the tests another program is the entry point.
            ApplicationName = typeof(HostProgram).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });
        var configuration = builder.Configuration;
        var settings = new PlatformSettings(
            Path.GetFullPath(configuration["Tongxin:Data"] ?? "data"),
            configuration.GetValue("Tongxin:Demo", false));
        // For its owner only: the database names people.
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(settings.DataFolder);
        else Directory.CreateDirectory(settings.DataFolder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        Dialect dialect = configuration["Tongxin:Database"] switch
        {
            null or "" or "sqlite" => new SqliteDialect(configuration["Tongxin:Connection"] is { Length: > 0 } file ? file : Path.Combine(settings.DataFolder, "tongxin.db")),
            "postgres" => new PostgresDialect(configuration["Tongxin:Connection"] ?? throw new StartException("Tongxin:Connection is missing. Remedy: give the PostgreSQL connection string.")),
            var other => throw new StartException($"Tongxin:Database is 'sqlite' or 'postgres', not '{other}'."),
        };
        builder.Services.AddPlatform(configuration, settings, dialect, Modules.All);
        builder.Services.AddScoped<IDemoSeeder, DemoSeeder>().AddScoped<DemoGrid>().AddScoped<DemoDuty>().AddScoped<DemoReturns>().AddScoped<DemoTesting>().AddScoped<DemoPasses>();
        builder.Services.AddUi();
        builder.Services.AddResponseCompression(o => o.EnableForHttps = true);
        // The fastest level sees one write at a time, and a page is thousands of small ones: it repeats what a level with a window leaves out.
        builder.Services.Configure<BrotliCompressionProviderOptions>(o => o.Level = CompressionLevel.Optimal);
        builder.Services.AddOpenApi();
        builder.Services.AddMetricsExport(configuration);
        builder.Logging.AddJsonLogs();
        builder.WebHost.ConfigureKestrel(o =>
        {
            o.AddServerHeader = false;
            o.Limits.MaxRequestBodySize = UploadAttribute.UsualBytes;
        });
        // Also outside Development, where built but not published files are read from the sources.
        builder.WebHost.UseStaticWebAssets();
        // Files are named by their content: the compressed ones made by the build are served, not packed anew without compression.
        builder.Configuration["ReloadStaticAssetsAtRuntime"] = "false";
        builder.Services.AddProblemDetails();

        adjust?.Invoke(builder);
        var app = builder.Build();
        app.UseFastLanes();
        app.UseResponseCompression();
        app.UseUi();
        // A proxy on this machine says where a request came from; nobody else is believed.
        app.UseForwardedHeaders(new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto });
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseMissesGuard();
        app.UseAntiforgery();
        app.Use(RefuseForgeriesAsync);
        app.MapStaticAssets().AllowAnonymous();
        app.MapUi();
        app.MapRazorComponents<App>().AddAdditionalAssemblies([.. Modules.All.Select(m => m.Assembly).Distinct().Where(a => a != typeof(App).Assembly)]);
        foreach (var module in Modules.All) module.MapRoutes(app);
        app.MapFieldApp();
        app.MapHealth();
        app.MapOpenApi().SignedIn();
        return app;
    }

    /// <summary>Whoever reads a form whose token does not fit gets an exception: the answer is given before anybody reads.</summary>
    private static Task RefuseForgeriesAsync(HttpContext http, RequestDelegate next)
    {
        if (http.Features.Get<IAntiforgeryValidationFeature>() is not { IsValid: false }) return next(http);
        http.Response.StatusCode = StatusCodes.Status400BadRequest;
        return Task.CompletedTask;
    }

    public static async Task MigrateAsync(IServiceProvider services, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<TongxinDb>().Database.MigrateAsync(ct);
    }

    /// <summary>For sub-commands that read: a database that is not there is not made by looking for it.</summary>
    public static async Task RequireDatabaseAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<TongxinDb>().Database;
        if (!await database.GetService<IRelationalDatabaseCreator>().ExistsAsync() || !(await database.GetAppliedMigrationsAsync()).Any())
            throw new StartException("There is no database yet. Remedy: check Tongxin:Data and Tongxin:Connection, or run 'migrate' first.");
        if ((await database.GetPendingMigrationsAsync()).Any())
            throw new StartException("The database is of an older version. Remedy: run 'migrate' first.");
    }
}
