using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Tongxin.Access.Scans.Data;
using Tongxin.Benchmarks.Harness;
using Tongxin.TestKit.Web;

namespace Tongxin.Benchmarks.Field;

/// <summary>
/// The phone app: what it weighs at the first load, how long a scan takes from the decoded text to the answer laid out on a processor four
/// times slower, and how long three days without a network take to arrive.
/// </summary>
internal sealed partial class FieldAppBenchmark : IBenchmark
{
    private const int MostBytes = 250_000, MostMilliseconds = 30, MostSeconds = 20, Slower = 4, Looks = 60;

    // A look while working on the app: a tenth of the facts.
    private static readonly int Facts = Environment.GetEnvironmentVariable("TONGXIN_BENCH_QUICK") is "1" ? 300 : 3_000;

    public string Name => "field-app";

    public string About => "Phone app: first load without the WebAssembly scanner, scan to answer at a quarter of the processor, 3,000 offline scans sent";

    public async Task<Measurement> RunAsync(CancellationToken ct)
    {
        await using var phone = await MeasuredPhone.OpenAsync();
        var bytes = await FirstLoadAsync(phone.App, ct);
        var looks = await LookAsync(phone);
        var (seconds, arrived) = await SendAsync(phone, ct);
        var figures = new Dictionary<string, object>
        {
            ["first load bytes (br)"] = bytes.Total,
            ["page, scripts, style"] = bytes.Code,
            ["scan p50 ms"] = Math.Round(looks.Median, 1),
            ["scan p95 ms"] = Math.Round(looks.At(0.95), 1),
            ["scans sent"] = arrived,
            ["sent in s"] = Math.Round(seconds, 2),
        };
        double[] shares = [(double)bytes.Total / MostBytes, looks.Median / MostMilliseconds, seconds / MostSeconds];
        return new Measurement($"{MostBytes:N0} bytes, {MostMilliseconds} ms at {Slower}x slower, {MostSeconds} s for {Facts:N0} scans; the ratio is the worst of the three", shares.Max(), 1, figures, arrived == Facts);
    }

    /// <summary>The page and all that its worker keeps, the scanner of browsers without one excepted.</summary>
    private static async Task<(int Total, int Code)> FirstLoadAsync(TongxinApp app, CancellationToken ct)
    {
        var visitor = app.Anonymous();
        var worker = await visitor.Http.GetStringAsync(new Uri("/field/worker.js", UriKind.Relative), ct);
        var files = ShellFiles().Match(worker).Groups["files"].Value.Split(',').Select(f => f.Trim('"')).ToList();
        if (files.Count < 5) throw new InvalidOperationException("The worker names no shell.");
        int total = 0, code = 0;
        foreach (var file in files.Prepend("/field/").Append("/field/worker.js"))
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(file, UriKind.Relative));
            foreach (var encoding in (string[])["gzip", "br"]) request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue(encoding));
            using var answer = await visitor.Http.SendAsync(request, ct);
            answer.EnsureSuccessStatusCode();
            var length = (await answer.Content.ReadAsByteArrayAsync(ct)).Length;
            total += length;
            if (!file.EndsWith(".png", StringComparison.Ordinal)) code += length;
        }

        return (total, code);
    }

    private static async Task<Sample> LookAsync(MeasuredPhone phone)
    {
        await phone.Page.EvaluateAsync("performance.clearMeasures()");
        var session = await phone.Page.Context.NewCDPSessionAsync(phone.Page);
        await session.SendAsync("Emulation.setCPUThrottlingRate", new Dictionary<string, object> { ["rate"] = Slower });
        await phone.TypeAsync([.. Enumerable.Range(0, Looks).Select(_ => phone.Desk.Issue())], save: false);
        await session.SendAsync("Emulation.setCPUThrottlingRate", new Dictionary<string, object> { ["rate"] = 1 });
        var sample = new Sample();
        foreach (var time in await phone.Page.EvaluateAsync<double[]>("performance.getEntriesByName('tx-scan').map(e => e.duration)")) sample.Add(time);
        return sample;
    }

    private static async Task<(double Seconds, int Arrived)> SendAsync(MeasuredPhone phone, CancellationToken ct)
    {
        // The demonstration has scans of its own.
        var before = await phone.App.ReadAsync(db => db.Set<Scan>().CountAsync(ct));
        await phone.Page.Context.SetOfflineAsync(true);
        await phone.TypeAsync([.. Enumerable.Range(0, Facts).Select(_ => phone.Desk.Issue())], save: true);
        await phone.Page.EvaluateAsync("location.hash = 'outbox'");
        await phone.Page.WaitForSelectorAsync(".outbox-head .btn");
        await phone.Page.Context.SetOfflineAsync(false);
        var started = Stopwatch.GetTimestamp();
        await phone.Page.ClickAsync(".outbox-head .btn");
        await phone.Page.WaitForFunctionAsync("() => document.querySelector('.outbox-head p').textContent.startsWith('0 ')", null, new() { Timeout = 120_000, PollingInterval = 50 });
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        return (seconds, await phone.App.ReadAsync(db => db.Set<Scan>().CountAsync(ct)) - before);
    }

    [GeneratedRegex("\"files\":\\[(?<files>[^\\]]*)\\]", RegexOptions.None, 1000)]
    private static partial Regex ShellFiles();
}
