using System.Collections.Concurrent;
using System.Data.Common;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shouldly;
using Tongxin.Core.Common;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Platform.Http;
using Tongxin.Platform.Jobs;
using Tongxin.Platform.Journal;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Web;
using Xunit;

namespace Tongxin.Modules.Tests.Platform;

public sealed class HostTests
{
    [Theory, BothProviders]
    public async Task Workers_OfARunningNode_SealAndFinishAJobBySelf(Provider provider)
    {
        await using var app = await TongxinApp.StartAsync(provider, s => s.AddScoped<IJobHandler, Quick>());
        var owner = app.ActorOf(Roles.Office);
        var id = await app.InScopeAsync(async services =>
        {
            var job = services.GetRequiredService<IJobs>().Start("test.quick", "t", new { }, owner);
            await services.GetRequiredService<TongxinDb>().CommitAsync(CancellationToken.None);
            return job;
        });

        (await EventuallyAsync(() => app.CallAsync<IJobs, bool>(async jobs => (await jobs.FindAsync(id, owner, CancellationToken.None))?.State == JobState.Done))).ShouldBeTrue();
        (await EventuallyAsync(() => app.ReadAsync(db => db.Set<JournalEntry>().AllAsync(e => e.Position != null)))).ShouldBeTrue();
    }

    [Theory, BothProviders]
    public async Task Ready_RunningNode_SaysWhatIsWell(Provider provider)
    {
        await using var app = await TongxinApp.StartAsync(provider);
        using var visitor = app.Anonymous();

        (await EventuallyAsync(async () => (await AskAsync(visitor, "/health/ready")).StatusCode == HttpStatusCode.OK)).ShouldBeTrue();
        app.Clock.Advance(TimeSpan.FromDays(-1));
        await app.ReadAsync(db => db.Database.ExecuteSqlRawAsync("DELETE FROM \"__EFMigrationsHistory\""));

        var answer = await AskAsync(visitor, "/health/ready");
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("\"migrated\":false");
    }

    [Theory, BothProviders]
    public async Task FormKeys_InTheDatabase_AreSealed(Provider provider)
    {
        await using var app = await TongxinApp.StartAsync(provider);
        using var office = await app.SignInAsAsync(Roles.Office);

        var stored = await app.ReadAsync(db => db.Set<StoredKey>().Select(k => k.Xml).ToListAsync());

        stored.ShouldNotBeEmpty();
        stored.ShouldAllBe(xml => xml.Contains("<sealed") && !xml.Contains("masterKey"));
    }

