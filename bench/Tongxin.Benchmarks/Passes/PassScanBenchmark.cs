using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Playwright;
using Tongxin.Benchmarks.Harness;
using Tongxin.Core.Passes;

namespace Tongxin.Benchmarks.Passes;

/// <summary>The phone's verifier in Chromium, slowed down four times, from the decoded text to the result.</summary>
internal sealed class PassScanBenchmark : IBenchmark
{
    private const double Bar = 30;
    private const int SlowDown = 4, Scans = 200;
    private const string Origin = "https://field.test/";

    public string Name => "pass-scan";

    public string About => "A scan in Chromium at a fourth of its speed, from the decoded text to the result: median to 30 ms";

    public async Task<Measurement> RunAsync(CancellationToken ct)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var issuer = new PassIssuer(key);
        var texts = Enumerable.Range(0, Scans).Select(i => issuer.Issue(SamplePass.Of(i))).ToArray();
        var trust = SamplePass.Trust(key).Sign(key);
        var revoked = RevocationList.Of("qinyuan", 1, SamplePass.Now, Enumerable.Range(1000, 1000).Select(i => (new Guid(i, 1, 2, new byte[8]), SamplePass.Now.AddDays(1)))).Sign(key);
        var bundle = await BundleAsync(ct);

        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = "/usr/bin/chromium", Headless = true, Args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"] });
        var page = await browser.NewPageAsync();
        await page.RouteAsync(Origin + "**", route => route.FulfillAsync(route.Request.Url == Origin
            ? new RouteFulfillOptions { ContentType = "text/html", Body = "<!doctype html><title>scan</title>" }
            : new RouteFulfillOptions { ContentType = "text/javascript", Body = bundle }));
        await page.GotoAsync(Origin);
        var session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("Emulation.setCPUThrottlingRate", new Dictionary<string, object> { ["rate"] = SlowDown });
        var result = await page.EvaluateAsync<JsonElement>(
            """
            async ({ texts, trust, revoked, now }) => {
              const { readPass, readFirstTrustList, readRevocationList, noRevocations } = await import('/pass.js')
              const bytes = (base64) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))
              const at = new Date(now)
              const keys = await readFirstTrustList(bytes(trust), at)
              const ended = await readRevocationList(bytes(revoked), keys.list, noRevocations, at)
              const times = []
              let wrong = 0
              for (const text of texts) {
                const started = performance.now()
                const reading = await readPass(text, keys.list, ended.list, at)
                times.push(performance.now() - started)
                if (!reading.ok) wrong++
                await new Promise((done) => setTimeout(done, 5))
              }
              return { times, wrong }
            }
            """, new { texts, trust = Convert.ToBase64String(trust), revoked = Convert.ToBase64String(revoked), now = SamplePass.Now.AddMinutes(1).ToString("O") });

        var times = new Sample();
        foreach (var time in result.GetProperty("times").EnumerateArray()) times.Add(time.GetDouble());
        var wrong = result.GetProperty("wrong").GetInt32();
        return new Measurement("30 ms", times.Median / Bar, 1, new Dictionary<string, object>
        {
            ["scans"] = times.Count,
            ["first scan ms"] = Math.Round(result.GetProperty("times")[0].GetDouble(), 1),
            ["scan ms (median)"] = Math.Round(times.Median, 2),
            ["scan ms (p95)"] = Math.Round(times.At(0.95), 2),
            ["verifier bytes"] = bundle.Length,
            ["wrong answers"] = wrong,
        }, AlsoHolds: wrong == 0);
    }

    private static async Task<string> BundleAsync(CancellationToken ct)
    {
        var file = Path.Combine(Path.GetTempPath(), $"tongxin-pass-{Environment.ProcessId}.js");
        try
        {
            using var bundler = Process.Start(new ProcessStartInfo("node", ["node_modules/rolldown/bin/cli.mjs", "field/pass/index.ts", "--file", file, "--format", "esm", "--minify"])
            {
                WorkingDirectory = Path.Combine(Repository.Root, "web"),
                UseShellExecute = false,
                RedirectStandardOutput = true,
            })!;
            await bundler.StandardOutput.ReadToEndAsync(ct);
            await bundler.WaitForExitAsync(ct);
            return bundler.ExitCode == 0 ? await File.ReadAllTextAsync(file, ct) : throw new InvalidOperationException("The verifier could not be bundled.");
        }
        finally
        {
            File.Delete(file);
        }
    }
}