    [Fact]
    public async Task Save_DiskFull_SaysSoAndKeepsWhatIsThere()
    {
        var disk = new SmallDisk();
        await using var app = await TongxinApp.StartAsync(Provider.Sqlite, s => s.ConfigureDbContext<TongxinDb>(o => o.AddInterceptors(disk)));
        using var admin = await app.SignInAsAsync(Roles.Administrator);
        var form = await admin.OpenAsync("/accounts/new");
        disk.IsFull = true;

        // What is left of the last page still takes a few.
        HtmlPage answer;
        var made = 0;
        do answer = await form.SubmitAsync("main form", ("Form.UserName", $"li.si.{made}"), ("Form.DisplayName", "李四"), ("Form.Why", new string('x', 200)));
        while (answer.All(".once-password").Count > 0 && ++made < 100);

        answer.Text.ShouldContain("存储空间已满");
        disk.IsFull = false;
        (await app.ReadAsync(db => db.Users.CountAsync(a => a.DisplayName == "李四"))).ShouldBe(made);
        (await form.SubmitAsync("main form", ("Form.UserName", "after"), ("Form.DisplayName", "李四"), ("Form.Why", "room again"))).All(".once-password").ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Metrics_CollectorNamed_AreSentToIt()
    {
        var sent = new ConcurrentQueue<(string Path, string Body)>();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        await using var collector = builder.Build();
        collector.Urls.Add("http://127.0.0.1:0");
        collector.MapPost("/{**path}", async (HttpRequest request) =>
        {
            using var body = new StreamReader(request.Body, Encoding.Latin1);
            sent.Enqueue((request.Path, await body.ReadToEndAsync(TestContext.Current.CancellationToken)));
        });
        await collector.StartAsync(TestContext.Current.CancellationToken);

        // What was gathered is sent at the latest when the node stops.
        await using (await TongxinApp.StartOnPortAsync(Provider.Sqlite, null, $"--Tongxin:Otlp={collector.Urls.First()}", "--OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf"))
        {
        }

        sent.ShouldNotBeEmpty();
        sent.ShouldAllBe(s => s.Path == "/v1/metrics");
        sent.ShouldContain(s => s.Body.Contains("tongxin.outbox.parked"));
    }

    [Fact]
    public async Task OpenApi_ForTheSignedIn_ListsTheRoutes()
    {
        await using var app = await TongxinApp.StartAsync(Provider.Sqlite);
        using var visitor = await app.SignInAsAsync(Roles.Office);

        var answer = await AskAsync(visitor, "/openapi/v1.json");

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        document.RootElement.GetProperty("paths").TryGetProperty("/api/jobs/{id}", out _).ShouldBeTrue();
    }

    [Theory]
    [InlineData(ErrorKind.Invalid, 400)]
    [InlineData(ErrorKind.Forbidden, 403)]
    [InlineData(ErrorKind.NotFound, 404)]
    [InlineData(ErrorKind.Conflict, 409)]
    public async Task ToHttp_Refusal_IsProblemJsonWithCodeAndWords(ErrorKind kind, int status)
    {
        await using var app = await TongxinApp.StartAsync(Provider.Sqlite);
        var (answered, body, type) = await app.InScopeAsync(async services =>
        {
            var http = new DefaultHttpContext { RequestServices = services };
            using var stream = new MemoryStream();
            http.Response.Body = stream;
            Result refusal = new Error("platform.job.over", kind);
            await refusal.ToHttp().ExecuteAsync(http);
            return (http.Response.StatusCode, System.Text.Encoding.UTF8.GetString(stream.ToArray()), http.Response.ContentType);
        });

        answered.ShouldBe(status);
        type.ShouldNotBeNull().ShouldStartWith("application/problem+json");
        using var problem = JsonDocument.Parse(body);
        problem.RootElement.GetProperty("code").GetString().ShouldBe("platform.job.over");
        problem.RootElement.GetProperty("title").GetString().ShouldNotBe("platform.job.over");
    }

    [Fact]
    public async Task Failure_RowChangedBySomebodyElse_Is409()
    {
        await using var app = await TongxinApp.StartAsync(Provider.Sqlite);

        await app.InScopeAsync(services =>
        {
            var http = new DefaultHttpContext { RequestServices = services };
            FailureStatus.Of(new DbUpdateConcurrencyException("stale"), http).ShouldBe(409);
            FailureStatus.Of(new BadHttpRequestException("too large", 413), http).ShouldBe(413);
            FailureStatus.Of(new InvalidOperationException("bug"), http).ShouldBe(500);
            return Task.FromResult(0);
        });
    }

    [Fact]
    public async Task UnknownAddress_ForAProgram_IsProblemJson()
    {
        await using var app = await TongxinApp.StartAsync(Provider.Sqlite);
        using var visitor = app.Anonymous();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/nothing-here");
        request.Headers.Accept.ParseAdd("application/json");

        var answer = await visitor.Http.SendAsync(request, TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        answer.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
    }

    [Fact]
    public async Task JobPage_OfAnother_Is404AndOfTheOwnerShowsProgress()
    {
        await using var app = await TongxinApp.StartAsync(Provider.Sqlite);
        using var owner = await app.SignInAsAsync(Roles.Office);
        using var other = await app.SignInAsAsync(Roles.Office);
        var id = await app.InScopeAsync(async services =>
        {
            var actor = app.ActorOf(Roles.Office) with { AccountId = owner.AccountId };
            var job = services.GetRequiredService<IJobs>().Start("test.nobody", "Import of 3 rows", new { }, actor);
            await services.GetRequiredService<TongxinDb>().CommitAsync(CancellationToken.None);
            return job;
        });

        foreach (var path in (string[])[$"/jobs/{id}", $"/jobs/{id}/progress", $"/api/jobs/{id}"])
        {
            (await AskAsync(owner, path)).StatusCode.ShouldBe(HttpStatusCode.OK, path);
            (await AskAsync(other, path)).StatusCode.ShouldBe(HttpStatusCode.NotFound, path);
        }

        // Once it is over, the part takes the button of the page away.
        await app.ReadAsync(db => db.Set<Job>().Where(j => j.Id == id).ExecuteUpdateAsync(s => s.SetProperty(j => j.State, JobState.Cancelled), TestContext.Current.CancellationToken));
        (await (await AskAsync(owner, $"/jobs/{id}/progress")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain($"id=\"job-{id:N}-cancel\" hx-swap-oob=\"delete\"");
        (await (await AskAsync(owner, $"/jobs/{id}")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldNotContain($"job-{id:N}-cancel");
    }

    [Fact]
    public async Task Logs_SignInAndSearch_HoldNoNameAndNoPhone()
    {
        const string name = "张三丰", phone = "13900000000";
        using var lines = new Lines();
        await using var app = await TongxinApp.StartAsync(Provider.Sqlite, s => s.AddSingleton<ILoggerProvider>(lines));
        using var visitor = await app.SignInAsAsync(Roles.Office);

        foreach (var path in (string[])[$"/people?q={name}", $"/people?q={phone}", $"/sign-in?return=%2Fpeople%3Fq%3D{name}", $"/nothing/{phone}"])
            await AskAsync(visitor, path);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["UserName"] = phone, ["Name"] = name, ["Password"] = "wrong password" });
        await visitor.Http.PostAsync(new Uri("/sign-in", UriKind.Relative), form, TestContext.Current.CancellationToken);
        await app.ReadAsync(db => db.Users.Where(a => a.PhoneNumber == phone || a.DisplayName == name).CountAsync());

        lines.Written.ShouldNotContain(l => l.Contains(name) || l.Contains(phone) || l.Contains(Uri.EscapeDataString(name)));
    }

    private static Task<HttpResponseMessage> AskAsync(Visitor visitor, string path) =>
        visitor.Http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

    private static async Task<bool> EventuallyAsync(Func<Task<bool>> holds)
    {
        // The workers are real and so is their time: asked again until it holds, never slept blindly.
        for (var deadline = Environment.TickCount64 + 60_000; Environment.TickCount64 < deadline; await Task.Delay(20))
        {
            if (await holds()) return true;
        }
        return false;
    }

    private sealed class Quick : IJobHandler
    {
        public string Kind => "test.quick";

        public Task<Result> RunAsync(JobContext context, string payload, CancellationToken ct) => Task.FromResult(Result.Ok);
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        public ConcurrentBag<string> Written { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Written.Add($"{formatter(state, exception)} {exception}");

        public void Dispose() { }
    }

    /// <summary>A disk that takes no further page while it is full; SQLite itself refuses.</summary>
    private sealed class SmallDisk : DbConnectionInterceptor
    {
        public bool IsFull { get; set; }

        public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            await using var command = connection.CreateCommand();
            // Less than there is means: as much as there is.
            command.CommandText = IsFull ? "PRAGMA max_page_count = 1" : "PRAGMA max_page_count = 1073741823";
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
